# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.networks import public_subnets

SUBNETS = [{"SubnetId": "named", "VpcId": "vpc"}, {"SubnetId": "unnamed", "VpcId": "vpc"}]
INTERNET = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}
LOCAL = {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local"}
EGRESS_ONLY = {"DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": "eigw-1"}


def table(*routes, subnet=None, vpc="vpc"):
    association = {"SubnetId": subnet, "Main": False} if subnet else {"Main": True}
    return {"VpcId": vpc, "Associations": [association], "Routes": list(routes)}


def test_a_subnet_goes_by_the_table_that_names_it():
    assert public_subnets(SUBNETS, [table(LOCAL), table(LOCAL, INTERNET, subnet="named")]) == {"named": "igw-1"}


def test_a_subnet_that_no_table_names_goes_by_the_main_one_of_its_vpc():
    assert public_subnets(SUBNETS, [table(INTERNET), table(LOCAL, subnet="named")]) == {"unnamed": "igw-1"}
    assert public_subnets(SUBNETS, [table(INTERNET, vpc="other")]) == {}


def test_only_an_internet_gateway_makes_public():
    assert public_subnets(SUBNETS, [table(LOCAL, EGRESS_ONLY, {"NatGatewayId": "nat-1"})]) == {}
