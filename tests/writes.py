# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which of the recorded calls change something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_aws import faults
from local_aws.control import Control


def is_write(call: Mapping[str, Any]) -> bool:
    """call: one of Control.calls()."""
    return faults.is_write(str(call["action"]))


def writes(control: Control) -> list[str]:
    """The actions since the last clearing that change something, in order."""
    return [str(call["action"]) for call in control.calls() if is_write(call)]
