# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: scopes and their region, rules and what they take of an ACL, managed rule groups, logging, associations.

https://docs.aws.amazon.com/waf/latest/APIReference/, https://docs.aws.amazon.com/waf/latest/developerguide/
"""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("wafv2")

HOME = {"aws": "us-east-1", "aws-us-gov": "us-gov-west-1"}
CAPACITY_LIMIT = 5000
WINDOWS = (60, 120, 300, 600)
LOGS_SID = "AWSLogDeliveryWrite20150319"  # what AWS calls the statement and the policy that it writes for vended logs
_DESTINATION = re.compile(
    r"arn:aws[a-z-]*:(?:logs:[^:]*:\d*:log-group:aws-waf-logs-[^:*]+|s3:::aws-waf-logs-[^/]+"
    r"|firehose:[^:]*:\d*:deliverystream/aws-waf-logs-.+)"
)
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
            "JavaDeserializationRCE_QUERYSTRING", "Host_localhost_HEADER", "PROPFIND_METHOD", "ExploitablePaths_URIPATH",
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
_MUTABLE = (
    "Description", "Rules", "DataProtectionConfig", "CustomResponseBodies", "CaptchaConfig", "ChallengeConfig",
    "TokenDomains", "AssociationConfig", "OnSourceDDoSProtectionConfig",
)  # fmt: skip
# What moto's ACLs lack.
_OURS = ("DataProtectionConfig", "OnSourceDDoSProtectionConfig", "ApplicationConfig")
_SCOPED = (
    "CheckCapacity", "CreateIPSet", "CreateWebACL", "DeleteIPSet", "DeleteWebACL", "DescribeManagedRuleGroup",
    "GetIPSet", "GetWebACL", "ListAvailableManagedRuleGroups", "ListIPSets", "ListLoggingConfigurations", "ListWebACLs",
    "UpdateIPSet", "UpdateWebACL",
)  # fmt: skip


def _invalid(message: str) -> Refusal:
    return Refusal("WAFInvalidParameterException", f"Error reason: {message}", 400)


def _missing() -> Refusal:
    text = "AWS WAF couldn't perform the operation because your resource doesn't exist."
    return Refusal("WAFNonexistentItemException", text, 400)


@aws.before(*_SCOPED)
def scope_rule(call: Any) -> None:
    """ "To work with CloudFront, you must also specify the Region US East (N. Virginia)"."""
    if call.params.get("Scope") == "CLOUDFRONT" and call.region != HOME.get(call.partition):
        raise _invalid("The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT")


@aws.before("GetWebACLForResource", "AssociateWebACL", "DisassociateWebACL")
def distribution_rule(call: Any) -> None:
    """A distribution names its ACL itself: https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html"""
    if ":cloudfront:" in call.params["ResourceArn"] or ":global/" in call.params.get("WebACLArn", ""):
        raise _invalid("The ARN isn't valid., field: RESOURCE_ARN, parameter: " + call.params["ResourceArn"])


# Rules


def _group(call: Any, vendor: str, name: str) -> tuple[int, tuple[str, ...]]:
    if vendor != "AWS" or name not in GROUPS:
        raise _missing()
    return GROUPS[name]


def capacity(call: Any, statement: dict[str, Any]) -> int:
    """https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html"""
    (kind, body), *_rest = statement.items()
    if kind == "ManagedRuleGroupStatement":
        return _group(call, body["VendorName"], body["Name"])[0]
    if kind == "RateBasedStatement":
        inner = body.get("ScopeDownStatement")
        return 2 + 30 * len(body.get("CustomKeys", [])) + (capacity(call, inner) if inner else 0)
    if kind in ("AndStatement", "OrStatement"):
        return 1 + sum(capacity(call, one) for one in body["Statements"])
    if kind == "NotStatement":
        return 1 + capacity(call, body["Statement"])
    if kind in ("SqliMatchStatement", "XssMatchStatement"):
        return 20 if kind == "SqliMatchStatement" else 40
    return 2 if kind == "ByteMatchStatement" else 1


def _check_rule(call: Any, rule: dict[str, Any], scope: str) -> None:
    (kind, body), *_rest = rule["Statement"].items()
    grouped = kind in ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")
    given, other = ("OverrideAction", "Action") if grouped else ("Action", "OverrideAction")
    if given not in rule or other in rule:
        raise _invalid(
            "You have used none or multiple values for a field that requires exactly one value., "
            f"field: RULE, parameter: Rule {rule['Name']}"
        )
    if kind == "RateBasedStatement":
        if not 10 <= body["Limit"] <= 2_000_000_000 or body.get("EvaluationWindowSec", 300) not in WINDOWS:
            raise _invalid(f"The parameter value is out of range., field: RATE_BASED_STATEMENT, parameter: {body}")
        if (body["AggregateKeyType"] == "FORWARDED_IP") != ("ForwardedIPConfig" in body):
            raise _invalid("The forwarded IP configuration is for the aggregate key type FORWARDED_IP.")
    if kind == "IPSetReferenceStatement":
        backend = call.backend(region="global" if scope == "CLOUDFRONT" else None)
        if body["ARN"] not in backend.ip_sets:
            raise _missing()


@aws.before("CreateWebACL", "UpdateWebACL", "CheckCapacity")
def rules_rule(call: Any) -> None:
    rules = call.params.get("Rules", [])
    for member in ("Name", "Priority"):
        values = [rule[member] for rule in rules]
        if len(set(values)) != len(values):
            raise _invalid(f"You have duplicate values., field: RULE, parameter: {member} {values}")
    for rule in rules:
        _check_rule(call, rule, call.params["Scope"])
    total = sum(capacity(call, rule["Statement"]) for rule in rules)
    if total > CAPACITY_LIMIT:
        raise Refusal(
            "WAFLimitsExceededException",
            f"AWS WAF couldn't perform the operation because you exceeded your resource limit: {total} WCUs.",
            400,
        )
    if call.operation != "CheckCapacity" and rules:
        call.change(Rules=[_as_kept(rule) for rule in rules])


def _as_kept(rule: dict[str, Any]) -> dict[str, Any]:
    """As GetWebACL gives it back: with the window that was not sent, and with names in lower case."""
    return {**rule, "Statement": _lowered(rule["Statement"])}


def _lowered(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        inner = {name: _lowered(member, name) for name, member in value.items()}
        if key in ("SingleHeader", "SingleQueryArgument"):
            return {"Name": inner["Name"].lower()}
        return {"EvaluationWindowSec": 300, **inner} if key == "RateBasedStatement" else inner
    return [_lowered(member) for member in value] if isinstance(value, list) else value


def _acl(call: Any, arn: str) -> Any:
    backend = call.backend(region="global" if ":global/" in arn else None)
    if arn not in backend.wacls:
        raise _missing()
    return backend.wacls[arn]


@aws.after("CreateWebACL")
def made(call: Any, answer: dict[str, Any]) -> None:
    acl = _acl(call, answer["Summary"]["ARN"])
    _keep(call, acl, {})


@aws.after("UpdateWebACL")
def replaced(call: Any, answer: dict[str, Any]) -> None:
    """What was not sent is gone, but for the application's configuration: "UpdateWebACL", "Warnings"."""
    backend = call.backend(region="global" if call.params["Scope"] == "CLOUDFRONT" else None)
    acl = next(one for one in backend.wacls.values() if one.id == call.params["Id"])
    for name in _MUTABLE:
        if not call.original.get(name) and name not in _OURS:
            setattr(acl, _snake(name), [] if name == "Rules" else "" if name == "Description" else None)
    _keep(call, acl, call.state("acls", region="global").get(acl.arn, {}))


