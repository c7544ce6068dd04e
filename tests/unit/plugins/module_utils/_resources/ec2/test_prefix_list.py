# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.prefix_list import read
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2


def ec2(*ids: str) -> Ec2:
    lists = [{"PrefixListName": "offices", "PrefixListId": one, "Tags": []} for one in ids]
    return Ec2({"describe_managed_prefix_lists": {"PrefixLists": lists}})


def test_a_list_is_found_by_its_name() -> None:
    assert read(ec2("pl-1"), [{"name": "offices"}]) == {"offices": {"name": "offices", "id": "pl-1"}}


def test_two_lists_of_one_name_are_refused_with_both_ids() -> None:
    with pytest.raises(Refusal, match=r"prefix_list offices: pl-1 and pl-2; name the one that is meant by its id"):
        read(ec2("pl-1", "pl-2"), [{"name": "offices"}])
