# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Web ACLs with their logging and what they stand before: https://docs.aws.amazon.com/waf/latest/APIReference/

UpdateWebACL replaces all that can be changed, so a change is made in the ACL that is there and the rest is sent back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..._describe import wafv2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import pending_fields
from ..._engine.tags import to_list
from ..logs.log_group import LOG_GROUP
from . import common
from .ip_set import IP_SET
from .rules import as_waf, check, managed_group, merged, own_capacity, same_rules, visibility

# https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
CAPACITY_LIMIT = 5000
# What an ACL and a call that makes or replaces it have in common, apart from what the state has fields for.
_KEPT = (
    "Description", "DataProtectionConfig", "CustomResponseBodies", "CaptchaConfig", "ChallengeConfig", "TokenDomains",
    "AssociationConfig", "OnSourceDDoSProtectionConfig", "ApplicationConfig", "MonetizationConfig",
)  # fmt: skip
_OF_THE_ACL = frozenset(
    {"default_action", "description", "metric_name", "sampled_requests", "body_inspection_kb", "rules"}
)
_OF_LOGGING = frozenset({"log_destination", "redacted_headers", "redacted_parts"})
# Parts of a request that logs may leave out, besides headers.
REDACTABLE = {"method": "Method", "query_string": "QueryString", "uri_path": "UriPath"}
# https://docs.aws.amazon.com/waf/latest/developerguide/logging-destinations.html
_DESTINATION = re.compile(r"(?:.*[:/])?aws-waf-logs-[^:/]*")


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    wanted: dict[str, set[str]] = {}
    for item in items:
        wanted.setdefault(item["scope"], set()).add(item["name"])
    listed = [
        one
        for scope, names in sorted(wanted.items())
        for one in wafv2.web_acls(aws, scope=scope)
        if one["Name"] in names
    ]
    before = {item["name"]: item["load_balancers"] for item in items if item.get("load_balancers")}
    whole = aws.map(lambda one: _whole(aws, one, before.get(one["Name"], [])), listed)
    return {state["name"]: state for found in whole for state in found}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """What refers to an ACL by name is a distribution."""
    names = {item["name"] for item in items}
    found = wafv2.web_acls(aws, scope=common.CLOUDFRONT)
    return {
        one["Name"]: {"name": one["Name"], "id": one["Id"], "arn": one["ARN"]} for one in found if one["Name"] in names
    }


def _whole(aws: Aws, listed: Mapping[str, Any], balancers: Sequence[str]) -> list[State]:
    """The state of an ACL of the list; none where it was deleted meanwhile."""
    try:
        acl = wafv2.web_acl(aws, dict(listed))
    except AwsError as error:
        if error.code != "WAFNonexistentItemException":
            raise
        return []
    logging = acl["Logging"] or {}
    redacted = logging.get("RedactedFields") or []
    inspection = ((acl.get("AssociationConfig") or {}).get("RequestBody") or {}).get("CLOUDFRONT") or {}
    view = acl["VisibilityConfig"]
    state = {
        "name": acl["Name"],
        "id": acl["Id"],
        "arn": acl["ARN"],
        "scope": acl["Scope"],
        "description": acl.get("Description", ""),
        "default_action": "block" if "Block" in acl["DefaultAction"] else "allow",
        "metric_name": view["MetricName"] if view["CloudWatchMetricsEnabled"] else None,
        "sampled_requests": view["SampledRequestsEnabled"],
        "body_inspection_kb": int(inspection.get("DefaultSizeInspectionLimit", "KB_16").removeprefix("KB_")),
        "rules": sorted(acl["Rules"], key=lambda rule: rule["Priority"]),
        "capacity": acl.get("Capacity"),
        "log_destination": next(iter(logging.get("LogDestinationConfigs") or []), None),
        "redacted_headers": sorted(one["SingleHeader"]["Name"].lower() for one in redacted if "SingleHeader" in one),
        "redacted_parts": sorted(name for name, key in REDACTABLE.items() if any(key in one for one in redacted)),
        "firewall_manager": bool(acl.get("ManagedByFirewallManager")),
        "tags": wafv2.tags_of(aws, acl),
    }
    return [{**state, **_before(aws, acl, balancers)}]


