# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What WAF's kinds share: where a scope is kept, tags, and what passes by itself.

https://docs.aws.amazon.com/waf/latest/APIReference/
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe.partitions import has_global_acls, home_region
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import State
from ..._engine.tags import to_list

REGIONAL, CLOUDFRONT = SCOPES = ("REGIONAL", "CLOUDFRONT")
# A lock token that somebody else's change has used up; what was made a moment ago and WAF's other parts do not know
# yet ("retry your request"); the service-linked role that the first logging of an account makes.
_PASSING = frozenset(
    {
        "WAFOptimisticLockException",
        "WAFUnavailableEntityException",
        "WAFNonexistentItemException",
        "WAFServiceLinkedRoleErrorException",
    }
)


def in_their_place(aws: Aws, kind: str, items: Sequence[State]) -> None:
    """Errors: Refusal where an item's scope is kept elsewhere than in the task's region."""
    home = home_region(aws)
    reasons = []
    for item in items:
        if item.get("scope") != CLOUDFRONT:
            continue
        if not has_global_acls(aws):
            reasons.append(f"{kind} {item['name']}: WAF has no scope CLOUDFRONT in the partition {aws.partition}")
        elif aws.region != home:
            reasons.append(
                f"{kind} {item['name']}: the scope CLOUDFRONT is kept in {home}, whatever the stack's region, and "
                f"the task's region is {aws.region}; give the task region: {home}"
            )
    if reasons:
        raise Refusal(reasons)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("wafv2", "tag_resource", ResourceARN=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("wafv2", "untag_resource", ResourceARN=found["arn"], TagKeys=to_remove)


def eventual(error: AwsError) -> bool:
    """https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html, "Errors"."""
    return error.code in _PASSING
