# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A scope is kept in one place, and a distribution names its ACL itself."""

from __future__ import annotations

from typing import Any

from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import invalid

HOME = {"aws": "us-east-1", "aws-us-gov": "us-gov-west-1"}
_SCOPED = (
    "CheckCapacity", "CreateIPSet", "CreateWebACL", "DeleteIPSet", "DeleteWebACL", "DescribeManagedRuleGroup",
    "GetIPSet", "GetWebACL", "ListAvailableManagedRuleGroups", "ListIPSets", "ListLoggingConfigurations", "ListWebACLs",
    "UpdateIPSet", "UpdateWebACL",
)  # fmt: skip


@aws.before(*_SCOPED)
def scope_rule(call: Any) -> None:
    """ "To work with CloudFront, you must also specify the Region US East (N. Virginia)"."""
    if call.params.get("Scope") == "CLOUDFRONT" and call.region != HOME.get(call.partition):
        raise invalid("The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT")


@aws.before("GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL")
def distribution_rule(call: Any) -> None:
    """A distribution names its ACL itself: https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html"""
    if ":cloudfront:" in call.params["ResourceArn"] or ":global/" in call.params.get("WebACLArn", ""):
        raise invalid("The ARN isn't valid., field: RESOURCE_ARN, parameter: " + call.params["ResourceArn"])
