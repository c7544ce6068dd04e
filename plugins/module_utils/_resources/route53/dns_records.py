# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Records of hosted zones: one change batch for each zone, of the records that differ. Others are left alone.

https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import route53
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import pending_fields
from ..cloudfront.distribution import DISTRIBUTION
from ..elbv2.load_balancer import LOAD_BALANCER
from .hosted_zone import HOSTED_ZONE, busy
from .names import plain, within

# Aliases of CloudFront go by one zone for all: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
CLOUDFRONT_ZONES = {"aws": "Z2FDTNDATAQYW2", "aws-cn": "Z3RFFRIM2A3IF5"}
# Types whose values are names, which are the same with and without a dot at the end, in any case.
_NAMES = frozenset({"CNAME", "NS", "PTR"})
_QUOTED = frozenset({"TXT", "SPF"})
TTL = 300


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """A zone that is there, with those of its records that an item names."""
    known = [item for item in items if not pending_fields(item["zone"])]
    found = route53.records(aws, zones={item["zone"] for item in known})
    return {item["name"]: _state(item, found[item["zone"]]) for item in known}


def _state(item: State, sets: Sequence[Mapping[str, Any]]) -> State:
    there: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for one in sets:
        there.setdefault((plain(one["Name"]), one["Type"]), []).append(one)
    records, reasons = [], []
    for record in item["records"]:
        name, kind = plain(record["name"]), record["type"]
        same = there.get((name, kind), [])
        if any("SetIdentifier" in one for one in same):
            reasons.append(f"{name} {kind} is routed by weight, place or health, and is left to who has made it so")
        beside = {other for (named, other) in there if named == name} - {kind}
        if "CNAME" in beside or (kind == "CNAME" and beside):
            there_is = ", ".join(sorted(beside))
            reasons.append(f"{name} {kind} cannot stand beside the {there_is} that is there; remove that first")
        records += [_record(one) for one in same]
    if reasons:
        raise Refusal([f"dns_records {item['name']}: {reason}" for reason in reasons])
    return {"name": item["name"], "zone": item["zone"], "records": records}


def _record(one: Mapping[str, Any]) -> State:
    """A record set as options."""
    record: State = {"name": plain(one["Name"]), "type": one["Type"]}
    alias = one.get("AliasTarget")
    if alias:
        return {
            **record,
            "alias": {
                "dns_name": plain(alias["DNSName"]),
                "hosted_zone_id": alias["HostedZoneId"],
                "evaluate_target_health": alias["EvaluateTargetHealth"],
            },
        }
    values = [value["Value"] for value in one.get("ResourceRecords") or []]
    return {**record, "ttl": one.get("TTL"), "values": normal_values(one["Type"], values)}


def normal_values(kind: str, values: Sequence[str]) -> list[str]:
    """Values as Route 53 takes them, sorted, as they are a set."""
    if kind in _NAMES:
        return sorted(plain(value) for value in values)
    if kind in _QUOTED:
        return sorted(value if value.startswith('"') else quoted(value) for value in values)
    return sorted(values)


