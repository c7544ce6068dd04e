# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reports and snapshots on disk: written whole or not at all, readable by their owner only."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..._engine.errors import Refusal


def write_text(path: Path, text: str) -> None:
    """Put text at path in one step (mode 0600), making its folders. Errors: Refusal with the reason of the system."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError as error:
        raise Refusal(f"cannot write {path}: {error.strerror}") from error


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    """write_text of indented JSON."""
    write_text(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def read_json(path: Path, what: str) -> dict[str, Any]:
    """The dictionary in a JSON file. Errors: Refusal that names the file and what it should have been."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refusal(f"cannot read the {what} {path}: {error.strerror}") from error
    except ValueError as error:
        raise Refusal(f"the {what} {path} is not JSON: {error}") from error
    if not isinstance(data, dict):
        raise Refusal(f"the {what} {path} is not a JSON object")
    return data
