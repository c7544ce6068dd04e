# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules and names held against quotas and limits before anything is made."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_limits import limit_reasons
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing"
DENIED = AwsError("service-quotas", "get_service_quota", "AccessDeniedException", "no")


def alb(**rule: Any) -> dict[str, Any]:
    return {"name": "shop-alb-sg", "description": "Load balancer", "ingress": [{"ports": [80, 443], **rule}]}


def acl(number: int) -> dict[str, Any]:
    ranges = [f"10.{i}.0.0/16" for i in range(number)]
    return {"name": "shop-acl", "ingress": [{"number": 100, "protocol": "all", "action": "allow", "cidrs": ranges}]}


def reasons(aws: Ec2, *groups: dict[str, Any], **wanted: Any) -> str:
    return " ".join(limit_reasons(aws, {"security_groups": groups, "network_acls": [], **wanted}))


def quotas(value: float) -> Ec2:
    return Ec2({"get_service_quota": {"Quota": {"Value": value}}})


def test_the_account_s_quota_is_asked_for_where_the_usual_one_is_exceeded() -> None:
    assert "count for 110, and the account's quota is 60" in reasons(quotas(60), alb(prefix_lists=[CLOUDFRONT]))
    assert reasons(quotas(200), alb(prefix_lists=[CLOUDFRONT])) == ""
    aws = quotas(60)
    assert reasons(aws, alb(cidrs=["0.0.0.0/0"])) == "" and aws.sent == []


def test_who_may_not_ask_is_held_to_the_usual_one() -> None:
    aws = Ec2({"get_service_quota": DENIED})
    assert "quota is 60" in reasons(aws, alb(prefix_lists=[CLOUDFRONT]))


def test_acls_have_a_quota_too() -> None:
    assert "21 rules of ingress" in reasons(quotas(20), network_acls=[acl(21)])
    assert reasons(quotas(20), network_acls=[acl(20)]) == ""
    assert reasons(quotas(40), network_acls=[acl(21)]) == ""


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        (alb(ports=[70000], cidrs=["0.0.0.0/0"]), "ports go from 0 to 65535"),
        (alb(ports=[0], cidrs=["0.0.0.0/0"]), "port 0 carries nothing"),
        (alb(cidrs=["everybody"]), "a rule of ingress: 'everybody' is no CIDR"),
        ({**alb(cidrs=["::/0"]), "name": "sg-shop-alb-sg"}, "begins with sg-"),
    ],
)
def test_rules_that_aws_does_not_take(group: dict[str, Any], reason: str) -> None:
    assert reason in reasons(Ec2(), group)


def test_names_that_aws_does_not_take() -> None:
    assert "IAM takes up to 64" in reasons(Ec2(), flow_log_role="x" * 65)
    assert "CloudWatch Logs takes" in reasons(Ec2(), flow_log_group="/aws/flow logs")
    assert reasons(Ec2(), flow_log_role="shop-flow-logs", flow_log_group="/aws/vpc/flow-logs/shop") == ""
