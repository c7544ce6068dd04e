# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC flow logs to CloudWatch Logs: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html"""

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
from .common import client_token, tag
from .vpc import VPC


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Flow logs of the items' VPCs: by name, else the one that writes to the item's log group."""
    known = [item for item in items if not pending_fields({"vpc": item["vpc"]})]
    if not known:
        return {}
    every = ec2.flow_logs(aws, resource_id={item["vpc"] for item in known})
    return {item["name"]: _state(item["name"], one) for item in known for one in [_match(item, every)] if one}


def _match(item: State, every: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    here = [one for one in every if one["ResourceId"] == item["vpc"]]
    named = [one for one in here if one["Tags"].get("Name") == item["name"]]
    return next(iter([*named, *(one for one in here if _log_group(one) == item["log_group"])]), None)


def _log_group(flow_log: Mapping[str, Any]) -> str | None:
    """The name, or from the ARN where AWS gives that alone."""
    name: str | None = flow_log.get("LogGroupName")
    return name or str(flow_log.get("LogDestination", "")).partition(":log-group:")[2].removesuffix(":*") or None


def _state(name: str, flow_log: Mapping[str, Any]) -> State:
    return {
        "name": name,
        "id": flow_log["FlowLogId"],
        "vpc": flow_log["ResourceId"],
        "traffic_type": flow_log["TrafficType"],
        "log_group": _log_group(flow_log),
        "role": flow_log.get("DeliverLogsPermissionArn"),
        "aggregation_interval": flow_log.get("MaxAggregationInterval", 600),
        "log_format": flow_log.get("LogFormat"),
        "status": str(flow_log.get("FlowLogStatus", "")).lower(),
        "delivery_status": flow_log.get("DeliverLogsStatus"),
        "delivery_error": flow_log.get("DeliverLogsErrorMessage"),
        "tags": flow_log["Tags"],
    }


def create(aws: Aws, desired: State) -> None:
    _create(aws, desired, desired["tags"], replaces="")


def _create(aws: Aws, desired: State, tags: Mapping[str, str], replaces: str) -> None:
    """CreateFlowLogs; what went wrong with a VPC stands in the answer, not in an error."""
    options = {"LogFormat": desired["log_format"]} if desired.get("log_format") else {}
    send = aws.call if replaces else aws.call_once
    answer = send(
        "ec2",
        "create_flow_logs",
        ResourceType="VPC",
        ResourceIds=[desired["vpc"]],
        TrafficType=desired["traffic_type"],
        LogDestinationType="cloud-watch-logs",
        LogGroupName=desired["log_group"],
        DeliverLogsPermissionArn=desired["role"],
        MaxAggregationInterval=desired["aggregation_interval"],
        TagSpecifications=specifications("vpc-flow-log", tags),
        ClientToken=client_token("flow_log", desired["name"], desired["vpc"], replaces),
        **options,
    )
    _raise_unsuccessful("create_flow_logs", answer)


def _raise_unsuccessful(operation: str, answer: Mapping[str, Any]) -> None:
    for failed in answer.get("Unsuccessful") or []:
        error = failed["Error"]
        raise AwsError("ec2", operation, error["Code"], f"{failed.get('ResourceId')}: {error['Message']}")


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A flow log cannot be changed: it is made anew, with its tags. The records stay in the log group."""
    _raise_unsuccessful("delete_flow_logs", aws.call("ec2", "delete_flow_logs", FlowLogIds=[found["id"]]))
    _create(aws, desired, {**found["tags"], **desired["tags"]}, replaces=found["id"])


def _role_not_visible(error: AwsError) -> bool:
    """A new IAM role takes some seconds to be known to EC2."""
    return error.operation == "create_flow_logs" and "role" in error.message.lower()


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
)
