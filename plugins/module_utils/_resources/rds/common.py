# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What all kinds of RDS share: tags by ARN, errors that pass, and the time between a change and its visibility.

A Modify call answers while the status is still "available", and some changes wait as PendingModifiedValues until RDS
picks them up, before and after a busy status:
https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/pull/327 and
https://github.com/hashicorp/terraform-provider-aws/issues/28339 and 45575.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..._describe import rds
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import State
from ..._engine.tags import to_list

VISIBLE_SECONDS = 60.0
SENT = "sent"

_STATE_FAULTS = frozenset(
    {
        "InvalidDBClusterStateFault",
        "InvalidDBClusterEndpointStateFault",
        "InvalidDBInstanceState",
        "InvalidDBInstanceStateFault",
        "InvalidDBSubnetGroupStateFault",
        "InvalidGlobalClusterStateFault",
    }
)
# AWS's words for "not now": "DB cluster is not available for modification with status backing-up", "Database instance
# is not in available state.", "DbCluster c is in modifying state but expected ...", "Instance cannot currently reboot
# due to an in-progress management operation.":
# https://github.com/aws-controllers-k8s/community/issues/1107 and
# https://github.com/hashicorp/terraform-provider-aws/issues/18, 27325 and 31594.
_FOR_NOW = re.compile(
    r"not (?:currently |yet )?(?:in (?:the |an? )?)?available|in[- ]progress|is in \S+ state|with status \S+"
    r"|currently being",
    re.IGNORECASE,
)
# What only a person mends: a stopped or broken database, and what terraform-provider-aws#15146 and #23601 met.
_FOR_GOOD = re.compile(
    r"stopped|failed|inaccessible|incompatible|binlog|binary log|healthy primary|orderable", re.IGNORECASE
)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """AddTagsToResource and RemoveTagsFromResource; both may be repeated."""
    if to_set:
        aws.call("rds", "add_tags_to_resource", ResourceName=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("rds", "remove_tags_from_resource", ResourceName=found["arn"], TagKeys=to_remove)


def lookup(kind: str) -> Callable[[Aws, Sequence[State]], dict[str, State]]:
    """A Kind's lookup for what RDS knows by name: without tags and parameters."""

    def names(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        found = rds.existing_names(aws, kind, [item["name"] for item in items])
        return {name: {"name": name} for name in found}

    return names


def busy(error: AwsError) -> bool:
    """The resource, or one it hangs on, is being changed, and will not be when that is over."""
    return (
        error.code in _STATE_FAULTS
        and _FOR_NOW.search(error.message) is not None
        and _FOR_GOOD.search(error.message) is None
    )


def eventual(error: AwsError) -> bool:
    """An IAM role made a moment ago, which RDS cannot assume yet."""
    return error.code == "InvalidParameterValue" and "IAM role ARN" in error.message


@dataclass(frozen=True)
class Sent:
    """Fields that this run has given to AWS; at: when, by time.monotonic()."""

    fields: frozenset[str]
    at: float


def note_sent(desired: State, fields: frozenset[str]) -> None:
    """Remember on the item what was given to AWS: what somebody else left pending is not waited for."""
    before = desired.get(SENT)
    desired[SENT] = Sent(fields | (before.fields if before else frozenset()), time.monotonic())


def shown_status(
    equal: Mapping[str, Callable[[Any, Any], bool]], state: State, desired: State, pending: Collection[str]
) -> str:
    """The status, with a word more while AWS says available and does not show yet what this run has set.

    equal: the kind's; pending: fields with a value that waits. What is not pending either is waited for
    VISIBLE_SECONDS; a change that has not begun by then will be seen as a difference.
    """
    status, sent = str(state["status"]), desired.get(SENT)
    if status != "available" or sent is None:
        return status
    unseen = sorted(field for field in sent.fields if not _kept(equal, state, desired, field))
    waiting = [field for field in unseen if field in pending]
    if waiting:
        return f"available, {', '.join(waiting)} pending"
    if unseen and time.monotonic() - sent.at < VISIBLE_SECONDS:
        return f"available, {', '.join(unseen)} not shown yet"
    return status


def _kept(equal: Mapping[str, Callable[[Any, Any], bool]], found: State, desired: State, field: str) -> bool:
    compare = equal.get(field)
    return compare(found.get(field), desired[field]) if compare else bool(found.get(field) == desired[field])


def same_window(found: str | None, desired: str) -> bool:
    """Maintenance windows: RDS gives back sun:04:00-sun:05:00 for Sun:04:00-Sun:05:00."""
    return (found or "").lower() == desired.lower()


def same_where_shown(found: Any, desired: Any) -> bool:
    """For what older answers of RDS leave out: a difference is one only where there is a value."""
    return found is None or bool(found == desired)


def lower_case(name: str) -> list[str]:
    """RDS keeps names in lower case, and the next run would not find another."""
    return [] if name == name.lower() else [f"RDS keeps names in lower case; call it {name.lower()}"]


def explained(aws: Aws, source_type: str, failed: Collection[str], states: dict[str, State]) -> dict[str, State]:
    """The states, those that have failed with AWS's words on it; who may not read events learns the status alone."""
    for name, state in states.items():
        if state["status"] in failed and not state.get("status_reason"):
            with contextlib.suppress(AwsError):
                state["status_reason"] = rds.last_failure(aws, source_type, name)
    return states
