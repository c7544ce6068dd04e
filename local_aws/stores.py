# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The emulator's own state, beside moto's: dictionaries by service, account, region and name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

Key = tuple[str, str, str, str]


class Stores:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stores: dict[Key, dict[str, Any]] = {}

    def get(self, service: str, account: str, region: str, name: str) -> dict[str, Any]:
        with self._lock:
            return self._stores.setdefault((service, account, region, name), {})

    def named(self, service: str, name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """account, region and dictionary of every store of this name."""
        with self._lock:
            stores = list(self._stores.items())
        found = [(key[1], key[2], store) for key, store in stores if (key[0], key[3]) == (service, name)]
        yield from found

    def clear(self) -> None:
        with self._lock:
            for store in self._stores.values():
                store.clear()
            self._stores.clear()