def _before(aws: Aws, acl: Mapping[str, Any], balancers: Sequence[str]) -> State:
    """Which of these load balancers have this ACL, and which have another (ARN of both)."""
    known = [arn for arn in balancers if not pending_fields(arn)]
    acls = dict(zip(known, aws.map(lambda arn: wafv2.acl_of(aws, {}, arn), known), strict=True))
    return {
        "load_balancers": sorted(arn for arn, found in acls.items() if found == acl["ARN"]),
        "behind_others": {arn: found for arn, found in acls.items() if found not in (None, acl["ARN"])},
    }


def prepared(aws: Aws, items: Sequence[State]) -> list[State]:
    """The items with their rules in WAF's form. Errors: Refusal, with all that WAF would not take.

    WAF says what its managed rule groups take of an ACL's capacity, and which rules they have: the name of a rule to be
    counted that does not exist would be ignored by it without a word.
    """
    common.in_their_place(aws, WEB_ACL.name, items)
    reasons = [f"web_acl {item['name']}: {reason}" for item in items for reason in _refusals(item)]
    if reasons:
        raise Refusal(reasons)
    given = [_with_rules(item) for item in items]
    groups = sorted({(item["scope"], group) for item in given for group in _groups(item)})
    known = dict(zip(groups, aws.map(lambda one: _described(aws, *one), groups), strict=True))
    reasons = [f"web_acl {item['name']}: {reason}" for item in given for reason in _capacity_refusals(item, known)]
    if reasons:
        raise Refusal(reasons)
    return given


def _refusals(item: State) -> Iterator[str]:
    yield from check(item.get("rules") or ())
    destination = item.get("log_destination")
    if destination and not _DESTINATION.fullmatch(destination.removesuffix(":*")):
        yield f"log_destination is {destination}; WAF logs only to what is called aws-waf-logs-..."
    if item.get("load_balancers") and item["scope"] == common.CLOUDFRONT:
        yield "the scope CLOUDFRONT is put before distributions alone, by their web ACL; load_balancers take REGIONAL"
    if item.get("body_inspection_kb") and item["scope"] != common.CLOUDFRONT:
        yield "body_inspection_kb is for the scope CLOUDFRONT; before a load balancer WAF always looks at 8 KB"
    if not item.get("log_destination") and (item.get("redacted_headers") or item.get("redacted_parts")):
        yield "something is to be redacted and nothing is logged; name the log_destination, too"


def _with_rules(item: State) -> State:
    rest = {key: value for key, value in item.items() if key != "rules"}
    if rest.get("redacted_headers"):
        rest["redacted_headers"] = sorted({name.lower() for name in rest["redacted_headers"]})
    if rest.get("log_destination"):
        rest["log_destination"] = rest["log_destination"].removesuffix(":*")
    if item.get("rules") is None:
        return rest
    ours, last = [], -1
    for rule in item["rules"]:
        if rule.get("state") != "absent":
            last = rule["priority"] if rule.get("priority") is not None else last + 1
            ours.append(as_waf(rule, last))
    return {**rest, "rules": ours, "gone": [one["name"] for one in item["rules"] if one.get("state") == "absent"]}


def _groups(item: State) -> Iterator[tuple[str, str, str]]:
    for rule in item.get("rules") or ():
        group = managed_group(rule)
        if group:
            yield group


