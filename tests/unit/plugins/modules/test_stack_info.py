# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.context import Context
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot
from ansible_collections.wellarchitected.webapp.plugins.modules import stack_info

SNAPSHOT = Snapshot(
    account_id="111122223333",
    partition="aws",
    region="us-east-1",
    dr_region="",
    project="mywebapp",
    environment="prod",
    collected_at="2026-02-18T10:00:00Z",
    collections={"ec2.vpcs": ({"VpcId": "vpc-1", "Tags": {}},)},
    errors={},
)


class Account:
    account_id = "111122223333"
    partition = "aws"

    def __init__(self, *vpcs):
        self.vpcs = vpcs
        self.asked = []

    def pages(self, service, operation, key, **parameters):
        self.asked.append(operation)
        return [
            {"VpcId": f"vpc-{name}", "CidrBlock": "10.0.0.0/16", "Tags": [{"Key": "Name", "Value": name}]}
            for name in self.vpcs
        ]

    def map(self, function, items):
        return [function(item) for item in items]


def run(account, planned=None, **options):
    spec = {name: option for name, option in stack_info.ARGUMENT_SPEC.items() if name in OWN}
    result = ArgumentSpecValidator(spec).validate({"project": "mywebapp", "environment": "prod", **options})
    assert not result.error_messages, result.error_messages
    context = Context(aws=account, check_mode=bool(planned), planned=planned or {})
    return stack_info.run(context, result.validated_parameters)


OWN = ("project", "environment", "dr_region", "account_id", "gather", "expect", "items")
VPC = {"vpc": ["mywebapp-prod-vpc"]}


def test_the_right_account_and_nothing_else_takes_no_call():
    account = Account()
    assert run(account, account_id="111122223333") == {
        "changed": False,
        "account_id": "111122223333",
        "partition": "aws",
    }
    assert account.asked == []


def test_the_wrong_account_is_refused_with_both():
    with pytest.raises(Refusal, match=r"111122223333.*999999999999"):
        run(Account("mywebapp-prod-vpc"), account_id="999999999999", expect=VPC)


def test_what_is_there_or_planned_is_enough():
    assert run(Account("mywebapp-prod-vpc"), expect=VPC)["changed"] is False
    account = Account()
    assert run(account, planned={"vpc": {"mywebapp-prod-vpc": {}}}, expect=VPC)["changed"] is False
    assert account.asked == []


def test_all_that_is_missing_is_named_at_once_with_the_role_that_makes_it():
    with pytest.raises(Refusal) as caught:
        run(Account("mywebapp-prod-vpc"), expect={"vpc": ["mywebapp-prod-vpc", "a", "b"]})
    first, second = caught.value.reasons
    assert "vpc a" in first
    assert "vpc b" in second
    assert "network" in first
    assert "network" in second


@pytest.mark.parametrize(("gather", "wanted"), [(["network"], ["network"]), (["all"], None)])
def test_what_is_gathered_comes_as_a_snapshot(monkeypatch, gather, wanted):
    asked = {}
    monkeypatch.setattr(stack_info, "collect", lambda aws, **options: asked.update(options) or SNAPSHOT)
    result = run(Account(), gather=gather, dr_region="us-west-2")
    assert result["snapshot"] == SNAPSHOT.to_dict()
    assert asked == {"project": "mywebapp", "environment": "prod", "dr_region": "us-west-2", "gather": wanted}


def test_items_that_aws_does_not_take_are_refused_without_a_call():
    account = Account()
    keys = {"kind": "kms_key", "items": ["a b"], "defaults": {"rotation": True, "rotation_period_in_days": 30}}
    with pytest.raises(Refusal) as caught:
        run(account, items=[keys, {"kind": "log_group", "items": [{"name": "?"}], "name_prefix": "/ecs/"}])
    alias, days, group = caught.value.reasons
    assert alias.startswith("kms_key a b: the name of a key") and "KMS takes 90 to 2560" in days
    assert group.startswith("log_group /ecs/?: ")
    assert account.asked == []
    assert run(account, items=[{"kind": "kms_key", "items": ["a"]}])["changed"] is False


def test_before_any_role_has_run_what_roles_make_may_be_missing():
    assert run(Account(), planned={"ahead": {}}, expect=VPC)["changed"] is False
