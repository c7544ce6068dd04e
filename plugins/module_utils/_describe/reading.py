# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What every describe function needs: tags as dictionaries, filters, further calls that may be denied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .._engine.tags import to_dict

Item = dict[str, Any]


def tagged(items: Iterable[Item], key: str = "Tags") -> list[Item]:
    """The items with their tags as one dictionary under Tags. key: where the service puts them."""
    return [
        {**{name: value for name, value in item.items() if name != key}, "Tags": to_dict(item.get(key))}
        for item in items
    ]


def filters(**wanted: Collection[str] | str | None) -> dict[str, Any]:
    """EC2's Filters parameter from keywords; None is no filter. tag_Name stands for tag:Name, vpc_id for vpc-id."""
    given = [
        {
            "Name": name.replace("tag_", "tag:").replace("_", "-"),
            "Values": [value] if isinstance(value, str) else sorted(value),
        }
        for name, value in wanted.items()
        if value
    ]
    return {"Filters": given} if given else {}


def further(aws: Aws, item: Item, service: str, operation: str, absent: Collection[str] = (), **parameters: Any) -> Any:
    """The answer of a further call for one item; None where AWS says that it is not configured (a code of absent).

    When the call is denied or fails, the item keeps the error under Errors and the answer is None, for an Aws that
    tolerates it; for who changes things it is an AwsError, as what was not read must not be taken for absent.
    """
    try:
        return aws.call(service, operation, **parameters)
    except AwsError as error:
        if error.code not in absent:
            if not aws.tolerant:
                raise
            item.setdefault("Errors", {})[operation] = error.as_dict()
        return None


def existing(read: Callable[[], list[Item]]) -> list[Item]:
    """What read finds; nothing where AWS says that the named thing does not exist."""
    try:
        return read()
    except AwsError as error:
        if error.missing:
            return []
        raise


def each_named(aws: Aws, names: Iterable[str], read: Callable[[str], list[Item]]) -> list[Item]:
    """What read finds for each name, concurrently; for APIs that take one name a call and fail on a missing one."""
    return [item for found in aws.map(lambda name: existing(lambda: read(name)), list(names)) for item in found]
