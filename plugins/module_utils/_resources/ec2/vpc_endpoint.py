# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""VPC endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..._describe import ec2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..._engine.pending import pending_fields
from ..._engine.policies import as_text, same_policy
from ..._engine.tags import specifications
from .common import client_token, contains, is_made_here, not_visible, note_made, spare_foreign, tag
from .route_table import ROUTE_TABLE
from .security_group import SECURITY_GROUP
from .subnet import SUBNET
from .vpc import VPC

GATEWAY, INTERFACE = "gateway", "interface"
_LISTS = {"route_tables": "RouteTableIds", "subnets": "SubnetIds", "security_groups": "SecurityGroupIds"}


# Interface endpoints in China that are called cn.com.amazonaws.*, as aws ec2 describe-vpc-endpoint-services gave them:
# https://github.com/aws/aws-cdk/issues/25329 and https://github.com/aws/aws-cdk/pull/25333. All others, and all
# gateways, are called com.amazonaws.* there too.
_CHINESE = (
    "account application-autoscaling appmesh-envoy-management athena autoscaling awsconnector backup batch cassandra"
    " cloudcontrolapi cloudformation codedeploy-commands-secure databrew dms ebs ec2 ecr.api ecr.dkr eks elasticache"
    " elasticbeanstalk elasticfilesystem elasticfilesystem-fips emr-containers execute-api fsx imagebuilder iot.data"
    " iotsitewise.api iotsitewise.data kinesis-streams lambda license-manager monitoring polly rds redshift"
    " redshift-data s3 sagemaker.api sagemaker.featurestore-runtime sagemaker.runtime securityhub servicecatalog sms"
    " sqs states sts sync-states synthetics transcribe transcribestreaming transfer workspaces xray"
)
# A short name holds at most one dot and none of these; a full one has its region in it, or is a partner's.
_FULL = ("com.", "cn.", "aws.", "eu.", "gov.", "uk.", "vpce.", "api.aws.")


def service_name(aws: Aws, service: str, kind: str = INTERFACE) -> str:
    """The full name of an AWS service in this region from its short one ("s3", "ecr.api"); a full one stays."""
    if service.startswith(_FULL) or f".{aws.region}." in service:
        return service
    chinese = aws.partition == "aws-cn" and kind == INTERFACE and service in _CHINESE.split()
    name = f"{'cn.' if chinese else ''}com.amazonaws.{aws.region}.{service}"
    return f"{name}.cn" if chinese and service == "transcribe" else name


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Endpoints of the items' VPCs: by name, else one of the same service and type that nobody else is called.

    So an existing endpoint is adopted and named: AWS allows one with private DNS, and one gateway for a table. One that
    AWS could not make counts only for the task that has asked for it.
    """
    known = [item for item in items if not pending_fields({"vpc": item["vpc"]})]
    if not known:
        return {}
    every = [
        one
        for one in ec2.vpc_endpoints(aws, vpc_id={item["vpc"] for item in known}, failed=True)
        if one["State"].lower() != "failed" or is_made_here(one["VpcEndpointId"])
    ]
    names = {(item["vpc"], item["name"]) for item in items}
    return {item["name"]: _state(item["name"], one) for item in known for one in [_match(item, every, names)] if one}


def _match(item: State, every: Sequence[Mapping[str, Any]], names: set[tuple[str, str]]) -> Mapping[str, Any] | None:
    here = [one for one in every if one["VpcId"] == item["vpc"]]
    absent = item.get("state") == "absent"
    alive = [one for one in here if absent or one["State"].lower() != "deleting"]
    named = [one for one in alive if one["Tags"].get("Name") == item["name"]]
    if named or absent:
        return named[0] if named else None
    same = [one for one in alive if one["ServiceName"] == item["service"] and _type(one) == item["type"]]
    return next((one for one in same if (one["VpcId"], one["Tags"].get("Name")) not in names), None)


def _type(endpoint: Mapping[str, Any]) -> str:
    return str(endpoint["VpcEndpointType"]).lower()


def _state(name: str, endpoint: Mapping[str, Any]) -> State:
    policy = endpoint.get("PolicyDocument")
    return {
        "name": name,
        "id": endpoint["VpcEndpointId"],
        "vpc": endpoint["VpcId"],
        "service": endpoint["ServiceName"],
        "type": _type(endpoint),
        "route_tables": sorted(endpoint.get("RouteTableIds") or []),
        "subnets": sorted(endpoint.get("SubnetIds") or []),
        "security_groups": sorted(group["GroupId"] for group in endpoint.get("Groups") or []),
        "private_dns": endpoint.get("PrivateDnsEnabled", False),
        "policy": json.loads(policy) if policy else None,
        "status": endpoint["State"].lower(),
        "status_reason": _reason(endpoint),
        "tags": endpoint["Tags"],
    }


def _reason(endpoint: Mapping[str, Any]) -> str:
    error = endpoint.get("LastError") or {}
    return ": ".join(filter(None, (error.get("Code"), error.get("Message") or endpoint.get("FailureReason"))))


def create(aws: Aws, desired: State) -> None:
    options: dict[str, Any] = {key: desired[name] for name, key in _LISTS.items() if desired.get(name)}
    if desired["type"] == INTERFACE:
        options["PrivateDnsEnabled"] = desired["private_dns"]
    if desired.get("policy"):
        options["PolicyDocument"] = as_text(desired["policy"])
    answer = aws.call_once(
        "ec2",
        "create_vpc_endpoint",
        VpcEndpointType=desired["type"].capitalize(),
        VpcId=desired["vpc"],
        ServiceName=desired["service"],
        TagSpecifications=specifications("vpc-endpoint", desired["tags"]),
        ClientToken=client_token(aws, "vpc_endpoint", desired["name"], desired["vpc"]),
        **options,
    )
    note_made(answer["VpcEndpoint"]["VpcEndpointId"])


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """One call: a subnet can only come into a zone when the zone's other one goes at the same time."""
    options: dict[str, Any] = {}
    for name in sorted(fields & set(_LISTS)):
        there, wanted = set(found[name]), set(desired[name])
        if wanted - there:
            options[f"Add{_LISTS[name]}"] = sorted(wanted - there)
        if there - wanted and name != "route_tables":
            options[f"Remove{_LISTS[name]}"] = sorted(there - wanted)
    if "policy" in fields:
        options["PolicyDocument"] = as_text(desired["policy"])
    if "private_dns" in fields:
        options["PrivateDnsEnabled"] = desired["private_dns"]
    aws.call("ec2", "modify_vpc_endpoint", VpcEndpointId=found["id"], **options)


