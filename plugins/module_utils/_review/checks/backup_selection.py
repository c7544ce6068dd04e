# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a selection of AWS Backup covers.

https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html: Resources or ListOfTags, and all
Conditions, and not NotResources; a selection that names nothing covers everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from ..results import Item, value

_CALLS = ("list_backup_selections", "get_backup_selection")


def covers_plan(plan: Item, arn: str, tags: Mapping[str, str]) -> bool:
    """One of the plan's selections covers the thing. Errors: Unavailable where the selections were denied."""
    return any(covers(one, arn, tags) for one in selections(plan))


def selections(plan: Item) -> list[Item]:
    """The plan's selections. Errors: Unavailable where they were denied."""
    return list(value(plan, "Selections", *_CALLS) or ())


def covers(selection: Item, arn: str, tags: Mapping[str, str]) -> bool:
    """The selection covers the thing with this ARN and these tags."""
    resources, listed = selection.get("Resources") or (), selection.get("ListOfTags") or ()
    named = any(_like(arn, one) for one in resources)
    tagged = any(tags.get(one["ConditionKey"]) == one["ConditionValue"] for one in listed)
    excluded = any(_like(arn, one) for one in selection.get("NotResources") or ())
    chosen = named or tagged or not (resources or listed)
    return chosen and not excluded and _meets(selection.get("Conditions") or {}, tags)


def _meets(conditions: Mapping[str, Any], tags: Mapping[str, str]) -> bool:
    return all(
        _holds(operator, tags.get(str(one["ConditionKey"]).removeprefix("aws:ResourceTag/")), one["ConditionValue"])
        for operator, wanted in conditions.items()
        for one in wanted or ()
    )


def _holds(operator: str, seen: str | None, wanted: str) -> bool:
    matches = seen is not None and (_like(seen, wanted) if operator.endswith("Like") else seen == wanted)
    return not matches if "Not" in operator else matches


def _like(text: str, pattern: str) -> bool:
    """With * alone as a wildcard."""
    return fnmatchcase(text, pattern.replace("[", "[[]").replace("?", "[?]"))
