# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Every secret value that the emulator holds, so that tests can look for them in outputs and reports."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterator
from typing import Any


def values(front: Any) -> list[str]:
    """Values of secrets, database passwords and SecureString parameters, each once."""
    found: set[str] = set()
    for source in (_secrets, _databases, _parameters):
        found.update(value for value in source() if value)
    for _unused, _unused, store in front.stores.named("rds", "passwords"):
        found.update(value for value in store.values() if value)
    return sorted(found)


def _backends(service: str) -> Iterator[Any]:
    import sys

    from moto.backends import get_backend

    if f"moto.{service}.models" not in sys.modules:
        return
    for _unused, _unused, backend in list(get_backend(service).iter_backends()):
        yield backend


def _secrets() -> Iterator[str]:
    for backend in _backends("secretsmanager"):
        for secret in list(backend.secrets.values()):
            for version in list((getattr(secret, "versions", None) or {}).values()):
                if version.get("secret_string"):
                    yield version["secret_string"]
                    with contextlib.suppress(ValueError, AttributeError):
                        yield from _members(version["secret_string"])
                if version.get("secret_binary"):
                    yield base64.b64decode(version["secret_binary"]).decode(errors="replace")


def _members(document: str) -> Iterator[str]:
    """The password inside a JSON secret, which may leak without the rest of it."""
    import json

    for name, value in json.loads(document).items():
        if isinstance(value, str) and any(word in name.lower() for word in ("password", "token", "secret", "key")):
            yield value


def _databases() -> Iterator[str]:
    for backend in _backends("rds"):
        for kept in (*list(backend.clusters.values()), *list(backend.databases.values())):
            password = getattr(kept, "_master_user_password", None)
            if isinstance(password, str):
                yield password


def _parameters() -> Iterator[str]:
    for backend in _backends("ssm"):
        for versions in list(backend._parameters.values()):
            for parameter in versions:
                if parameter.parameter_type == "SecureString":
                    yield backend.decrypt(parameter.value) if hasattr(backend, "decrypt") else _plain(parameter)


def _plain(parameter: Any) -> str:
    plain: str = parameter.decrypt(parameter.value)
    return plain
