# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which of the recorded calls change something."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_aws import faults


def is_write(call: Mapping[str, Any]) -> bool:
    """call: one of Control.calls()."""
    return faults.is_write(str(call["action"]))
