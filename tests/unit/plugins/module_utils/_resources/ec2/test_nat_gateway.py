# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.wait import failures
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2 import common
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.nat_gateway import (
    NAT_GATEWAY,
    check,
    create,
    delete,
    keeps,
    lookup,
    read,
    tag,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

NAT = {
    "NatGatewayId": "nat-1",
    "SubnetId": "subnet-1",
    "VpcId": "vpc-1",
    "State": "available",
    "NatGatewayAddresses": [{"AllocationId": "eipalloc-1", "PublicIp": "203.0.113.1"}],
    "Tags": tags(Name="mine", Owner="team"),
}
ADDRESS = {
    "AllocationId": "eipalloc-1",
    "AssociationId": "eipassoc-1",
    "PublicIp": "203.0.113.1",
    "Tags": tags(Name="mine", Owner="team"),
}
WISH = {"name": "mine", "availability_mode": "zonal", "subnet": "subnet-1", "tags": {"Name": "mine"}}


def ec2(gateways=(NAT,), addresses=(ADDRESS,), **answers):
    known = {
        "describe_nat_gateways": {"NatGateways": list(gateways)},
        "describe_addresses": {"Addresses": list(addresses)},
        "create_nat_gateway": {"NatGateway": {"NatGatewayId": "nat-9"}},
    }
    return Ec2({**known, **answers})


def test_a_zonal_gateway_with_its_address():
    state = read(ec2(), [WISH])["mine"]
    assert state["availability_mode"] == "zonal" and state["subnet"] == "subnet-1"
    assert state["addresses"] == ["eipalloc-1"] and state["public_ips"] == ["203.0.113.1"]
    assert lookup(ec2(), [WISH])["mine"]["id"] == "nat-1"


def test_a_tag_is_there_when_the_address_has_it_too():
    assert read(ec2(), [WISH])["mine"]["tags"] == {"Name": "mine", "Owner": "team"}
    untagged = {**ADDRESS, "Tags": tags(Name="mine")}
    assert read(ec2(addresses=[untagged]), [WISH])["mine"]["tags"] == {"Name": "mine"}


def test_an_address_of_another_name_is_somebody_else_s():
    foreign = {**ADDRESS, "Tags": tags(Name="partner-allow-list")}
    assert read(ec2(addresses=[foreign]), [WISH])["mine"]["addresses"] == []


def test_one_that_goes_counts_only_where_it_is_to_go():
    leaving = {**NAT, "State": "deleting"}
    assert read(ec2([leaving]), [WISH]) == {} and lookup(ec2([leaving]), [WISH]) == {}
    assert read(ec2([leaving]), [{"name": "mine", "state": "absent"}])["mine"]["status"] == "deleting"
    assert read(ec2([leaving, NAT]), [WISH])["mine"]["status"] == "available", "and its successor is not doubled"


def test_creation_takes_the_address_that_was_made_before_or_that_was_given():
    aws = ec2()
    create(aws, {**WISH, "address": "eipalloc-9"})
    create(aws, {**WISH, "address": None, "allocation": "eipalloc-8"})
    assert [operation for operation, _unused in aws.changes] == ["create_nat_gateway"] * 2
    assert [sent["AllocationId"] for _unused, sent in aws.changes] == ["eipalloc-9", "eipalloc-8"]
    assert len(aws.changes[0][1]["ClientToken"]) <= 64


def test_a_failed_one_is_shown_with_its_reason_to_the_run_that_has_made_it_alone(monkeypatch):
    monkeypatch.setattr(common, "_made", set())
    failed = {
        **NAT,
        "State": "failed",
        "FailureCode": "Gateway.NotAttached",
        "FailureMessage": "Network vpc-1 has no Internet gateway attached",
    }
    aws = ec2([{**failed, "NatGatewayId": "nat-2"}], create_nat_gateway={"NatGateway": {"NatGatewayId": "nat-2"}})
    assert read(aws, [WISH]) == {}, "one that an earlier run has left blocks nothing"
    create(aws, {**WISH, "address": "eipalloc-9"})
    found = read(aws, [WISH])
    assert "mine is failed (Gateway.NotAttached: Network vpc-1 has no Internet" in failures(NAT_GATEWAY, found)
    aws.task = "the next task"
    assert read(aws, [WISH]) == found, "a task that only began it is of the same run"
    monkeypatch.setattr(common, "_made", set())
    assert read(aws, [WISH]) == {}, "another run"


def test_a_token_is_the_task_s_own():
    """So that what was deleted can be made anew by the next task of the same process."""
    aws = ec2()
    create(aws, {**WISH, "address": "eipalloc-9"})
    aws.task = "the next task"
    create(aws, {**WISH, "address": "eipalloc-9"})
    first, second = [sent["ClientToken"] for _unused, sent in aws.changes]
    assert first != second


def test_a_gateway_keeps_its_address_whatever_is_given():
    found = read(ec2(), [WISH])["mine"]
    assert keeps({**WISH, "allocation": "eipalloc-1"}, found)[1] == []
    [warning] = keeps({**WISH, "allocation": "eipalloc-8"}, found)[1]
    assert "keeps its address (203.0.113.1); eipalloc-8 serves one that is made anew" in warning


def test_a_given_address_is_not_tagged():
    assert read(ec2(), [{**WISH, "allocation": "eipalloc-1"}])["mine"]["addresses"] == []


def test_a_regional_gateway_has_no_subnet_and_no_address_of_ours():
    aws = ec2()
    create(aws, {"name": "r", "availability_mode": "regional", "vpc": "vpc-1", "tags": {"Name": "r"}})
    [(operation, sent)] = aws.changes
    assert operation == "create_nat_gateway"
    assert (sent["AvailabilityMode"], sent["VpcId"]) == ("regional", "vpc-1")
    assert "SubnetId" not in sent and "AllocationId" not in sent


def test_one_that_routes_lead_to_is_not_deleted():
    aws = ec2(describe_route_tables={"RouteTables": [{"RouteTableId": "rtb-1", "Tags": tags(Name="spare")}]})
    with pytest.raises(Refusal, match="routes of spare still lead to it"):
        delete(aws, {"id": "nat-1", "name": "mine", "status": "available"})
    assert aws.changes == []


def test_deletion_is_asked_for_once():
    aws = ec2()
    delete(aws, {"id": "nat-1", "name": "mine", "status": "available"})
    delete(aws, {"id": "nat-1", "name": "mine", "status": "deleting"})
    assert aws.changes == [("delete_nat_gateway", {"NatGatewayId": "nat-1"})]


def test_gateway_and_address_are_tagged_alike():
    aws = ec2()
    tag(aws, {"id": "nat-1", "addresses": ["eipalloc-1"]}, {"Owner": "team"}, ["Old"])
    assert [sent["Resources"] for _unused, sent in aws.sent] == [["nat-1", "eipalloc-1"]] * 2


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"availability_mode": "zonal"}, "needs subnet"),
        ({"availability_mode": "regional"}, "needs vpc"),
        ({"availability_mode": "regional", "vpc": "v", "subnet": "s"}, "takes no subnet"),
        ({"availability_mode": "regional", "vpc": "v", "allocation": "eipalloc-1"}, "takes no allocation"),
    ],
)
def test_each_mode_has_its_place(wish, words):
    assert words in check(wish)[0]
    assert check(WISH) == []
