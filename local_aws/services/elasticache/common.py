# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the ElastiCache rules share: things by name, refusals, keys, security groups, windows."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.elasticache import catalogue

_IDENTIFIER = re.compile(r"[a-zA-Z](?:-?[a-zA-Z0-9])*")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WINDOW = re.compile(r"(?:([a-z]{3}):)?(\d\d):(\d\d)-(?:([a-z]{3}):)?(\d\d):(\d\d)")
_WEEK = 7 * 24 * 60


class Thing:
    """One thing in the shape of the API; kept in moto's dictionaries, whose tagging looks at arn and id."""

    def __init__(self, name: str, shape: dict[str, Any], **hidden: Any) -> None:
        self.id = name
        self.shape = shape
        self.arn: str = shape["ARN"]
        self.hidden = hidden  # what the thing's own answer does not tell
        self.vpc_id = shape.get("VpcId")

    @property
    def node_groups(self) -> list[Any]:
        return list(self.shape.get("NodeGroups", []))


def value(message: str) -> Refusal:
    return Refusal("InvalidParameterValue", message, 400)


def combination(message: str) -> Refusal:
    return Refusal("InvalidParameterCombination", message, 400)


def arn(call: Any, kind: str, name: str) -> str:
    return f"arn:{call.partition}:elasticache:{call.region}:{call.account}:{kind}:{name}"


def suffix(call: Any) -> str:
    """What stands in all endpoints of an account in a region, between a cache's name and the service's."""
    return hashlib.sha256(f"{call.account} {call.region}".encode()).hexdigest()[:6]


def domain(call: Any) -> str:
    """use1.cache.amazonaws.com for us-east-1."""
    first, middle, number = call.region.split("-")[0], call.region.split("-")[1], call.region[-1]
    return f"{first}{middle[0]}{number}.cache.amazonaws.com"


def check_identifier(name: str, parameter: str, longest: int) -> str:
    """The name as it is kept: in lower case."""
    if not _IDENTIFIER.fullmatch(name) or len(name) > longest:
        raise value(
            f"The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain "
            f"only ASCII letters, digits, and hyphens, at most {longest}; and must not end with a hyphen or contain "
            "two consecutive hyphens."
        )
    return name.lower()


def page(items: list[dict[str, Any]], key: str, max_records: int | None, marker: str | None) -> dict[str, Any]:
    size, start = max_records or 100, int(marker or 0)
    if not 20 <= size <= 100:
        raise value(f"Invalid value {size} for MaxRecords. Must be between 20 and 100")
    answer: dict[str, Any] = {key: items[start : start + size]}
    if start + size < len(items):
        answer["Marker"] = str(start + size)
    return answer


def group(call: Any, name: str) -> Thing:
    found: Thing | None = call.backend().replication_groups.get(name.lower())
    if found is None:
        raise Refusal("ReplicationGroupNotFoundFault", f"ReplicationGroup {name} not found.", 404)
    return found


def subnet_group(call: Any, name: str) -> Thing:
    found: Thing | None = call.backend().cache_subnet_groups.get(name.lower())
    if found is None:
        raise Refusal("CacheSubnetGroupNotFoundFault", f"Cache Subnet Group {name} does not exist.", 400)
    return found


def key_arn(call: Any, key: str) -> str:
    """The ARN of a key of this region that is enabled."""
    wrong = value(f"The specified KMS key [{key}] does not exist, is not enabled or is of another region.")
    if key.startswith("arn:") and key.split(":")[3] != call.region:
        raise wrong
    try:
        found = call.ask("kms", "DescribeKey", KeyId=key)["KeyMetadata"]
    except Refusal as refused:
        raise wrong from refused
    if found["KeyState"] != "Enabled":
        raise wrong
    return str(found["Arn"])