def _keep(call: Any, acl: Any, before: dict[str, Any]) -> None:
    acl.capacity = sum(capacity(call, rule.statement) for rule in acl.rules)
    kept = {name: call.original[name] for name in _OURS if name in call.original}
    if "ApplicationConfig" in before:
        kept.setdefault("ApplicationConfig", before["ApplicationConfig"])
    call.state("acls", region="global")[acl.arn] = kept


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@aws.after("CreateWebACL", "ListWebACLs", "GetWebACL", "CreateIPSet", "ListIPSets", "GetIPSet", "GetWebACLForResource")
def undescribed(call: Any, answer: dict[str, Any]) -> None:
    """moto gives an empty description where there is none, which the model has not."""
    for found in answer.values():
        for item in found if isinstance(found, list) else [found]:
            if isinstance(item, dict) and item.get("Description") == "":
                del item["Description"]


@aws.after("GetWebACL")
def shown(call: Any, answer: dict[str, Any]) -> None:
    """The protection of load balancers appears where nobody asked for it; parts that are not set do not."""
    acl = answer["WebACL"]
    kept = call.state("acls", region="global").get(acl["ARN"], {})
    if ":regional/" in acl["ARN"]:
        acl["OnSourceDDoSProtectionConfig"] = {"ALBLowReputationMode": "ACTIVE_UNDER_DDOS"}
    acl.update(kept)


