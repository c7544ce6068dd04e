# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Hosted zones and records: how names are kept, and which changes a zone does not take.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
"""

from __future__ import annotations

from typing import Any

from moto.backends import get_backend

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("route53")

# https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
_CLOUDFRONT = frozenset({"Z2FDTNDATAQYW2", "Z3RFFRIM2A3IF5"})
_STAR = "\\052"


def _kept(name: str) -> str:
    """In lower case, with a dot at the end; moto keeps the star as it is."""
    return name.lower().removesuffix(".").replace(_STAR, "*") + "."


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidChangeBatch", f"[{message}]", 400)


@aws.before("CreateHostedZone")
def reference_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html"""
    reference = call.params["CallerReference"]
    used = call.state("references", region="global")
    if reference in used:
        message = f"A hosted zone has already been created with the specified caller reference: {reference}"
        raise Refusal("HostedZoneAlreadyExists", message, 409)
    used[reference] = True


@aws.before("ChangeResourceRecordSets")
def change_rule(call: Any) -> None:
    """A batch is taken as a whole or not at all."""
    zone = call.params["HostedZoneId"].rpartition("/")[2]
    name = call.ask("route53", "GetHostedZone", Id=zone)["HostedZone"]["Name"]
    there = call.moto("ListResourceRecordSets", HostedZoneId=zone)["ResourceRecordSets"]
    kinds = {(_kept(one["Name"]), one["Type"]): one for one in there}
    changes = []
    for change in call.params["ChangeBatch"]["Changes"]:
        record = {**change["ResourceRecordSet"], "Name": _kept(change["ResourceRecordSet"]["Name"])}
        _check_form(record, _kept(name))
        if change["Action"] == "DELETE":
            kinds.pop((record["Name"], record["Type"]), None)
        else:
            _check_beside(record, kinds)
            kinds[record["Name"], record["Type"]] = record
        alias = record.get("AliasTarget")
        if alias:
            record["AliasTarget"] = {**alias, "DNSName": _kept(alias["DNSName"])}
        changes.append({**change, "ResourceRecordSet": record})
    call.change(ChangeBatch={**call.params["ChangeBatch"], "Changes": changes})


def _check_form(record: dict[str, Any], zone: str) -> None:
    name, kind = record["Name"], record["Type"]
    if name != zone and not name.endswith(f".{zone}"):
        raise _invalid(f"RRSet with DNS name {name} is not permitted in zone {zone}")
    if kind == "CNAME" and name == zone:
        raise _invalid(f"RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {zone}")
    alias, values = record.get("AliasTarget"), record.get("ResourceRecords")
    if bool(alias) == bool(values) or (values and "TTL" not in record) or (alias and "TTL" in record):
        raise Refusal(
            "InvalidInput",
            "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or "
            f"TrafficPolicyInstanceId], but found none or both in Change with [Name={name}, Type={kind}]",
            400,
        )
    if alias and alias["HostedZoneId"] in _CLOUDFRONT and alias["EvaluateTargetHealth"]:
        raise _invalid("EvaluateTargetHealth cannot be true for an alias of a CloudFront distribution")
    for value in values or []:
        if kind in ("TXT", "SPF") and not (value["Value"].startswith('"') and value["Value"].endswith('"')):
            message = "Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in "
            raise _invalid(f"{message}quotation marks) encountered with '{value['Value']}''")


def _check_beside(record: dict[str, Any], kinds: dict[tuple[str, str], dict[str, Any]]) -> None:
    """A CNAME stands alone, and a simple record not beside routed ones."""
    name, kind = record["Name"], record["Type"]
    others = {other for named, other in kinds if named == name} - {kind}
    if "CNAME" in others or (kind == "CNAME" and others):
        other = min(others)
        message = f"RRSet of type {kind} with DNS name {name} is not permitted because a conflicting RRSet of type "
        raise _invalid(f"{message}{other} with the same DNS name already exists in zone")
    same = kinds.get((name, kind))
    if same and ("SetIdentifier" in same) != ("SetIdentifier" in record):
        message = f"RRSet with DNS name {name}, type {kind}, SetIdentifier null cannot be created because a "
        raise _invalid(f"{message}non-multivalue answer rrset exists with the same name and type.")


@aws.after("ListResourceRecordSets")
def stars_shown(call: Any, answer: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html"""
    for record in answer["ResourceRecordSets"]:
        record["Name"] = record["Name"].replace("*", _STAR)


@aws.after("ChangeResourceRecordSets", when=lambda call: call.front.settings.transition_seconds)
def proofs(call: Any, answer: dict[str, Any]) -> None:
    """ACM looks for the records that prove a domain by itself, so its time begins when they stand."""
    for region, certificates in list(get_backend("acm")[call.account].items()):
        if certificates._certificates:
            call.ask("acm", "ListCertificates", region=region)
