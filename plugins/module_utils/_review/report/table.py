# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The short table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Pillar

_COLUMNS = ("PASS", "FAIL", "UNKNOWN", "MANUAL", "WAIVED")
_HEAD = "pillar"


def table(report: Mapping[str, Any]) -> list[str]:
    """One line for each pillar, the FAILs by severity, the monthly cost, the exit."""
    width = max(len(pillar.label) for pillar in Pillar)
    lines = [f"{_HEAD:<{width}}" + "".join(f"{column:>9}" for column in _COLUMNS)]
    for pillar in Pillar:
        counts = report["summary"]["pillars"][pillar.value]
        lines.append(f"{pillar.label:<{width}}" + "".join(f"{counts[column]:>9}" for column in _COLUMNS))
    severities = ", ".join(f"{count} {name}" for name, count in report["summary"]["severities"].items() if count)
    lines.append(f"findings: {severities or 'none'}")
    cost, ended = report["cost"], report["exit"]
    gaps = f", {len(cost['missing'])} things not priced" if cost["missing"] else ""
    lines.append(f"monthly cost: {cost['total_usd']:.2f} USD at list prices of {cost['priced_on']}{gaps}")
    lines.append(f"exit {ended['code']} ({ended['status']}): {ended['text']}")
    return lines
