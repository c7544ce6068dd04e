# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Addresses of NAT gateways: which one is taken, and which one may go."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2 import elastic_ip
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.elastic_ip import (
    ELASTIC_IP,
    allocate,
    lookup,
    read,
    releasable,
    release,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

OWN = {"Project": "shop", "ManagedBy": "Ansible"}
NAT = {"Tags": tags(Name="mine"), "State": "available", "NatGatewayAddresses": [{"AllocationId": "eipalloc-1"}]}


def address(number, serves=None, **its_tags):
    return {
        "AllocationId": f"eipalloc-{number}",
        "AssociationId": serves,
        "PublicIp": f"203.0.113.{number}",
        "Tags": tags(**its_tags),
    }


def ec2(*addresses, gateways=(), **answers):
    known = {
        "describe_addresses": {"Addresses": list(addresses)},
        "describe_nat_gateways": {"NatGateways": list(gateways)},
    }
    return Ec2({**known, **answers})


def test_a_free_one_of_the_name_is_taken_and_one_that_serves_something_else_is_not():
    found = read(ec2(address(2, "eipassoc-1", Name="mine"), address(3, Name="mine")), [{"name": "mine"}])
    assert found["mine"]["id"] == "eipalloc-3"
    assert read(ec2(address(2, "eipassoc-1", Name="mine")), [{"name": "mine"}]) == {}


def test_the_one_that_serves_the_gateway_of_the_name_is_there():
    aws = ec2(address(1, "eipassoc-1", Name="mine"), address(3, Name="mine"), gateways=[NAT])
    assert read(aws, [{"name": "mine"}])["mine"]["id"] == "eipalloc-1"


def test_two_of_a_name_are_no_obstacle():
    aws = ec2(address(3, Name="mine"), address(2, Name="mine"))
    assert read(aws, [{"name": "mine"}])["mine"]["id"] == lookup(aws, [{"name": "mine"}])["mine"]["id"] == "eipalloc-2"


def test_one_is_given_by_its_id_whatever_it_is_called():
    given = "eipalloc-0a1b2c3d"
    one = {**address(1, "eipassoc-1", Name="partners"), "AllocationId": given}
    assert read(ec2(one), [{"name": given}])[given]["public_ip"] == "203.0.113.1"
    with pytest.raises(Refusal, match="does not exist in this region"):
        elastic_ip.keeps({"name": given}, None)


def test_allocation_gives_the_name_in_the_same_call_and_is_looked_for_before_it_is_repeated():
    aws = ec2()
    allocate(aws, {"name": "mine", "tags": {"Name": "mine"}})
    [(operation, sent)] = aws.changes
    assert operation == "allocate_address" and sent["TagSpecifications"][0]["Tags"] == tags(Name="mine")
    assert ELASTIC_IP.doubles


@pytest.mark.parametrize(
    ("one", "goes"),
    [
        (address(1, "eipassoc-1", Name="mine", Project="other"), True),
        (address(2, Name="mine"), False),
        (address(2, Name="mine", Project="other", ManagedBy="Ansible"), False),
        (address(2, Name="mine", **OWN), True),
        (address(2, Name="mine", Reserved="for a third zone", **OWN), False),
        (address(2, "eipassoc-1", Name="mine", **OWN), False),
    ],
    ids=["served the gateway", "name alone", "of another project", "own tags", "own tags and another", "serves others"],
)
def test_an_address_is_never_released_for_its_name_alone(one, goes):
    gone = {**NAT, "State": "deleted"}
    ids, stays = releasable(ec2(one, gateways=[gone]), ["mine"], OWN, [])
    assert ids == ({"mine": [one["AllocationId"]]} if goes else {})
    assert goes or one["PublicIp"] in stays["mine"][0]


def test_a_given_address_stays_without_a_word():
    served = address(1, "eipassoc-1", Name="mine", **OWN)
    assert releasable(ec2(served, gateways=[NAT]), ["mine"], OWN, ["eipalloc-1"]) == ({}, {})


def test_release_waits_until_the_gateway_lets_go(monkeypatch):
    monkeypatch.setattr(elastic_ip.time, "sleep", lambda _seconds: None)
    busy = AwsError("ec2", "release_address", "InvalidIPAddress.InUse", "in use")
    managed = AwsError("ec2", "release_address", "AuthFailure", "no permission to access the resource")
    aws = ec2(address(1, Name="mine"), release_address=[busy, managed, {}])
    assert read(aws, [{"name": "mine"}])["mine"]["id"] == "eipalloc-1"
    release(aws, {"id": "eipalloc-1"})
    assert len(aws.changes) == 3
    with pytest.raises(AwsError, match="denied"):
        release(ec2(release_address=AwsError("ec2", "release_address", "UnauthorizedOperation", "denied")), {"id": "e"})
