# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import vpc


def network(*, nat=True, **gateway):
    subnets = [("pub-a", "a"), ("pub-b", "b"), ("app-a", "a")]
    found = {"NatGatewayId": "nat-1", "SubnetId": "pub-a", "State": "available", **gateway}
    route = {"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-1" if nat else None}
    return {
        "ec2.subnets": [
            {"SubnetId": name, "SubnetArn": f"arn:{name}", "AvailabilityZone": zone, "VpcId": "v"}
            for name, zone in subnets
        ],
        "ec2.route_tables": [{"VpcId": "v", "Associations": [{"SubnetId": "app-a"}], "Routes": [route]}],
        "ec2.nat_gateways": [found],
    }


@pytest.mark.parametrize(
    ("collections", "policy", "status"),
    [
        (network(), "ha", "PASS"),
        (network(SubnetId="pub-b"), "ha", "FAIL"),
        (network(SubnetId="pub-b", AvailabilityMode="regional"), "ha", "PASS"),
        (network(SubnetId="pub-b", AvailabilityMode="regional"), "regional", "PASS"),
        (network(State="failed"), "ha", "FAIL"),
        ({**network(), "ec2.nat_gateways": []}, "ha", "FAIL"),
        (network(SubnetId="pub-b"), "single", "NOT_APPLICABLE"),
        (network(nat=False), "ha", "NOT_APPLICABLE"),
    ],
)
def test_nat_per_az(judge, collections, policy, status):
    assert judge(vpc.nat_per_az, collections, nat_policy=policy) == [status]


@pytest.mark.parametrize("denied", vpc.nat_per_az.needs)
def test_denied(judge, denied):
    assert judge(vpc.nat_per_az, network(), (denied,)) == ["UNKNOWN"]
