# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What check functions yield, and how they read an item whose calls may have been denied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .._stack.snapshot import Unavailable
from .model import Result, Status

Item = Mapping[str, Any]


def passed(resource: str, evidence: str) -> Result:
    """The resource is as it should be."""
    return Result(Status.PASS, resource, evidence)


def failed(resource: str, evidence: str, *, monthly_usd: float | None = None) -> Result:
    """The resource is not as it should be. monthly_usd: what the fix adds to the bill (negative saves)."""
    return Result(Status.FAIL, resource, evidence, monthly_usd=monthly_usd)


def not_applicable(reason: str, resource: str = "") -> Result:
    """There is nothing to judge, and why."""
    return Result(Status.NOT_APPLICABLE, resource, reason)


def manual(reason: str, resource: str = "") -> Result:
    """Only people can judge it, and what they should look at."""
    return Result(Status.MANUAL, resource, reason)


def unknown(resource: str, error: Mapping[str, str]) -> Result:
    """It could not be judged: the call {service, operation, code, message} failed."""
    call = f"{error.get('service', '')}:{error.get('operation', '')}"
    evidence = f"{call} failed with {error.get('code', '')}: {error.get('message', '')}"
    return Result(Status.UNKNOWN, resource, evidence, error=dict(error))


def value(item: Item, key: str, *operations: str) -> Any:
    """item[key], None where it has none.

    operations: boto3's names of the further calls that fill the key ("get_bucket_policy"). Errors: Unavailable
    where one of them failed for this item, so that the check ends in UNKNOWN instead of judging from a gap.
    """
    errors = item.get("Errors") or {}
    for operation in operations:
        if operation in errors:
            raise Unavailable(operation, {"operation": operation, **errors[operation]})
    return item.get(key)


def each(
    items: Iterable[Item],
    resource: str | Callable[[Item], str],
    judge: Callable[[Item], Result | Iterable[Result]],
) -> Iterator[Result]:
    """judge's results for each item; an item that lacks an answer is UNKNOWN by itself and the others are judged.

    resource: the key of the item's ARN, or a function that makes it.
    """
    for item in items:
        name = item[resource] if isinstance(resource, str) else resource(item)
        try:
            answer = judge(item)
            results = [answer] if isinstance(answer, Result) else list(answer)
        except Unavailable as missing:
            results = [unknown(name, missing.error)]
        yield from results
