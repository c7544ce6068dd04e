# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""site.yml while AWS throttles, fails and connections break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.described import described, differences
from tests.others import BEGINNINGS, begin, lost
from tests.playbook_run import LocalStack

pytestmark = pytest.mark.long

THROTTLING = {"kind": "throttling", "rate": 0.05}
PREFIX = "mywebapp-prod"


def named(stack: LocalStack) -> Counter[str]:
    """How many things of each kind bear each name; every count must be one."""
    ec2, kms = stack.boto("ec2"), stack.boto("kms")
    lists = {
        "vpc": ec2.describe_vpcs()["Vpcs"],
        "subnet": ec2.describe_subnets()["Subnets"],
        "nat": ec2.describe_nat_gateways(Filter=[{"Name": "state", "Values": ["available"]}])["NatGateways"],
        "address": ec2.describe_addresses()["Addresses"],
        "gateway": ec2.describe_internet_gateways()["InternetGateways"],
        "table": ec2.describe_route_tables()["RouteTables"],
        "group": ec2.describe_security_groups()["SecurityGroups"],
        "acl": ec2.describe_network_acls()["NetworkAcls"],
        "endpoint": ec2.describe_vpc_endpoints()["VpcEndpoints"],
        "flow_log": ec2.describe_flow_logs()["FlowLogs"],
    }
    found = Counter(
        f"{kind} {tag['Value']}"
        for kind, items in lists.items()
        for item in items
        for tag in item.get("Tags", [])
        if tag["Key"] == "Name"
    )
    for key in kms.list_keys()["Keys"]:
        tags = {tag["TagKey"]: tag["TagValue"] for tag in kms.list_resource_tags(KeyId=key["KeyId"])["Tags"]}
        found[f"key {tags.get('Name')}"] += 1
    return found


@pytest.fixture
def account(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    stack.control.clear_faults()
    return stack


def test_it_converges_while_one_call_in_twenty_is_throttled(account: LocalStack) -> None:
    account.control.faults({**THROTTLING, "seed": 7})
    account.play("site.yml").ok()
    account.control.clear_faults()
    assert account.play("site.yml").ok().recap["changed"] == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_with_broken_connections_besides_nothing_is_doubled(account: LocalStack, seed: int) -> None:
    account.control.faults({**THROTTLING, "seed": seed}, {"kind": "drop", "rate": 0.02, "seed": seed})
    first = account.play("site.yml")
    account.control.clear_faults()
    if first.rc:
        account.play("site.yml").ok()
    assert account.play("site.yml").ok().recap["changed"] == 0
    doubled = {name: count for name, count in named(account).items() if count > 1 and PREFIX in name}
    assert doubled == {}


@dataclass(frozen=True)
class Run:
    """before: the account, to be copied; calls: those of a run on it; end: what it comes to; others: what is theirs."""

    before: LocalStack
    calls: set[str]
    end: dict[str, Any]
    others: dict[str, Any]


@pytest.fixture(scope="module", params=BEGINNINGS)
def run(request: pytest.FixtureRequest, stack: LocalStack) -> Iterator[Run]:
    others = begin(stack, request.param)
    with stack.copy() as before:
        stack.control.clear_calls()
        stack.play("site.yml").ok()
        calls = {f"{call['service']}:{call['action']}" for call in stack.control.calls()}
        yield Run(before, calls, described(stack), others)


@pytest.mark.parametrize("kind", ["error", "error_after", "drop"])
def test_while_every_call_fails_once_nothing_is_doubled_or_lost(run: Run, kind: str) -> None:
    with run.before.copy() as account:
        account.control.faults(*({"kind": kind, "action": call, "count": 1} for call in sorted(run.calls)))
        first = account.play("site.yml", environment={"WEBAPP_STRICT": "0"})
        account.control.clear_faults()
        if first.rc:
            account.play("site.yml").ok()
        assert differences(run.end, described(account)) == []
        assert lost(run.others, account) == []
        assert account.play("site.yml").ok().recap["changed"] == 0
