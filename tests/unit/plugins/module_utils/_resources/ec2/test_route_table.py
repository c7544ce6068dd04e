# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.route_table import (
    check,
    purged,
    read,
    routes,
    same_routes,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

TABLE = {
    "RouteTableId": "rtb-1",
    "VpcId": "vpc-1",
    "Tags": tags(Name="t"),
    "Associations": [{"SubnetId": "subnet-1", "RouteTableAssociationId": "a-1"}, {"Main": True}],
    "Routes": [
        {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "Origin": "CreateRouteTable"},
        {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1", "State": "blackhole"},
        {"DestinationCidrBlock": "0.0.0.0/1", "GatewayId": "igw-1"},
        {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1"},
        {"DestinationCidrBlock": "10.9.0.0/16", "VpcPeeringConnectionId": "pcx-1"},
        {"DestinationPrefixListId": "pl-1", "GatewayId": "vpce-1"},
        {"DestinationCidrBlock": "10.8.0.0/16", "GatewayId": "vgw-1", "Origin": "EnableVgwRoutePropagation"},
    ],
}


def test_only_routes_that_somebody_made_are_routes():
    assert routes(TABLE) == [
        {"destination": "0.0.0.0/0", "nat_gateway": "nat-1"},
        {"destination": "0.0.0.0/1", "internet_gateway": "igw-1"},
        {"destination": "10.9.0.0/16", "target": "pcx-1"},
        {"destination": "::/0", "target": "eigw-1"},
    ]


@pytest.mark.parametrize(
    ("purge", "managed"),
    [
        ("nothing", ["0.0.0.0/0"]),
        ("internet", ["0.0.0.0/0", "0.0.0.0/1", "::/0"]),
        ("internet_ipv4", ["0.0.0.0/0", "0.0.0.0/1"]),
        ("all", ["0.0.0.0/0", "0.0.0.0/1", "10.9.0.0/16", "::/0"]),
    ],
)
def test_what_is_not_purged_is_shown_apart_and_not_compared(purge, managed):
    aws = Ec2({"describe_route_tables": {"RouteTables": [TABLE]}})
    wish = {"name": "t", "purge_routes": purge, "routes": [{"destination": "0.0.0.0/0", "nat_gateway": "nat-1"}]}
    found = read(aws, [wish])["t"]
    assert [route["destination"] for route in found["routes"]] == managed
    assert len(found["routes"]) + len(found["other_routes"]) == 4
    assert found["subnets"] == ["subnet-1"]


def test_a_route_is_where_it_leads_whatever_the_option_is_called():
    assert same_routes(
        [{"destination": "d", "nat_gateway": "nat-1"}], [{"destination": "d", "target": "nat-1", "nat_gateway": None}]
    )
    assert not same_routes([{"destination": "d", "nat_gateway": "nat-1"}], [])
    assert purged({"destination": "d", "target": "eigw-1"}, "internet")
    assert not purged({"destination": "d", "target": "tgw-1"}, "internet")


def test_routes_are_replaced_made_and_removed_in_that_order():
    aws = Ec2()
    found = {"id": "rtb-1", "routes": routes(TABLE)[:2], "subnets": []}
    wanted = [
        {"destination": "0.0.0.0/0", "nat_gateway": "nat-2"},
        {"destination": "::/0", "target": "eigw-1"},
        {"destination": "pl-2", "target": "tgw-1"},
    ]
    update(aws, found, {"routes": wanted}, frozenset({"routes"}))
    table = {"RouteTableId": "rtb-1"}
    assert aws.sent == [
        ("replace_route", {**table, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-2"}),
        ("create_route", {**table, "DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1"}),
        ("create_route", {**table, "DestinationPrefixListId": "pl-2", "TransitGatewayId": "tgw-1"}),
        ("delete_route", {**table, "DestinationCidrBlock": "0.0.0.0/1"}),
    ]


def test_a_subnet_moves_from_its_table_in_one_step():
    aws = Ec2({"describe_route_tables": {"RouteTables": [TABLE]}})
    found = {"id": "rtb-2", "routes": [], "subnets": ["subnet-3"]}
    update(aws, found, {"subnets": ["subnet-1", "subnet-2", "subnet-3"]}, frozenset({"subnets"}))
    assert aws.changes == [
        ("replace_route_table_association", {"RouteTableId": "rtb-2", "AssociationId": "a-1"}),
        ("associate_route_table", {"RouteTableId": "rtb-2", "SubnetId": "subnet-2"}),
    ]


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ({"destination": "0.0.0.0/0"}, "exactly one of"),
        ({"destination": "0.0.0.0/0", "nat_gateway": "nat-1", "target": "pcx-1"}, "exactly one of"),
        ({"destination": "0.0.0.0/0", "target": "vpce-1"}, "known are"),
    ],
)
def test_a_route_without_one_known_target_is_refused(route, words):
    assert words in check({"routes": [route]})[0]
    assert check({"routes": [{"destination": "10.0.0.0/8", "target": "tgw-1"}]}) == []
