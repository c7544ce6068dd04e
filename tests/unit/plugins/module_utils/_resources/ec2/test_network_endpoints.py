# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The endpoints of a planned network: where each one goes, and what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_checks import (
    endpoints as service_reasons,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_checks import partly_served
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_endpoints import (
    Asked,
    endpoints,
    own_reasons,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_found import Found

ZONES = ["r-a", "r-b"]
SUBNETS = ["private-1", "private-2"]
POLICIES = {"interface": {"Statement": ["own"]}, "s3": {"Statement": ["data"]}}


def service(zones: Sequence[str] = tuple(ZONES), private_dns: bool = True, policies: bool = True) -> dict[str, Any]:
    name = {"PrivateDnsName": "x.amazonaws.com"} if private_dns else {}
    return {"AvailabilityZones": list(zones), "VpcEndpointPolicySupported": policies, **name}


def made(asked: Asked, **services: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = Found(services=services)
    return {one["name"]: one for one in endpoints("shop", asked, ZONES, SUBNETS, ["rt-1"], found)}


def test_an_interface_is_put_into_the_zones_of_its_service_and_takes_what_that_takes() -> None:
    asked = Asked(interfaces=["logs", "smtp"], policies=POLICIES, groups=["sg"])
    every = made(asked, logs=service(), smtp=service(["r-b", "r-c"], private_dns=False, policies=False))
    assert every["shop-logs"] == {
        "name": "shop-logs",
        "service": "logs",
        "type": "interface",
        "subnets": SUBNETS,
        "security_groups": ["sg"],
        "private_dns": True,
        "policy": POLICIES["interface"],
    }
    smtp = every["shop-smtp"]
    assert (smtp["subnets"], smtp["private_dns"], smtp["policy"]) == (["private-2"], False, None)
    [warning] = partly_served(["logs", "smtp"], ZONES, Found(services={"smtp": service(["r-b"])}))
    assert "smtp in r-a" in warning


def test_a_gateway_leads_from_the_private_tables() -> None:
    s3 = made(Asked(gateways=["s3"], policies=POLICIES))["shop-s3"]
    assert s3["route_tables"] == ["rt-1"] and s3["policy"] == POLICIES["s3"]


def test_what_is_not_asked_for_is_to_be_absent() -> None:
    every = made(Asked(gateways=["s3"], own=[{"service": "sqs"}]), sqs=service())
    absent = {name for name, one in every.items() if one.get("state") == "absent"}
    assert {"shop-dynamodb", "shop-ecr-api", "shop-logs"} <= absent and not {"shop-s3", "shop-sqs"} & absent


def test_own_ones_say_what_they_want_otherwise() -> None:
    theirs = {
        "service": "com.amazonaws.vpce.r.vpce-svc-0a1b2c3d",
        "subnets": ["private-1"],
        "private_dns": False,
        "policy": {"Statement": []},
    }
    one = made(Asked(own=[theirs, {"service": "s3", "name": "shop-s3-interface"}], groups=["sg"]), s3=service())
    partner = one["shop-vpce-svc-0a1b2c3d"]
    assert partner["subnets"] == ["private-1"] and not partner["private_dns"] and partner["policy"] == {"Statement": []}
    assert not one["shop-s3-interface"]["private_dns"], "it would take the gateway's traffic"


@pytest.mark.parametrize(
    ("services", "reason"),
    [
        ({}, "AWS has no interface endpoints for logs in r"),
        ({"logs": service(["r-c"])}, "logs is in none of r-a, r-b, but in r-c"),
    ],
)
def test_a_service_that_is_not_offered_there_is_refused(services: dict[str, Any], reason: str) -> None:
    found = Found(services=services)
    assert reason in " ".join(service_reasons(["logs"], ZONES, found, "r"))
    assert reason in " ".join(own_reasons("shop", Asked(own=[{"service": "logs"}]), ZONES, SUBNETS, found, "r"))


def test_another_account_s_service_may_be_hidden() -> None:
    theirs = Asked(own=[{"service": "com.amazonaws.vpce.r.vpce-svc-0a1b2c3d"}])
    assert list(own_reasons("shop", theirs, ZONES, SUBNETS, Found(services={}), "r")) == []