def delete(aws: Aws, found: State) -> None:
    """Its interfaces go with it. What could not be deleted stands in the answer, not in an error."""
    if found["status"] != "deleting":
        answer = aws.call("ec2", "delete_vpc_endpoints", VpcEndpointIds=[found["id"]])
        for failed in answer.get("Unsuccessful") or []:
            error = failed["Error"]
            raise AwsError("ec2", "delete_vpc_endpoints", error["Code"], f"{found['id']}: {error['Message']}")


def check(desired: State) -> list[str]:
    wrong = ("subnets", "security_groups") if desired["type"] == GATEWAY else ("route_tables",)
    return [f"an endpoint of type {desired['type']} takes no {name}" for name in wrong if desired.get(name)]


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """One of somebody else is not deleted. Whether to accept an endpoint is another account's to say."""
    desired, said = spare_foreign(VPC_ENDPOINT, desired, found)
    if found is not None and found["status"] == "pendingacceptance":
        said = [
            *said,
            f"vpc_endpoint {desired['name']}: it carries nothing until the owner of {found['service']} accepts it",
        ]
    return desired, said


_STAYS = "an endpoint keeps what it was made with; give another name to make another one"

VPC_ENDPOINT = Kind(
    name="vpc_endpoint",
    role="network",
    read=read,
    create=create,
    update=update,
    delete=delete,
    tag=tag,
    name_tag=True,
    resolved="vpce-",
    references={
        "vpc": Reference(VPC),
        "route_tables": Reference(ROUTE_TABLE),
        "subnets": Reference(SUBNET),
        "security_groups": Reference(SECURITY_GROUP),
    },
    unchangeable={"vpc": _STAYS, "service": _STAYS, "type": _STAYS},
    equal={
        "route_tables": contains,
        "subnets": same_members,
        "security_groups": same_members,
        "policy": same_policy,
    },
    # Acceptance is another account's, and may take days.
    wait=Wait(
        ready=frozenset({"available", "pendingacceptance"}),
        failed=frozenset({"failed", "rejected", "expired"}),
    ),
    eventual=not_visible,
    check=check,
    keeps=keeps,
)