def check_security_groups(call: Any, ids: list[str] | None, vpc: str | None) -> None:
    for group_id in ids or []:
        found = call.backend("ec2").get_security_group_from_id(group_id)
        if found is None:
            raise value(f"Invalid security group id: {group_id}")
        if vpc and found.vpc_id != vpc:
            raise Refusal(
                "InvalidVPCNetworkStateFault",
                f"Security group {group_id} is not in VPC {vpc} of the subnet group.",
                400,
            )


def check_node_type(name: str) -> None:
    if name not in catalogue.NODE_TYPES:
        raise value(f"Invalid Cache Node Type: {name}.")


def check_windows(params: dict[str, Any]) -> None:
    """At most 35 days, and windows of an hour at least."""
    kept = params.get("SnapshotRetentionLimit")
    if kept is not None and not 0 <= kept <= 35:
        raise value(f"Invalid snapshot retention limit: {kept}. Must be between 0 and 35 days.")
    daily = params.get("SnapshotWindow")
    if daily and len(_minutes(daily, weekly=False)) < 60:
        raise value(f"Invalid snapshot window {daily}: it must be at least 60 minutes long.")
    weekly = params.get("PreferredMaintenanceWindow")
    if weekly and len(_minutes(weekly, weekly=True)) < 60:
        raise value(f"Invalid maintenance window {weekly}: it must be at least 60 minutes long.")


def _minutes(window: str, *, weekly: bool) -> range:
    found = _WINDOW.fullmatch(window.lower())
    if found is None or bool(found[1]) != weekly or bool(found[4]) != weekly:
        form = "ddd:hh24:mi-ddd:hh24:mi" if weekly else "hh24:mi-hh24:mi"
        raise value(f"Invalid window {window}. Specify it in the format {form}.")
    first, last = (
        (_DAYS.index(day) if day else 0) * 24 * 60 + int(hours) * 60 + int(minutes)
        for day, hours, minutes in (found.groups()[:3], found.groups()[3:])
    )
    length = (last - first) % (_WEEK if weekly else 24 * 60)
    return range(first, first + length)


def check_logs(configurations: list[dict[str, Any]] | None, engine: str, version: str) -> None:
    """https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Log_Delivery.html"""
    for one in configurations or []:
        if one.get("LogType") not in ("slow-log", "engine-log"):
            raise value(f"Invalid log type {one.get('LogType')}. Valid values are slow-log and engine-log.")
        if one.get("Enabled") is False:
            continue
        details = one.get("DestinationDetails") or {}
        wanted = {"cloudwatch-logs": "CloudWatchLogsDetails", "kinesis-firehose": "KinesisFirehoseDetails"}
        if wanted.get(str(one.get("DestinationType"))) not in details:
            raise combination(f"The destination details do not go with DestinationType {one.get('DestinationType')}.")
        if one.get("LogFormat") not in ("json", "text"):
            raise value(f"Invalid log format {one.get('LogFormat')}. Valid values are json and text.")
        if one["LogType"] == "engine-log" and engine == "redis" and catalogue.numbers(version) < (6, 2):
            raise combination("engine-log needs Redis OSS 6.2 or newer.")


def shown_logs(
    call: Any, before: list[dict[str, Any]], configurations: list[dict[str, Any]] | None
) -> list[dict[str, Any]]:
    """What is there after a change; a log group that does not exist makes the delivery fail."""
    found = {one["LogType"]: one for one in before}
    for one in configurations or []:
        if one.get("Enabled") is False:
            found.pop(one["LogType"], None)
            continue
        shown = {key: item for key, item in one.items() if key != "Enabled"}
        name = one["DestinationDetails"].get("CloudWatchLogsDetails", {}).get("LogGroup")
        missing = name is not None and name not in call.backend("logs").groups
        shown |= {"Status": "error" if missing else "active"}
        if missing:
            shown["Message"] = f"Destination log group {name} does not exist."
        found[one["LogType"]] = shown
    return [found[name] for name in sorted(found)]
