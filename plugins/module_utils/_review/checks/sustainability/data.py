# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Data: nothing is kept for ever, nothing travels further than it must."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable, value
from ..backup_plans import FOREVER, days_kept, plans_of, rules_of
from ..caching import caching_fault, name_of, static
from ..common import ec2_arn, listed, verdict, workload
from ..nat import nat_routes


@check(
    id="data_lifecycle_enforced",
    pillar="sustainability",
    best_practice="SUS04-BP03",
    severity="low",
    resource_type="AwsResource",
    title="Objects, logs, images and backups have an end",
    needs=("s3.buckets", "logs.log_groups", "ecr.repositories", "backup.plans", "rds.db_clusters"),
    role="edge",
    item="COST-6",
    cost="lowers",
    recommendation="Run the roles edge (objects), ecs_service (images, logs), network, aurora (logs), backup: they set"
    " an end to what they keep.",
)
def data_lifecycle_enforced(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A lifecycle of each bucket and repository, a retention of each log group, an end of each backup."""
    yield from each(stack.items("s3.buckets"), "Arn", _bucket)
    for group in stack.items("logs.log_groups"):
        days = group.get("retentionInDays")
        yield verdict(bool(days), group["logGroupArn"], f"retentionInDays is {days or 'not set'}")
    yield from each(stack.items("ecr.repositories"), "repositoryArn", _repository)
    plans = plans_of(workload(stack), stack.items("backup.plans"), stack.items("rds.db_clusters"))
    yield from each(plans, "BackupPlanArn", _plan)


@check(
    id="network_data_movement",
    pillar="sustainability",
    best_practice="SUS04-BP07",
    severity="low",
    resource_type="AwsEc2Vpc",
    title="Data takes the short way",
    needs=("ec2.vpcs", "ec2.vpc_endpoints", "cloudfront.distributions", "cloudfront.cache_policies"),
    role="network",
    item="SUS-3",
    cost="lowers",
    recommendation="List s3 in network_gateway_endpoints, and run the edge role: it lets CloudFront cache what does not"
    " change.",
    source="https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html",
)
def network_data_movement(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A gateway endpoint of each VPC, and CloudFront's static behaviors cache."""
    for vpc in stack.items("ec2.vpcs"):
        found = [one for one in stack.items("ec2.vpc_endpoints") if one.get("VpcId") == vpc["VpcId"]]
        names = [one.get("ServiceName") for one in found if one.get("VpcEndpointType") == "Gateway"]
        yield verdict(bool(names), ec2_arn(stack, "vpc", vpc["VpcId"]), f"gateway endpoints: {listed(names)}")
    policies = {one["Id"]: one["CachePolicyConfig"] for one in stack.items("cloudfront.cache_policies")}
    for distribution in stack.items("cloudfront.distributions"):
        behaviors = static(distribution["DistributionConfig"])
        faults = [f"{name_of(one)} {fault}" for one in behaviors if (fault := caching_fault(one, policies))]
        if behaviors:
            evidence = f"static behaviors that do not cache well: {listed(faults)}"
            yield verdict(not faults, distribution["ARN"], evidence)


@check(
    id="cross_az_traffic_minimized",
    pillar="sustainability",
    best_practice="SUS02-BP04",
    severity="low",
    resource_type="AwsEc2Subnet",
    title="Traffic to the internet stays in its zone",
    needs=("ec2.subnets", "ec2.route_tables", "ec2.nat_gateways"),
    role="network",
    item="SUS-3",
    cost="either",
    recommendation="Set network_nat_mode to per_az or regional; a single gateway makes the other zones' traffic cross.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
)
def cross_az_traffic_minimized(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The NAT gateway of each subnet's route is in its zone; a single one by nat_policy is a choice."""
    gateways = stack.items("ec2.nat_gateways")
    for route in nat_routes(stack.items("ec2.subnets"), stack.items("ec2.route_tables"), gateways):
        if parameters.nat_policy == "single" and not route.near:
            yield not_applicable(f"nat_policy is single; {route.evidence}", route.arn)
        else:
            yield verdict(route.near, route.arn, route.evidence)


def _bucket(bucket: Item) -> Result:
    rules = value(bucket, "Lifecycle", "get_bucket_lifecycle_configuration") or ()
    enabled = [rule.get("ID", "a rule") for rule in rules if rule.get("Status") == "Enabled"]
    return verdict(bool(enabled), bucket["Arn"], f"enabled lifecycle rules: {listed(enabled)}")


def _repository(repository: Item) -> Result:
    policy = value(repository, "LifecyclePolicy", "get_lifecycle_policy")
    rules = len((policy or {}).get("rules") or ())
    return verdict(rules > 0, repository["repositoryArn"], f"rules of the LifecyclePolicy: {rules or 'none'}")


def _plan(plan: Item) -> Result:
    endless = [rule["RuleName"] for rule in rules_of(plan) if days_kept(rule.get("Lifecycle")) == FOREVER]
    return verdict(not endless, plan["BackupPlanArn"], f"rules without DeleteAfterDays: {listed(endless)}")
