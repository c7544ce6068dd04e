# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC flow logs to CloudWatch Logs or to S3: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State
from ..._engine.pending import pending_fields
from ..._engine.tags import specifications
from ..iam.iam_role import IAM_ROLE
from ..logs.log_group import LOG_GROUP
from .common import client_token, not_visible, tag
from .vpc import VPC

# The flow log that one was made to replace; no tag of the options.
REPLACES = "wellarchitected:replaces"
CLOUD_WATCH_LOGS, S3 = "cloud-watch-logs", "s3"
_FILES = {
    "file_format": "FileFormat",
    "hive_compatible_partitions": "HiveCompatiblePartitions",
    "per_hour_partition": "PerHourPartition",
}
# What DestinationOptionsRequest is where nothing is given.
_FILE_DEFAULTS = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Flow logs of the items' VPCs: by name, else the nameless one that writes to the item's destination."""
    known = [item for item in items if not pending_fields({"vpc": item["vpc"]})]
    if not known:
        return {}
    every = ec2.flow_logs(aws, resource_id={item["vpc"] for item in known})
    return {item["name"]: _state(item["name"], one, every) for item in known for one in [_match(item, every)] if one}


def _match(item: State, every: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """A replacement is chosen before what it replaces, as long as AWS shows both."""
    here = [one for one in every if one["ResourceId"] == item["vpc"]]
    replaced = {one["Tags"].get(REPLACES) for one in here}
    named = [one for one in here if one["Tags"].get("Name") == item["name"]]
    nameless = [one for one in here if not one["Tags"].get("Name") and _writes_to(one, item)]
    return next(iter(sorted([*named, *nameless], key=lambda one: one["FlowLogId"] in replaced)), None)


def _writes_to(flow_log: Mapping[str, Any], item: State) -> bool:
    if item.get("bucket"):
        return flow_log.get("LogDestination") == item["bucket"]
    return _log_group(flow_log) == item.get("log_group")


def _log_group(flow_log: Mapping[str, Any]) -> str | None:
    """The name, or from the ARN where AWS gives that alone."""
    name: str | None = flow_log.get("LogGroupName")
    return name or str(flow_log.get("LogDestination", "")).partition(":log-group:")[2].removesuffix(":*") or None


def _state(name: str, flow_log: Mapping[str, Any], every: Sequence[Mapping[str, Any]]) -> State:
    to_s3 = flow_log.get("LogDestinationType") == S3
    old = flow_log["Tags"].get(REPLACES)
    files = {**_FILE_DEFAULTS, **(flow_log.get("DestinationOptions") or {})} if to_s3 else {}
    return {
        "name": name,
        "id": flow_log["FlowLogId"],
        "vpc": flow_log["ResourceId"],
        "traffic_type": flow_log["TrafficType"],
        "log_group": None if to_s3 else _log_group(flow_log),
        "role": flow_log.get("DeliverLogsPermissionArn"),
        "bucket": flow_log.get("LogDestination") if to_s3 else None,
        **{option: files.get(member) for option, member in _FILES.items()},
        "aggregation_interval": flow_log.get("MaxAggregationInterval", 600),
        "log_format": flow_log.get("LogFormat"),
        "status": str(flow_log.get("FlowLogStatus", "")).lower(),
        "delivery_status": flow_log.get("DeliverLogsStatus"),
        "delivery_error": flow_log.get("DeliverLogsErrorMessage"),
        "replaced": [one["FlowLogId"] for one in every if one["FlowLogId"] == old],
        "tags": {key: value for key, value in flow_log["Tags"].items() if key != REPLACES},
    }


def create(aws: Aws, desired: State) -> None:
    _create(aws, desired, desired["tags"], "")


def _create(aws: Aws, desired: State, tags: Mapping[str, str], token: str) -> None:
    """CreateFlowLogs; what went wrong with a VPC stands in the answer, not in an error."""
    options = {"LogFormat": desired["log_format"]} if desired.get("log_format") else {}
    answer = aws.call_once(
        "ec2",
        "create_flow_logs",
        ResourceType="VPC",
        ResourceIds=[desired["vpc"]],
        TrafficType=desired["traffic_type"],
        **_destination(desired),
        MaxAggregationInterval=desired["aggregation_interval"],
        TagSpecifications=specifications("vpc-flow-log", tags),
        ClientToken=client_token(aws, "flow_log", desired["name"], desired["vpc"], token),
        **options,
    )
    _raise_unsuccessful("create_flow_logs", answer)


def _destination(desired: State) -> dict[str, Any]:
    if not desired.get("bucket"):
        return {
            "LogDestinationType": CLOUD_WATCH_LOGS,
            "LogGroupName": desired["log_group"],
            "DeliverLogsPermissionArn": desired["role"],
        }
    files = {member: desired[option] for option, member in _FILES.items() if desired.get(option) is not None}
    return {
        "LogDestinationType": S3,
        "LogDestination": desired["bucket"],
        **({"DestinationOptions": files} if files else {}),
    }


def _raise_unsuccessful(operation: str, answer: Mapping[str, Any]) -> None:
    for failed in answer.get("Unsuccessful") or []:
        error = failed["Error"]
        raise AwsError("ec2", operation, error["Code"], f"{failed.get('ResourceId')}: {error['Message']}")


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A flow log cannot be changed: another one is made with its tags, and then it goes. The records stay."""
    if fields - {"replaced"}:
        tags = {**found["tags"], **desired["tags"], REPLACES: found["id"]}
        try:
            _create(aws, desired, tags, found["id"])
        except AwsError as error:
            if not error.exists:
                raise
            _replace_in_place(aws, found, desired, tags)
            return
        _delete(aws, found["id"])
    for old in found["replaced"]:
        _delete(aws, old)