def quoted(text: str) -> str:
    """Text in quotes, in parts of at most 255 characters.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#TXTFormat
    """
    parts = [text[start : start + 255] for start in range(0, len(text), 255)] or [""]
    return " ".join('"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in parts)


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Records in the form in which they are read: a target becomes the alias that leads to it.

    Errors: Refusal.
    """
    reasons = [
        f"dns_records {desired['name']}: {reason}"
        for record in desired["records"]
        for reason in record_reasons(record, desired["name"])
    ]
    keys = [f"{plain(one['name'])} {one['type']}" for one in desired["records"]]
    doubles = sorted({key for key in keys if keys.count(key) > 1})
    if reasons or doubles:
        raise Refusal(
            [*reasons, *(f"dns_records {desired['name']}: {one} stands twice in the list" for one in doubles)]
        )
    return {**desired, "records": [as_read(record) for record in desired["records"]]}, []


def record_reasons(record: State, zone: str) -> list[str]:
    """Sentences on one record. zone: its name, or the id of which nothing is said."""
    name = f"{plain(record['name'])} {record['type']}"
    reasons = []
    if "." in zone and not within(record["name"], zone):
        reasons.append(f"{name} is not in the zone {zone}")
    targets = [one for one in ("values", "alias", "distribution", "load_balancer") if record.get(one)]
    if len(targets) != 1:
        reasons.append(f"{name} needs one of values, alias, distribution and load_balancer")
    if record.get("ttl") is not None and not record.get("values"):
        reasons.append(f"{name} is an alias, which has no ttl of its own")
    if record["type"] == "CNAME" and plain(record["name"]) == plain(zone):
        reasons.append(f"{name} cannot be: the name of a zone takes no CNAME; use an alias of type A")
    return reasons


def as_read(record: State) -> State:
    """One record as read gives it."""
    whole = {"name": plain(record["name"]), "type": record["type"]}
    if record.get("values"):
        ttl = record["ttl"] if record.get("ttl") is not None else TTL
        return {**whole, "ttl": ttl, "values": normal_values(record["type"], record["values"])}
    alias = {name: value for name, value in (record.get("alias") or {}).items() if value is not None}
    target = record.get("distribution") or record.get("load_balancer") or alias["dns_name"]
    zone = record.get("load_balancer_zone") or record.get("distribution_zone") or alias.get("hosted_zone_id")
    return {
        **whole,
        "alias": {
            "dns_name": plain(target),
            "hosted_zone_id": zone,
            "evaluate_target_health": bool(alias.get("evaluate_target_health")),
        },
    }


def with_targets(record: Mapping[str, Any], partition: str) -> State:
    """A record in the engine's terms: a load balancer is asked for twice, for its name and for its zone."""
    given = {name: value for name, value in record.items() if value is not None}
    if given.get("load_balancer"):
        given["load_balancer_zone"] = given["load_balancer"]
    if given.get("distribution"):
        given["distribution_zone"] = CLOUDFRONT_ZONES.get(partition, CLOUDFRONT_ZONES["aws"])
    return given


def same_records(found: Any, desired: Any) -> bool:
    return _by_key(found) == _by_key(desired)


def _by_key(records: Any) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["name"], one["type"]): one for one in records or []}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One batch, which Route 53 carries out as a whole or not at all; it may be sent again."""
    before, after = _by_key(found["records"]), _by_key([as_read(record) for record in desired["records"]])
    changes = [
        {"Action": "UPSERT", "ResourceRecordSet": _record_set(after[key])}
        for key in after
        if before.get(key) != after[key]
    ]
    aws.call("route53", "change_resource_record_sets", HostedZoneId=found["zone"], ChangeBatch={"Changes": changes})


def _record_set(record: Mapping[str, Any]) -> dict[str, Any]:
    named = {"Name": record["name"], "Type": record["type"]}
    alias = record.get("alias")
    if alias:
        target = {
            "DNSName": alias["dns_name"],
            "HostedZoneId": alias["hosted_zone_id"],
            "EvaluateTargetHealth": alias["evaluate_target_health"],
        }
        return {**named, "AliasTarget": target}
    return {**named, "TTL": record["ttl"], "ResourceRecords": [{"Value": value} for value in record["values"]]}


def create(aws: Aws, desired: State) -> None:
    """A zone that is there is read, with or without records: nothing is created."""


DNS_RECORDS = Kind(
    name="dns_records",
    role="edge",
    read=read,
    create=create,
    update=update,
    references={
        "zone": Reference(HOSTED_ZONE),
        "records.distribution": Reference(DISTRIBUTION, "domain_name"),
        "records.load_balancer": Reference(LOAD_BALANCER, "dns_name"),
        "records.load_balancer_zone": Reference(LOAD_BALANCER, "hosted_zone_id"),
    },
    equal={"records": same_records},
    busy=busy,
    keeps=keeps,
)
