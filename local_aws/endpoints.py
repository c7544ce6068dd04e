# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The control endpoint, ``/_local_aws/``."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from local_aws import secrets_held


def handle(front: Any, method: str, path: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
    try:
        status, value = _route(front, method, path.removeprefix("/_local_aws/").rstrip("/"), body)
    except (ValueError, TypeError) as error:
        status, value = 400, {"error": str(error)}
    except Exception as error:  # noqa: BLE001 a control endpoint answers, whatever fails behind it
        status, value = 500, {"error": f"{type(error).__name__}: {error}"}
    return status, [("Content-Type", "application/json")], json.dumps(value, default=str).encode()


def _route(front: Any, method: str, name: str, body: bytes) -> tuple[int, Any]:
    route = (method, name)
    answers: dict[tuple[str, str], Callable[[], Any]] = {
        ("GET", "health"): lambda: {"status": "ok"},
        ("GET", "calls"): front.recorder.calls,
        ("GET", "faults"): front.faults.list,
        ("GET", "settings"): lambda: vars(front.settings),
        ("GET", "secrets"): lambda: secrets_held.values(front),
        ("POST", "copy"): front.copy,
    }
    if route in answers:
        return 200, answers[route]()
    if route == ("DELETE", "calls"):
        front.recorder.clear()
    elif route == ("POST", "faults"):
        front.faults.add(json.loads(body or b"null"))
    elif route == ("DELETE", "faults"):
        front.faults.clear()
    elif route == ("POST", "settings"):
        values = json.loads(body or b"null")
        if not isinstance(values, dict):
            raise ValueError("settings are a dictionary")
        front.settings.change(values)
        return 200, vars(front.settings)
    elif route == ("POST", "reset"):
        front.reset()
    else:
        return 404, {"error": f"there is no {method} /_local_aws/{name}"}
    return 200, {"status": "ok"}