def _described(aws: Aws, scope: str, group: tuple[str, str, str]) -> Mapping[str, Any] | None:
    """Capacity and Rules of a managed rule group; None where WAF does not offer it."""
    vendor, name, version = group
    asked = {"VendorName": vendor, "Name": name, "Scope": scope, **({"VersionName": version} if version else {})}
    try:
        return aws.call("wafv2", "describe_managed_rule_group", **asked)
    except AwsError as error:
        if error.code not in ("WAFNonexistentItemException", "WAFInvalidResourceException"):
            raise
        return None


def _capacity_refusals(item: State, known: Mapping[Any, Mapping[str, Any] | None]) -> Iterator[str]:
    total = 0
    for rule in item.get("rules") or ():
        group = managed_group(rule)
        if group is None:
            total += own_capacity(rule)
            continue
        described = known[item["scope"], group]
        if described is None:
            vendor, name, version = group
            yield f"rule {rule['Name']}: WAF offers no managed rule group {vendor} {name} {version}".rstrip()
            continue
        total += described["Capacity"]
        overridden = rule["Statement"]["ManagedRuleGroupStatement"].get("RuleActionOverrides", ())
        has = sorted(one["Name"] for one in described.get("Rules", ()))
        unknown = sorted({one["Name"] for one in overridden} - set(has))
        if unknown:
            yield f"rule {rule['Name']}: {group[1]} has no rule {', '.join(unknown)} to count; it has {', '.join(has)}"
    if total > CAPACITY_LIMIT:
        yield f"the rules take {total} capacity units, and an ACL has {CAPACITY_LIMIT}; leave some out"


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Rules of others stay where they are, and a load balancer keeps the ACL that somebody else has put before it."""
    rest = {key: value for key, value in desired.items() if key not in ("gone", "purge_rules")}
    if "rules" in desired:
        theirs = found["rules"] if found else []
        rest["rules"] = merged(theirs, desired["rules"], desired.get("gone", []), bool(desired.get("purge_rules")))
    held = (found or {}).get("behind_others") or {}
    if not held or not rest.get("load_balancers"):
        return rest, []
    rest["load_balancers"] = [arn for arn in rest["load_balancers"] if arn not in held]
    return rest, [
        f"web_acl {desired['name']}: {arn} has the web ACL {other} and keeps it; take that away first"
        for arn, other in sorted(held.items())
    ]


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {
        "Name": desired["name"],
        "Scope": desired["scope"],
        **_replaced({}, desired),
    }
    if desired["tags"]:
        options["Tags"] = to_list(desired["tags"])
    aws.call_once("wafv2", "create_web_acl", **options)


def _replaced(now: Mapping[str, Any], desired: State) -> dict[str, Any]:
    """What UpdateWebACL is sent: the ACL as it is now, with what is asked for.

    A rule that is as it is asked for is sent as WAF gave it, with the texts that it searches for.
    """
    view = now.get("VisibilityConfig") or visibility(desired["name"])
    default = "block" if "Block" in now.get("DefaultAction", {}) else "allow"
    options = {key: now[key] for key in _KEPT if now.get(key)}
    if desired.get("description"):
        options["Description"] = desired["description"]
    size = desired.get("body_inspection_kb")
    if size:
        association = options.get("AssociationConfig") or {}
        body = {**(association.get("RequestBody") or {}), "CLOUDFRONT": {"DefaultSizeInspectionLimit": f"KB_{size}"}}
        options["AssociationConfig"] = {**association, "RequestBody": body}
    return {
        **options,
        "DefaultAction": now.get("DefaultAction")
        if default == desired.get("default_action", default) and now
        else {desired.get("default_action", default).title(): {}},
        "VisibilityConfig": {
            "SampledRequestsEnabled": desired.get("sampled_requests", view["SampledRequestsEnabled"]),
            "CloudWatchMetricsEnabled": view["CloudWatchMetricsEnabled"] or bool(desired.get("metric_name")),
            "MetricName": desired.get("metric_name", view["MetricName"]),
        },
        "Rules": _sent_rules(now.get("Rules", []), desired.get("rules")),
    }


def _sent_rules(now: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]] | None) -> list[Any]:
    if wanted is None:
        return list(now)
    by_name = {rule["Name"]: rule for rule in now}
    shown = {rule["Name"]: rule for rule in wafv2.without_searches(list(now))}
    return [
        by_name[rule["Name"]] if rule["Name"] in shown and same_rules([shown[rule["Name"]]], [rule]) else rule
        for rule in wanted
    ]


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    desired, _said = keeps(desired, found)
    if fields & _OF_THE_ACL:
        named = {"Name": found["name"], "Scope": found["scope"], "Id": found["id"]}
        now = aws.call("wafv2", "get_web_acl", **named)
        changed = _replaced(now["WebACL"], {key: desired[key] for key in fields & _OF_THE_ACL})
        aws.call("wafv2", "update_web_acl", **named, LockToken=now["LockToken"], **changed)
        yield fields & _OF_THE_ACL
    if fields & _OF_LOGGING:
        with _advised():
            aws.call("wafv2", "put_logging_configuration", LoggingConfiguration=_logging(aws, found, desired))
        yield fields & _OF_LOGGING
    if "load_balancers" in fields:
        for arn in sorted(set(desired["load_balancers"]) - set(found["load_balancers"])):
            aws.call("wafv2", "associate_web_acl", WebACLArn=found["arn"], ResourceArn=arn)
        yield frozenset({"load_balancers"})


def _logging(aws: Aws, found: State, desired: State) -> dict[str, Any]:
    """PutLoggingConfiguration replaces it: the filter, and what else is redacted, is sent back."""
    acl = {"Name": found["name"], "Scope": found["scope"], "Id": found["id"], "ARN": found["arn"]}
    now = wafv2.logging_of(aws, acl) or {}
    redacted = list(now.get("RedactedFields") or [])
    wanted = [{"SingleHeader": {"Name": name}} for name in desired.get("redacted_headers") or ()]
    wanted += [{REDACTABLE[name]: {}} for name in desired.get("redacted_parts") or ()]
    kept = {key: now[key] for key in ("LoggingFilter",) if now.get(key)}
    fields = [*redacted, *(one for one in wanted if one not in redacted)]
    return {
        "ResourceArn": found["arn"],
        "LogDestinationConfigs": [desired.get("log_destination") or found["log_destination"]],
        **({"RedactedFields": fields} if fields else {}),
        **kept,
    }


@contextmanager
def _advised() -> Iterator[None]:
    """WAF writes the permission of a log group into a policy of CloudWatch Logs, of which a region has ten.

    https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    """
    try:
        yield
    except AwsError as error:
        if error.code != "WAFLogDestinationPermissionIssueException":
            raise
        advice = (
            "the caller needs logs:PutResourcePolicy, logs:DescribeResourcePolicies and logs:CreateLogDelivery, and "
            "the region must have room in one of its ten policies: aws logs describe-resource-policies"
        )
        raise AwsError(
            error.service,
            error.operation,
            error.code,
            f"{error.message} ({advice})",
            status=error.status,
            request_id=error.request_id,
        ) from error


def _among(found: Any, desired: Any) -> bool:
    """At least what is asked for is there; others may have more."""
    return set(desired or ()) <= set(found or ())


WEB_ACL = Kind(
    name="web_acl",
    role="edge",
    read=read,
    create=create,
    update=update,
    tag=common.tag,
    references={
        "log_destination": Reference(LOG_GROUP, "arn"),
        "rules.Statement.IPSetReferenceStatement.ARN": Reference(IP_SET, "arn"),
    },
    unchangeable={"scope": "an ACL keeps its scope; give another name to make another ACL"},
    equal={
        "rules": same_rules,
        "load_balancers": _among,
        "redacted_headers": _among,
        "redacted_parts": _among,
    },
    lookup=lookup,
    eventual=common.eventual,
    keeps=keeps,
)
