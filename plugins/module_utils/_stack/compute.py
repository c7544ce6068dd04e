# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of the application: ECS, its images, its load balancer, its scaling."""

from __future__ import annotations

from collections.abc import Iterable

from .._describe import autoscaling, codepipeline, ecr, ecs, elbv2, iam
from .membership import values
from .source import Collector, Item, Source
from .tagging import owned_arns


def _clusters(source: Source) -> Iterable[Item]:
    return [one for one in ecs.clusters(source.aws) if source.workload.owns(one, one["clusterName"])]


def _services(source: Source) -> Iterable[Item]:
    arns = values(source.items("ecs.clusters"), "clusterArn")
    answers = source.aws.map(lambda arn: ecs.services(source.aws, cluster=arn), arns)
    return [service for answer in answers for service in answer]


def _task_definitions(source: Source) -> Iterable[Item]:
    return ecs.task_definitions(source.aws, arns=values(source.items("ecs.services"), "taskDefinition"))


def _roles(source: Source) -> Iterable[Item]:
    definitions = source.items("ecs.task_definitions")
    arns = values(definitions, "taskRoleArn") + values(definitions, "executionRoleArn")
    return iam.roles(source.aws, names={arn.rsplit("/", 1)[-1] for arn in arns})


def _tasks(source: Source) -> Iterable[Item]:
    """Running tasks of the workload's services."""
    groups = {f"service:{one['serviceName']}" for one in source.items("ecs.services")}
    arns = values(source.items("ecs.services"), "clusterArn")
    answers = source.aws.map(lambda arn: ecs.tasks(source.aws, cluster=arn), arns)
    return [task for answer in answers for task in answer if task.get("group") in groups]


def _role_policies(source: Source) -> Iterable[Item]:
    """The account's own managed policies that are attached to the tasks' roles; AWS's own speak by their names."""
    arns = values(source.items("iam.task_roles"), "AttachedPolicies")
    own = [arn for arn in arns if arn.split(":")[4] == source.aws.account_id]
    return iam.managed_policies(source.aws, arns=own)


def _image_scans(source: Source) -> Iterable[Item]:
    """The last scan of each image in ECR that a task definition in force names."""
    images = values(source.items("ecs.task_definitions"), "containerDefinitions", "image")
    own = [image for image in images if ".dkr.ecr." in image.partition("/")[0]]
    return source.aws.map(lambda image: ecr.image_scan(source.aws, image), own)


def _scaling_activities(source: Source) -> Iterable[Item]:
    ids = values(source.items("autoscaling.service_targets"), "ResourceId")
    answers = source.aws.map(lambda one: autoscaling.scaling_activities(source.aws, "ecs", resource_id=one), ids)
    return [activity for answer in answers for activity in answer]


def _repositories(source: Source) -> Iterable[Item]:
    """Repositories that are named like the workload, tagged so, or hold an image of its tasks."""
    owned = owned_arns(source)
    images = values(source.items("ecs.task_definitions"), "containerDefinitions", "image")
    used = {image.split("@")[0].split(":")[0] for image in images}
    found = [
        one
        for one in ecr.repositories(source.aws)
        if one["repositoryUri"] in used
        or one["repositoryArn"] in owned
        or source.workload.owns(one, one["repositoryName"])
    ]
    return source.aws.map(lambda one: ecr.complete(source.aws, one), found)


def _load_balancers(source: Source) -> Iterable[Item]:
    """Load balancers in the workload's VPCs or named like it, with Attributes."""
    vpcs = values(source.items("ec2.vpcs"), "VpcId")
    found = [
        one
        for one in elbv2.load_balancers(source.aws)
        if one.get("VpcId") in vpcs or source.workload.owns(one, one["LoadBalancerName"])
    ]
    for balancer, attributes in zip(
        found, source.aws.map(lambda one: elbv2.load_balancer_attributes(source.aws, one), found), strict=True
    ):
        balancer["Attributes"] = attributes
    return found


def _listeners(source: Source) -> Iterable[Item]:
    arns = values(source.items("elbv2.load_balancers"), "LoadBalancerArn")
    return elbv2.listeners(source.aws, load_balancers=arns)


def _target_groups(source: Source) -> Iterable[Item]:
    vpcs = values(source.items("ec2.vpcs"), "VpcId")
    found = [one for one in elbv2.target_groups(source.aws) if one.get("VpcId") in vpcs]
    for group, health in zip(
        found, source.aws.map(lambda one: elbv2.target_health(source.aws, one), found), strict=True
    ):
        group["TargetHealth"] = health
    return found


def _scaling_ids(source: Source) -> list[str]:
    """service/CLUSTER/SERVICE of each service."""
    services = source.items("ecs.services")
    return [f"service/{one['clusterArn'].rsplit('/', 1)[-1]}/{one['serviceName']}" for one in services]


def _scalable_targets(source: Source) -> Iterable[Item]:
    ids = _scaling_ids(source)
    return autoscaling.scalable_targets(source.aws, "ecs", resource_ids=ids) if ids else []


def _scaling_policies(source: Source) -> Iterable[Item]:
    ids = _scaling_ids(source)
    if not ids:
        return []
    return [one for one in autoscaling.scaling_policies(source.aws, "ecs") if one["ResourceId"] in ids]


def _pipelines(source: Source) -> Iterable[Item]:
    """Pipelines that are named like the workload or tagged so, with Stages and State."""
    owned = owned_arns(source)
    found = [
        one
        for one in codepipeline.pipelines(source.aws)
        if source.workload.owns(one, one["name"]) or source.aws.arn("codepipeline", one["name"]) in owned
    ]
    return source.aws.map(lambda one: codepipeline.complete(source.aws, one), found)


COLLECTORS = {
    "ecs.clusters": Collector("ecs", _clusters),
    "ecs.services": Collector("ecs", _services),
    "ecs.task_definitions": Collector("ecs", _task_definitions),
    "ecs.tasks": Collector("ecs", _tasks),
    "iam.task_roles": Collector("ecs", _roles),
    "iam.task_role_policies": Collector("ecs", _role_policies),
    "ecr.image_scans": Collector("ecs", _image_scans),
    "ecr.repositories": Collector("ecs", _repositories),
    "elbv2.load_balancers": Collector("ecs", _load_balancers),
    "elbv2.listeners": Collector("ecs", _listeners),
    "elbv2.target_groups": Collector("ecs", _target_groups),
    "autoscaling.service_targets": Collector("ecs", _scalable_targets),
    "autoscaling.service_policies": Collector("ecs", _scaling_policies),
    "autoscaling.service_activities": Collector("ecs", _scaling_activities),
    "codepipeline.pipelines": Collector("delivery", _pipelines),
}
