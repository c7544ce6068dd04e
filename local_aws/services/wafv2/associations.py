# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a web ACL stands before."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import acl_of, missing


def _is_there(call: Any, arn: str) -> bool:
    if ":loadbalancer/app/" not in arn:
        return True
    return arn in call.backend("elbv2").load_balancers


@aws.before("AssociateWebACL", "GetWebACLForResource")
def resource_rule(call: Any) -> dict[str, Any] | None:
    """Load balancers, which moto does not know as resources."""
    arn = call.params["ResourceArn"]
    if ":loadbalancer/app/" not in arn:
        return None
    if not _is_there(call, arn):
        raise missing()
    associated = call.state("associated")
    if call.operation == "AssociateWebACL":
        acl_of(call, call.params["WebACLArn"])
        associated[arn] = call.params["WebACLArn"]
        return {}
    if arn not in associated:
        return {}
    acl = acl_of(call, associated[arn])
    return {"WebACL": call.moto("GetWebACL", ARN=acl.arn)["WebACL"]}


@aws.before("DisassociateWebACL")
def taken_away(call: Any) -> dict[str, Any] | None:
    if ":loadbalancer/app/" not in call.params["ResourceArn"]:
        return None
    call.state("associated").pop(call.params["ResourceArn"], None)
    return {}


@aws.before("DeleteWebACL")
def deletion_rule(call: Any) -> None:
    arns = [arn for arn in call.state("associated").values() if f"/{call.params['Id']}" in arn]
    if arns or _distributions(call):
        raise Refusal(
            "WAFAssociatedItemException",
            "AWS WAF couldn't perform the operation because your resource is being used by another resource or it's "
            "associated with another resource.",
            400,
        )


def _distributions(call: Any) -> list[str]:
    """ARNs of the distributions that have the ACL."""
    if call.params["Scope"] != "CLOUDFRONT":
        return []
    listed = call.ask("cloudfront", "ListDistributions")["DistributionList"].get("Items", [])
    return [one["ARN"] for one in listed if f"/{call.params['Id']}" in one.get("WebACLId", "")]


@aws.adds
def list_resources_for_web_acl(call: Any, *, web_acl_arn: str, resource_type: str = "") -> dict[str, Any]:
    """Load balancers without a type: https://docs.aws.amazon.com/waf/latest/APIReference/API_ListResourcesForWebACL.html"""
    acl_of(call, web_acl_arn)
    if resource_type not in ("", "APPLICATION_LOAD_BALANCER"):
        return {"ResourceArns": []}
    return {"ResourceArns": sorted(arn for arn, acl in call.state("associated").items() if acl == web_acl_arn)}
