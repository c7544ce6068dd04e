# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What an account holds, as boto3 describes it, in a form in which two accounts can be compared: names for ids."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.described.application import application
from tests.described.asking import answer, pages
from tests.playbook_run import LocalStack

REGIONS = ("us-east-1", "us-west-2")
ACCOUNT = "123456789012"
# (service, operation, the answer's list, the item's id, the item's name where it is no Name tag)
LISTS = (
    ("ec2", "describe_vpcs", "Vpcs", "VpcId", ""),
    ("ec2", "describe_subnets", "Subnets", "SubnetId", ""),
    ("ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId", ""),
    ("ec2", "describe_nat_gateways", "NatGateways", "NatGatewayId", ""),
    ("ec2", "describe_addresses", "Addresses", "AllocationId", ""),
    ("ec2", "describe_route_tables", "RouteTables", "RouteTableId", ""),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId", "GroupName"),
    ("ec2", "describe_network_acls", "NetworkAcls", "NetworkAclId", ""),
    ("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", ""),
    ("ec2", "describe_flow_logs", "FlowLogs", "FlowLogId", ""),
    ("ec2", "describe_managed_prefix_lists", "PrefixLists", "PrefixListId", "PrefixListName"),
    ("kms", "list_aliases", "Aliases", "TargetKeyId", "AliasName"),
    ("secretsmanager", "list_secrets", "SecretList", "ARN", "Name"),
    ("ssm", "describe_parameters", "Parameters", "Name", "Name"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName", "logGroupName"),
    ("sns", "list_topics", "Topics", "TopicArn", "TopicArn"),
    ("iam", "list_roles", "Roles", "RoleId", "RoleName"),
    ("rds", "describe_db_clusters", "DBClusters", "DbClusterResourceId", "DBClusterIdentifier"),
    ("rds", "describe_db_instances", "DBInstances", "DbiResourceId", "DBInstanceIdentifier"),
    ("rds", "describe_db_subnet_groups", "DBSubnetGroups", "DBSubnetGroupName", "DBSubnetGroupName"),
    (
        "rds",
        "describe_db_cluster_parameter_groups",
        "DBClusterParameterGroups",
        "DBClusterParameterGroupName",
        "DBClusterParameterGroupName",
    ),
    ("rds", "describe_db_parameter_groups", "DBParameterGroups", "DBParameterGroupName", "DBParameterGroupName"),
    ("rds", "describe_event_subscriptions", "EventSubscriptionsList", "CustSubscriptionId", "CustSubscriptionId"),
    ("cloudformation", "describe_stacks", "Stacks", "StackId", "StackName"),
    ("codeconnections", "list_connections", "Connections", "ConnectionArn", "ConnectionName"),
)
GLOBAL = {"iam"}
SCALING = ("describe_scalable_targets", "ScalableTargets"), ("describe_scaling_policies", "ScalingPolicies")
# What differs from run to run and means nothing.
NOISE = re.compile(
    r"(\w*Time|\w*Date|\w*Timestamp|\w*Created|creationTime|LastModified\w*|ResponseMetadata|RoleId|OwnerId|PublicIp|"
    r"PrivateIp|PrivateIpAddress|NetworkInterfaceId\w*|\w*AssociationId|VersionId\w*|SecretVersionsToStages|ClientToken|"
    r"Version|SecurityGroupRuleId|AvailableIpAddressCount|HostedZoneId|DnsEntries|Endpoint|ReaderEndpoint|arn|"
    r"ValidTill|EnhancedMonitoringResourceArn|"
    r"\w*At|CallerReference|DelegationSet|LockToken|NotAfter|NotBefore|Serial|"
    r"logGroupArn|PolicyARN|ScalableTargetARN|Alarms|storedBytes|ETag|DbClusterResourceId|DbiResourceId|"
    # Which of two instances writes is decided by which was there first.
    r"IsClusterWriter)$"
)
MANAGED_SECRET = re.compile(r"rds!cluster-[0-9a-f-]+")


def described(stack: LocalStack) -> dict[str, Any]:
    """{region: {operation: [items, in a stable order]}}."""
    names: dict[str, str] = {}
    found = {region: _region(stack, region, names) for region in REGIONS}
    return {
        region: {operation: _normal(items, names) for operation, items in listed.items()}
        for region, listed in found.items()
    }


def differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two descriptions differ, a line each."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        return [line for key in keys for line in differences(one.get(key), other.get(key), f"{where}/{key}")]
    if isinstance(one, list) and isinstance(other, list):
        only_one, only_other = _without(one, other), _without(other, one)
        if len(only_one) == len(only_other) == 1:
            return differences(only_one[0], only_other[0], where)
        return [f"{where}: {sign} {item}" for sign, only in (("-", only_one), ("+", only_other)) for item in only]
    return [] if one == other else [f"{where}: {one!r} is {other!r}"]


def _without(items: list[Any], others: list[Any]) -> list[Any]:
    """The items less one for each equal one of others: what is there twice is not what is there once."""
    left, only = list(others), []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            only.append(item)
    return only


def _region(stack: LocalStack, region: str, names: dict[str, str]) -> dict[str, list[Any]]:
    """What the lists give, by operation; names learns what each id is called."""
    found: dict[str, list[Any]] = {}
    for service, operation, key, identifier, name in LISTS:
        if service in GLOBAL and region != REGIONS[0]:
            continue
        client = stack.boto(service, region)
        items = [dict(item) for item in pages(client, operation, key)]
        for item in items:
            if item.get(identifier):
                names[item[identifier]] = f"<{item.get(name) or _name_tag(item) or _place(item, names)}>"
        found[operation] = [{**item, **_further(service, client, item)} for item in items]
    client = stack.boto("application-autoscaling", region)
    for operation, key in SCALING:
        found[operation] = [
            one for name in ("ecs", "rds") for one in pages(client, operation, key, ServiceNamespace=name)
        ]
    found["buckets"] = list(_buckets(stack, region))
    if region == REGIONS[0]:
        block = partial(stack.boto("s3control").get_public_access_block, AccountId=ACCOUNT)
        found["account"] = [{"PublicAccessBlock": answer(block)}]
    return {**found, **application(lambda service: stack.boto(service, region), names, region == REGIONS[0])}


def _name_tag(item: dict[str, Any]) -> str:
    return next((tag["Value"] for tag in item.get("Tags") or [] if tag.get("Key") == "Name"), "")


def _place(item: dict[str, Any], names: dict[str, str]) -> str:
    """A name for what has none: the default things of a VPC."""
    vpc = names.get(item.get("VpcId", ""), "")
    return " ".join(filter(None, (vpc, item.get("CidrBlock"), item.get("AvailabilityZone"), item.get("GroupName"))))


def _further(service: str, client: Any, item: dict[str, Any]) -> dict[str, Any]:
    """What the list does not say."""
    return {name: answer(ask) for name, ask in _questions(service, client, item).items()}


def _questions(service: str, client: Any, item: dict[str, Any]) -> dict[str, Callable[[], Any]]:
    if service == "kms" and item.get("TargetKeyId"):
        key = {"KeyId": item["TargetKeyId"]}
        return {
            "Policy": lambda: json.loads(client.get_key_policy(**key, PolicyName="default")["Policy"]),
            "Rotation": lambda: client.get_key_rotation_status(**key),
            "Tags": lambda: client.list_resource_tags(**key)["Tags"],
            "State": lambda: client.describe_key(**key)["KeyMetadata"]["KeyState"],
        }
    if service == "ec2" and "DhcpOptionsId" in item and "CidrBlockAssociationSet" in item:
        return {
            attribute: lambda attribute=attribute: client.describe_vpc_attribute(
                VpcId=item["VpcId"], Attribute=attribute
            )
            for attribute in ("enableDnsSupport", "enableDnsHostnames")
        }
    if service == "iam":
        role = {"RoleName": item["RoleName"]}
        return {
            "Inline": lambda: {
                name: client.get_role_policy(**role, PolicyName=name)["PolicyDocument"]
                for name in client.list_role_policies(**role)["PolicyNames"]
            },
            "Attached": lambda: client.list_attached_role_policies(**role)["AttachedPolicies"],
            "Tags": lambda: client.list_role_tags(**role)["Tags"],
        }
    if service == "secretsmanager":
        return {
            "Policy": lambda: client.get_resource_policy(SecretId=item["ARN"]).get("ResourcePolicy"),
            "Replicas": lambda: client.describe_secret(SecretId=item["ARN"]).get("ReplicationStatus"),
        }
    if service == "ssm":
        return {"Value": lambda: client.get_parameter(Name=item["Name"])["Parameter"]["Value"]}
    if service == "sns":
        return {"Attributes": lambda: client.get_topic_attributes(TopicArn=item["TopicArn"])["Attributes"]}
    if service == "logs":
        return {"Tags": lambda: client.list_tags_log_group(logGroupName=item["logGroupName"])["tags"]}
    groups = {
        "DBClusterParameterGroupArn": ("describe_db_cluster_parameters", "DBClusterParameterGroupName"),
        "DBParameterGroupArn": ("describe_db_parameters", "DBParameterGroupName"),
    }
    for arn, (operation, parameter) in groups.items():
        if arn in item:
            wanted = {parameter: item[parameter], "Source": "user"}
            return {"Parameters": partial(_parameters, client, operation, wanted)}
    return {}


def _parameters(client: Any, operation: str, wanted: dict[str, str]) -> Any:
    return getattr(client, operation)(**wanted)["Parameters"]


def _bucket_part(client: Any, bucket: str, part: str) -> Any:
    return getattr(client, f"get_{part}")(Bucket=bucket)


def _buckets(stack: LocalStack, region: str) -> Iterator[dict[str, Any]]:
    client = stack.boto("s3", region)
    parts = (
        "public_access_block",
        "bucket_policy",
        "bucket_versioning",
        "bucket_encryption",
        "bucket_lifecycle_configuration",
        "bucket_ownership_controls",
        "bucket_tagging",
        "bucket_acl",
        "bucket_replication",
        "bucket_logging",
    )
    for bucket in client.list_buckets()["Buckets"]:
        name = bucket["Name"]
        if (client.get_bucket_location(Bucket=name).get("LocationConstraint") or "us-east-1") == region:
            yield {
                "Name": name,
                **{part: answer(partial(_bucket_part, client, name, part)) for part in parts},
            }


def _normal(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _normal(member, names) for key, member in sorted(value.items()) if not NOISE.match(str(key))}
    if isinstance(value, (list, tuple)):
        return sorted((_normal(member, names) for member in value), key=lambda member: json.dumps(member, default=str))
    if isinstance(value, str):
        for identifier in sorted((known for known in names if known in value), key=len, reverse=True):
            value = value.replace(identifier, names[identifier])
        return _loaded(MANAGED_SECRET.sub("rds!cluster", value))
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)


def _loaded(text: str) -> Any:
    """JSON in a text, so that the order of its keys does not count."""
    if not text.startswith("{"):
        return text
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return text
