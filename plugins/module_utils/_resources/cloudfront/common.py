# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags, versions and counted lists, the same for every kind of CloudFront."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import State
from ..._engine.tags import to_list


def counted(items: Collection[Any]) -> dict[str, Any]:
    """{Quantity, Items}; CloudFront wants no empty Items."""
    return {"Quantity": len(items), **({"Items": list(items)} if items else {})}


def uncounted(value: Mapping[str, Any] | None) -> list[Any]:
    return list((value or {}).get("Items") or ())


def outdated(error: AwsError) -> bool:
    """Somebody has changed the thing since it was read: it is read and changed anew.

    https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html
    """
    return error.code in {"PreconditionFailed", "InvalidIfMatchVersion"}


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    if to_set:
        aws.call("cloudfront", "tag_resource", Resource=found["arn"], Tags={"Items": to_list(to_set)})
    if to_remove:
        aws.call("cloudfront", "untag_resource", Resource=found["arn"], TagKeys={"Items": to_remove})


def one_of(kind: str, name: str, found: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The one thing that is meant. Errors: Refusal that names the ids where there are two."""
    things = list(found)
    if len(things) > 1:
        ids = " and ".join(sorted(one["Id"] for one in things))
        raise Refusal(f"two things are called {kind} {name}: {ids}; give the id of the one that is meant as the name")
    return things[0] if things else None
