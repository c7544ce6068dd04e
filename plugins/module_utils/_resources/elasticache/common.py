# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What all kinds of ElastiCache share: tags by ARN, names in lower case, errors that pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..._describe import elasticache
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import State
from ..._engine.tags import to_list

_BUSY = frozenset(
    {
        "InvalidCacheClusterState",
        "InvalidReplicationGroupState",
        "InvalidUserGroupState",
        "InvalidUserState",
    }
)


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """AddTagsToResource and RemoveTagsFromResource; both may be repeated, and a group's reach its nodes."""
    if to_set:
        aws.call("elasticache", "add_tags_to_resource", ResourceName=found["arn"], Tags=to_list(to_set))
    if to_remove:
        aws.call("elasticache", "remove_tags_from_resource", ResourceName=found["arn"], TagKeys=to_remove)


def lookup(operation: str, key: str, parameter: str) -> Callable[[Aws, Sequence[State]], dict[str, State]]:
    """A Kind's lookup for what ElastiCache knows by name: without tags."""

    def names(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        found = elasticache.existing_names(aws, operation, key, parameter, [item["name"] for item in items])
        return {name: {"name": name} for name in found}

    return names


def busy(error: AwsError) -> bool:
    """The thing, or one that it hangs on, is being changed."""
    return error.code.removesuffix("Fault") in _BUSY


def eventual(error: AwsError) -> bool:
    """The service-linked role, which the first call of an account makes, or a key of a moment ago.

    https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/using-service-linked-roles.html
    """
    if error.code.startswith("ServiceLinkedRoleNotFound"):
        return True
    return error.code in {"InvalidKMSKeyFault", "InvalidParameterValue"} and "KMS" in error.message


def lower_case(name: str) -> list[str]:
    """ElastiCache keeps names in lower case, and the next run would not find another."""
    return [] if name == name.lower() else [f"ElastiCache keeps names in lower case; call it {name.lower()}"]
