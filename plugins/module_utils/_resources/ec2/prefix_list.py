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


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    lists = ec2.managed_prefix_lists(aws, names={item["name"] for item in items})
    return {one["PrefixListName"]: {"name": one["PrefixListName"], "id": one["PrefixListId"]} for one in lists}


def create(_aws: Aws, desired: State) -> None:
    raise Refusal(f"prefix_list {desired['name']}: prefix lists are only referred to")


PREFIX_LIST = Kind(name="prefix_list", role="", read=read, create=create, resolved="pl-")
