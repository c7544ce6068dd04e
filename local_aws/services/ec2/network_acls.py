# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Entries of network ACLs."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

_NEEDS = {"1": "IcmpTypeCode", "6": "PortRange", "17": "PortRange", "58": "IcmpTypeCode"}


@aws.before("CreateNetworkAclEntry", "ReplaceNetworkAclEntry")
def entry_rule(call: Any) -> None:
    params = call.params
    needed = _NEEDS.get(str(params["Protocol"]))
    if needed and needed not in params:
        raise Refusal("MissingParameter", f"The request must contain the parameter {needed}", 400)
    if not 1 <= int(params["RuleNumber"]) <= 32766:
        raise Refusal("InvalidParameterValue", f"Value ({params['RuleNumber']}) for ruleNumber is invalid.", 400)


@aws.after("CreateNetworkAclEntry", "ReplaceNetworkAclEntry")
def icmp_kept(call: Any, answer: dict[str, Any]) -> None:
    """moto reads the type and the code under another name."""
    params = call.params
    for entry in call.backend().network_acls[params["NetworkAclId"]].network_acl_entries:
        same = str(entry.rule_number) == str(params["RuleNumber"]) and _true(entry.egress) == _true(params["Egress"])
        if same and "IcmpTypeCode" in params:
            entry.icmp_type, entry.icmp_code = params["IcmpTypeCode"].get("Type"), params["IcmpTypeCode"].get("Code")


@aws.before("DescribeNetworkAcls")
def acls_exist(call: Any) -> None:
    """moto calls it a route table that is missing."""
    for name in call.params.get("NetworkAclIds", []):
        if name not in call.backend().network_acls:
            raise common.not_found("InvalidNetworkAclID.NotFound", "network ACL ID", name)


@aws.before("ReplaceNetworkAclAssociation")
def association_exists(call: Any) -> None:
    """A replaced association has another id."""
    name = call.params["AssociationId"]
    if not any(name in acl._associations for acl in call.backend().network_acls.values()):
        raise Refusal("InvalidAssociationID.NotFound", f"The association ID '{name}' does not exist", 400)


def _true(value: Any) -> bool:
    return str(value).lower() == "true"
