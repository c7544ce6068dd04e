# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a module's run() is given besides its options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .aws import Aws
from .done import Done


def _silent(message: str) -> None:
    """Where nothing can be shown, nothing is said."""


@dataclass(frozen=True)
class Context:
    """aws: the caller's account in the task's region. planned: see names.Planned. say: shows a line at once
    where the module server runs the task. strict: a resource that AWS gives back otherwise than asked for is
    an error instead of a warning. wait_timeout: seconds for resources that are busy or on their way, None for
    each kind's own. done: what the task has changed so far. awaited: what is not there before the first role has run,
    see kinds.missing()."""

    aws: Aws
    check_mode: bool = False
    planned: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    say: Callable[[str], None] = _silent
    strict: bool = False
    wait_timeout: float | None = None
    done: Done = field(default_factory=Done)
    awaited: list[str] = field(default_factory=list)