@aws.adds
def check_capacity(call: Any, *, scope: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {"Capacity": sum(capacity(call, rule["Statement"]) for rule in rules)}


@aws.adds
def describe_managed_rule_group(
    call: Any, *, vendor_name: str, name: str, scope: str, version_name: str = ""
) -> dict[str, Any]:
    units, rules = _group(call, vendor_name, name)
    if version_name and version_name not in _VERSIONS:
        raise _missing()
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
    _group(call, vendor_name, name)
    return {"Versions": [{"Name": one} for one in reversed(_VERSIONS)], "CurrentDefaultVersion": _VERSIONS[-1]}


# Sets of addresses


@aws.before("CreateIPSet", "UpdateIPSet")
def addresses_rule(call: Any) -> None:
    """CIDR notation, and any range but /0: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html"""
    for address in call.params["Addresses"]:
        try:
            network = ipaddress.ip_network(address)
        except ValueError as error:
            raise _invalid(f"The parameter contains formatting that is not valid., parameter: {address}") from error
        if "/" not in address or network.prefixlen == 0:
            raise _invalid(f"The parameter contains formatting that is not valid., parameter: {address}")


@aws.before("CreateIPSet")
def name_rule(call: Any) -> None:
    backend = call.backend(region="global" if call.params["Scope"] == "CLOUDFRONT" else None)
    if any(one.name == call.params["Name"] and one.scope == call.params["Scope"] for one in backend.ip_sets.values()):
        raise Refusal(
            "WAFDuplicateItemException",
            "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an "
            "existing one.",
            400,
        )


# Logging


@aws.before("PutLoggingConfiguration")
def logging_rule(call: Any) -> None:
    """One destination, called aws-waf-logs-, that exists; of a CLOUDFRONT ACL the log group is in its region."""
    wanted = call.params["LoggingConfiguration"]
    _acl(call, wanted["ResourceArn"])
    destinations = wanted["LogDestinationConfigs"]
    if len(destinations) != 1 or not _DESTINATION.fullmatch(destinations[0]):
        raise _invalid(f"The ARN isn't valid., field: LOG_DESTINATION, parameter: {', '.join(destinations)}")
    _service, region, name = _parts(destinations[0])
    if _service == "logs" and (region != call.region or name not in call.backend("logs").groups):
        raise Refusal(
            "WAFLogDestinationPermissionIssueException",
            "Unable to deliver logs to the configured destination. You might need to grant log delivery permissions "
            "for the destination. If you're using S3 as your log destination, you might have exceeded your bucket "
            "limit.",
            400,
        )
    fields = [_lowered(one) for one in wanted.get("RedactedFields", [])]
    call.change(LoggingConfiguration={**wanted, "RedactedFields": sorted(fields, key=json.dumps)})


def _parts(arn: str) -> tuple[str, str, str]:
    """(service, region, name of the log group or bucket) of a destination."""
    _arn, _partition, service, region, _account, *rest = arn.split(":")
    return service, region, rest[-1].rpartition("/")[2] if service == "firehose" else ":".join(rest[1:]) or rest[0]


@aws.after("PutLoggingConfiguration")
def permitted(call: Any, answer: dict[str, Any]) -> None:
    """WAF writes its own permission, whoever wrote the policy before.

    A log group's stands in a policy of CloudWatch Logs, a bucket's in the bucket's:
    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html, logging-s3.html.
    """
    destination = call.params["LoggingConfiguration"]["LogDestinationConfigs"][0]
    service, _region, name = _parts(destination)
    if service == "logs":
        _admit_to_group(call, destination)
    if service == "s3":
        _admit_to_bucket(call, name)


def _admit_to_group(call: Any, group: str) -> None:
    policies = call.ask("logs", "DescribeResourcePolicies")["resourcePolicies"]
    found = next((one for one in policies if one["policyName"] == LOGS_SID), None)
    document = json.loads(found["policyDocument"]) if found else {"Version": "2012-10-17", "Statement": []}
    resource = f"{group}:log-stream:*"
    if any(resource in statement["Resource"] for statement in document["Statement"]):
        return
    document["Statement"].append(
        {
            "Sid": f"{LOGS_SID}{len(document['Statement']) + 1}",
            "Effect": "Allow",
            "Principal": {"Service": "delivery.logs.amazonaws.com"},
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": [resource],
            "Condition": {
                "StringEquals": {"aws:SourceAccount": call.account},
                "ArnLike": {"aws:SourceArn": f"arn:{call.partition}:logs:{call.region}:{call.account}:*"},
            },
        }
    )
    call.ask("logs", "PutResourcePolicy", policyName=LOGS_SID, policyDocument=json.dumps(document))


def _admit_to_bucket(call: Any, bucket: str) -> None:
    from local_aws.services.s3 import delivery

    delivery.admit(call, bucket, f"AWSLogs/{call.account}/WAFLogs")


@aws.after("GetLoggingConfiguration")
def logging_shown(call: Any, answer: dict[str, Any]) -> None:
    found = answer["LoggingConfiguration"]
    found.update({"LogType": "WAF_LOGS", "LogScope": "CUSTOMER"})


# Associations


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
        raise _missing()
    associated = call.state("associated")
    if call.operation == "AssociateWebACL":
        _acl(call, call.params["WebACLArn"])
        associated[arn] = call.params["WebACLArn"]
        return {}
    if arn not in associated:
        return {}
    acl = _acl(call, associated[arn])
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
    _acl(call, web_acl_arn)
    if resource_type not in ("", "APPLICATION_LOAD_BALANCER"):
        return {"ResourceArns": []}
    return {"ResourceArns": sorted(arn for arn, acl in call.state("associated").items() if acl == web_acl_arn)}
