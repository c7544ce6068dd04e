# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Prefix lists of AWS's services and of the account, which rules may name; none is made here.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeManagedPrefixLists.html
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, State
from .common import by_name


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By name; names are not unique, nor are those of lists that other accounts share. Errors: Refusal for two."""
    lists = ec2.managed_prefix_lists(aws, names={item["name"] for item in items})
    named = [{**one, "Tags": {"Name": one["PrefixListName"]}} for one in lists]
    found = by_name("prefix_list", named, "PrefixListId", "name the one that is meant by its id")
    return {name: {"name": name, "id": one["PrefixListId"]} for name, one in found.items()}


def create(_aws: Aws, desired: State) -> None:
    raise Refusal(f"prefix_list {desired['name']}: prefix lists are only referred to")


PREFIX_LIST = Kind(name="prefix_list", role="", read=read, create=create, resolved="pl-")
