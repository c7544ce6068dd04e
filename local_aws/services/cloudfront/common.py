# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What every thing of CloudFront has: an id, a version (ETag), counted lists, pages by marker."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterator, Mapping
from typing import Any

from local_aws.refusal import Refusal

_LETTERS = string.ascii_uppercase + string.digits
_BOTH = string.ascii_letters + string.digits


def new_id(prefix: str = "E", length: int = 13, letters: str = _LETTERS) -> str:
    """``E1A2B3...``, as distributions, access controls and versions are called."""
    return prefix + "".join(secrets.choice(letters) for _unused in range(length))


def new_mixed_id(prefix: str, length: int) -> str:
    return new_id(prefix, length, _BOTH)


def store(call: Any, name: str) -> dict[str, dict[str, Any]]:
    """CloudFront is one for all regions."""
    found: dict[str, dict[str, Any]] = call.state(name, region="global")
    return found


def match(if_match: str, found: Mapping[str, Any]) -> None:
    """https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html, Errors"""
    if not if_match:
        message = "The If-Match version is missing or not valid for the resource."
        raise Refusal("InvalidIfMatchVersion", message, 400)
    if if_match != found["etag"]:
        message = "The request failed because it didn't meet the preconditions in one or more request-header fields."
        raise Refusal("PreconditionFailed", message, 412)


def count(value: Any) -> None:
    """Each Quantity is the length of its Items."""
    for counted in _counted(value):
        if counted["Quantity"] != len(counted.get("Items") or []):
            raise Refusal("InconsistentQuantities", "The value of Quantity and the size of Items don't match.", 400)


def _counted(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "Quantity" in value:
            yield value
        for member in value.values():
            yield from _counted(member)
    elif isinstance(value, list):
        for member in value:
            yield from _counted(member)


def listed(items: list[Any]) -> dict[str, Any]:
    """{Quantity, Items}: Items is absent where there are none."""
    return {"Quantity": len(items), **({"Items": items} if items else {})}


def page(items: list[dict[str, Any]], marker: str, max_items: str, *, marked: bool = True) -> dict[str, Any]:
    """A page of a list. marker: the number of items before it. marked: whether the list has Marker and IsTruncated."""
    first, size = int(marker or 0), int(max_items or 100)
    here, more = items[first : first + size], len(items) > first + size
    answer = {"MaxItems": size, **listed(here)}
    if more:
        answer["NextMarker"] = str(first + size)
    return {**answer, "Marker": marker, "IsTruncated": more} if marked else answer


def arn(call: Any, resource: str) -> str:
    return f"arn:{call.partition}:cloudfront::{call.account}:{resource}"


def in_use(call: Any, path: tuple[str, ...], identifier: str) -> bool:
    """Whether a distribution names the thing at one of the members of its document."""
    documents = [one["config"] for one in store(call, "distributions").values()]
    return any(identifier in set(_values(document, path)) for document in documents)


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for member in value:
            yield from _values(member, path)
    elif not path:
        yield value
    elif isinstance(value, Mapping) and path[0] in value:
        yield from _values(value[path[0]], path[1:])


def behaviors(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [config["DefaultCacheBehavior"], *((config.get("CacheBehaviors") or {}).get("Items") or [])]


def in_behaviors(call: Any, member: str, identifier: str) -> bool:
    """Whether a behavior of a distribution names the policy."""
    return any(
        behavior.get(member) == identifier
        for one in store(call, "distributions").values()
        for behavior in behaviors(one["config"])
    )