def _replace_in_place(aws: Aws, found: State, desired: State, tags: Mapping[str, str]) -> None:
    """AWS takes no second one of the same configuration and destination, so the old one goes first.

    It is put back when the new one is refused, as with a role that cannot be assumed yet.
    """
    _delete(aws, found["id"])
    try:
        _create(aws, desired, tags, found["id"] + "/in place")
    except AwsError:
        _create(aws, found, found["tags"], found["id"] + "/put back")
        raise


def _delete(aws: Aws, flow_log: str) -> None:
    """DeleteFlowLogs; one that is gone is what was wanted."""
    try:
        _raise_unsuccessful("delete_flow_logs", aws.call("ec2", "delete_flow_logs", FlowLogIds=[flow_log]))
    except AwsError as error:
        if not error.missing:
            raise


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """With what an ended run has left to be deleted, and a word on records that do not arrive."""
    if found is None:
        return desired, []
    if found["replaced"]:
        desired = {**desired, "replaced": []}
    if found["delivery_status"] != "FAILED":
        return desired, []
    return desired, [
        f"flow_log {desired['name']}: AWS does not deliver its records: {found['delivery_error'] or 'no reason given'}"
    ]


def _role_not_visible(error: AwsError) -> bool:
    """A new IAM role takes some seconds to be known to EC2: "Unable to assume given IAM role".

    https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_flow_log.go
    """
    return not_visible(error) or (error.operation == "create_flow_logs" and "role" in error.message.lower())


def check(desired: State) -> list[str]:
    """Where the records go: a log group by a role, or a bucket, which needs none."""
    if desired.get("bucket"):
        wrong = [name for name in ("log_group", "role") if desired.get(name)]
        return [f"a flow log to a bucket takes no {name}; leave it out" for name in wrong]
    missing = [name for name in ("log_group", "role") if not desired.get(name)]
    given = [option for option in _FILES if desired.get(option) is not None]
    return [
        *(f"a flow log to CloudWatch Logs needs {name}, or name a bucket" for name in missing),
        *(f"{option} is of flow logs to a bucket" for option in given),
    ]


FLOW_LOG = Kind(
    name="flow_log",
    role="network",
    read=read,
    create=create,
    update=update,
    tag=tag,
    name_tag=True,
    resolved="fl-",
    references={
        "vpc": Reference(VPC),
        "log_group": Reference(LOG_GROUP, "name"),
        "role": Reference(IAM_ROLE, "arn"),
    },
    unchangeable={"vpc": "a flow log keeps its VPC; give another name to make another one"},
    eventual=_role_not_visible,
    check=check,
    keeps=keeps,
)
