# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What was called: every request with its service, action, region, account, status, beginning and duration."""

from __future__ import annotations

import threading
from typing import Any


class Recorder:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls: list[dict[str, Any]] = []

    def add(self, **call: Any) -> None:
        with self._lock:
            self._calls.append({"number": len(self._calls) + 1, **call})

    def calls(self) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._calls)

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
