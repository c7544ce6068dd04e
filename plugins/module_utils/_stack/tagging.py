# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags of the whole workload, also of what its own service lists without them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._describe import resourcegroupstaggingapi as tagging
from .._describe.partitions import home_region
from .membership import Item as Found
from .snapshot import Unavailable
from .source import Collector, Item, Source

# Collectors whose items can carry tags -> the key of the item's ARN, or for EC2 the id's key and the ARN's type.
TAGGABLE: Mapping[str, str | tuple[str, str]] = {
    "ec2.vpcs": ("VpcId", "vpc"),
    "ec2.subnets": ("SubnetId", "subnet"),
    "ec2.route_tables": ("RouteTableId", "route-table"),
    "ec2.internet_gateways": ("InternetGatewayId", "internet-gateway"),
    "ec2.nat_gateways": ("NatGatewayId", "natgateway"),
    "ec2.addresses": ("AllocationId", "elastic-ip"),
    "ec2.security_groups": ("GroupId", "security-group"),
    "ec2.network_acls": ("NetworkAclId", "network-acl"),
    "ec2.vpc_endpoints": ("VpcEndpointId", "vpc-endpoint"),
    "ec2.flow_logs": ("FlowLogId", "vpc-flow-log"),
    "rds.db_clusters": "DBClusterArn",
    "rds.db_instances": "DBInstanceArn",
    "rds.db_subnet_groups": "DBSubnetGroupArn",
    "rds.db_cluster_parameter_groups": "DBClusterParameterGroupArn",
    "elasticache.replication_groups": "ARN",
    "elasticache.cache_clusters": "ARN",
    "ecs.clusters": "clusterArn",
    "ecs.services": "serviceArn",
    "ecs.task_definitions": "taskDefinitionArn",
    "iam.task_roles": "Arn",
    "ecr.repositories": "repositoryArn",
    "elbv2.load_balancers": "LoadBalancerArn",
    "elbv2.target_groups": "TargetGroupArn",
    "cloudfront.distributions": "ARN",
    "wafv2.web_acls": "ARN",
    "acm.certificates": "CertificateArn",
    "s3.buckets": "Arn",
    "kms.keys": "Arn",
    "secretsmanager.secrets": "ARN",
    "ssm.parameters": "ARN",
    "logs.log_groups": "logGroupArn",
}

_TAG_CALLS = frozenset({"get_bucket_tagging", "list_tags_for_resource", "list_resource_tags"})


def _owned(source: Source) -> Iterable[Item]:
    """What carries the workload's tags, of every service that the tagging API knows: ResourceARN and Tags."""
    wanted = {"Project": source.workload.project, "Environment": source.workload.environment}
    regions = sorted({source.aws.region, home_region(source.aws)})
    answers = source.aws.map(lambda region: tagging.with_tags(source.aws.in_region(region), wanted), regions)
    return [one for found in answers for one in found]


def owned_arns(source: Source) -> set[str]:
    """ARNs of what carries the workload's tags, for the lists that say nothing of tags."""
    return {one["ResourceARN"] for one in source.items("resourcegroupstaggingapi.owned")}


def _resources(source: Source) -> Iterable[Item]:
    """Every thing of the workload that can carry tags: ResourceARN, Collector and Tags, {} where it has none.

    Where tags could not be read they are None and the error stands under Errors; a collector that failed as a whole
    is one such item with the ResourceARN empty. So nobody takes what could not be looked at for tagged.
    """
    found: list[Item] = []
    asked: list[Item] = []
    for collector, key in TAGGABLE.items():
        try:
            items = source.items(collector)
        except Unavailable as missing:
            errors = {missing.error["operation"]: missing.error}
            found.append({"ResourceARN": "", "Collector": collector, "Tags": None, "Errors": errors})
            continue
        for item in (item for item in items if _can_be_tagged(item, key)):
            one = _entry(source, collector, item, key)
            if one["Tags"] is None and "Errors" not in one:
                asked.append(one)
            found.append(one)
    _ask(source, asked)
    return found


def _can_be_tagged(item: Found, key: str | tuple[str, str]) -> bool:
    """AWS's own parameter groups cannot, nor what has no ARN."""
    name = key if isinstance(key, str) else key[0]
    return bool(item.get(name)) and not str(item.get("DBClusterParameterGroupName", "")).startswith("default.")


def _entry(source: Source, collector: str, item: Found, key: str | tuple[str, str]) -> Item:
    """Tags None where the item has none yet; with Errors where reading them was denied."""
    one: Item = {"ResourceARN": _arn(source, item, key), "Collector": collector, "Tags": item.get("Tags")}
    denied = {name: error for name, error in (item.get("Errors") or {}).items() if name in _TAG_CALLS}
    return {**one, "Tags": None, "Errors": denied} if denied else one


def _arn(source: Source, item: Found, key: str | tuple[str, str]) -> str:
    if isinstance(key, str):
        return str(item[key])
    name, kind = key
    return source.aws.arn("ec2", f"{kind}/{item[name]}")


def _ask(source: Source, asked: list[Item]) -> None:
    """Put Tags on the items, in one call for a hundred of a region."""
    by_region: dict[str, list[Item]] = {}
    for one in asked:
        by_region.setdefault(one["ResourceARN"].split(":")[3] or home_region(source.aws), []).append(one)
    for region, items in by_region.items():
        arns = [one["ResourceARN"] for one in items]
        tags = {one["ResourceARN"]: one["Tags"] for one in tagging.resources(source.aws.in_region(region), arns=arns)}
        for one in items:
            one["Tags"] = tags.get(one["ResourceARN"], {})


COLLECTORS = {
    "resourcegroupstaggingapi.owned": Collector("governance", _owned),
    "resourcegroupstaggingapi.resources": Collector("governance", _resources),
}
