# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The managed rule groups that AWS offers."""

from __future__ import annotations

from typing import Any

from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import missing

# Capacity and rules of the groups that AWS offers, as
# https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html has them.
GROUPS: dict[str, tuple[int, tuple[str, ...]]] = {
    "AWSManagedRulesCommonRuleSet": (
        700,
        (
            "NoUserAgent_HEADER", "UserAgent_BadBots_HEADER", "SizeRestrictions_QUERYSTRING",
            "SizeRestrictions_Cookie_HEADER", "SizeRestrictions_BODY", "SizeRestrictions_URIPATH",
            "EC2MetaDataSSRF_BODY", "EC2MetaDataSSRF_COOKIE", "EC2MetaDataSSRF_URIPATH",
            "EC2MetaDataSSRF_QUERYARGUMENTS", "GenericLFI_QUERYARGUMENTS", "GenericLFI_URIPATH", "GenericLFI_BODY",
            "RestrictedExtensions_URIPATH", "RestrictedExtensions_QUERYARGUMENTS", "GenericRFI_QUERYARGUMENTS",
            "GenericRFI_BODY", "GenericRFI_URIPATH", "CrossSiteScripting_COOKIE",
            "CrossSiteScripting_QUERYARGUMENTS", "CrossSiteScripting_BODY", "CrossSiteScripting_URIPATH",
        ),
    ),
    "AWSManagedRulesAdminProtectionRuleSet": (100, ("AdminProtection_URIPATH",)),
    "AWSManagedRulesKnownBadInputsRuleSet": (
        200,
        (
            "JavaDeserializationRCE_HEADER", "JavaDeserializationRCE_BODY", "JavaDeserializationRCE_URIPATH",
            "JavaDeserializationRCE_QUERYSTRING", "Host_localhost_HEADER", "PROPFIND_METHOD",
            "ExploitablePaths_URIPATH",
            "Log4JRCE_HEADER", "Log4JRCE_QUERYSTRING", "Log4JRCE_BODY", "Log4JRCE_URIPATH",
        ),
    ),
    "AWSManagedRulesSQLiRuleSet": (
        200,
        ("SQLi_QUERYARGUMENTS", "SQLiExtendedPatterns_QUERYARGUMENTS", "SQLi_BODY", "SQLiExtendedPatterns_BODY",
         "SQLi_COOKIE"),
    ),
    "AWSManagedRulesLinuxRuleSet": (200, ("LFI_URIPATH", "LFI_QUERYSTRING", "LFI_HEADER")),
    "AWSManagedRulesUnixRuleSet": (100, ("UNIXShellCommandsVariables_QUERYSTRING", "UNIXShellCommandsVariables_BODY")),
    "AWSManagedRulesPHPRuleSet": (
        100, ("PHPHighRiskMethodsVariables_HEADER", "PHPHighRiskMethodsVariables_QUERYSTRING",
              "PHPHighRiskMethodsVariables_BODY"),
    ),
    "AWSManagedRulesAmazonIpReputationList": (
        25, ("AWSManagedIPReputationList", "AWSManagedReconnaissanceList", "AWSManagedIPDDoSList"),
    ),
    "AWSManagedRulesAnonymousIpList": (50, ("AnonymousIPList", "HostingProviderIPList")),
}  # fmt: skip


def group_of(call: Any, vendor: str, name: str) -> tuple[int, tuple[str, ...]]:
    if vendor != "AWS" or name not in GROUPS:
        raise missing()
    return GROUPS[name]


@aws.adds
def describe_managed_rule_group(
    call: Any, *, vendor_name: str, name: str, scope: str, version_name: str = ""
) -> dict[str, Any]:
    units, rules = group_of(call, vendor_name, name)
    if version_name and version_name not in _VERSIONS:
        raise missing()
    return {
        "VersionName": version_name or _VERSIONS[-1],
        "Capacity": units,
        "Rules": [{"Name": rule, "Action": {"Block": {}}} for rule in rules],
        "LabelNamespace": f"awswaf:managed:aws:{name.removeprefix('AWSManagedRules').lower()}:",
    }


_VERSIONS = ("Version_1.0", "Version_2.0")


@aws.adds
def list_available_managed_rule_groups(
    call: Any, *, scope: str, limit: int = 100, next_marker: str = ""
) -> dict[str, Any]:
    listed = [{"VendorName": "AWS", "Name": name, "VersioningSupported": True} for name in sorted(GROUPS)]
    return {"ManagedRuleGroups": listed}


@aws.adds
def list_available_managed_rule_group_versions(
    call: Any, *, vendor_name: str, name: str, scope: str, limit: int = 100, next_marker: str = ""
) -> dict[str, Any]:
    group_of(call, vendor_name, name)
    return {"Versions": [{"Name": one} for one in reversed(_VERSIONS)], "CurrentDefaultVersion": _VERSIONS[-1]}
