# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads of ECS and ECR show what was made or changed one read too late, where a knob says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local_aws.lag import ecs

CASES: list[Any] = []
FARGATE = {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}
NAMED = {"repositoryName": "web"}
LIFECYCLE = """{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan",
 "countNumber": 1}, "action": {"type": "expire"}}]}"""
TAG = {"Key": "a", "Value": "b"}


def case(read: str, old: Any, new: Any) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(read, function, old, new, id=f"{read}-{function.__name__}"))
        return function

    return add


def register(aws: Any, image: str = "app:1") -> None:
    aws("ecs").register_task_definition(family="web", containerDefinitions=[{"name": "app", "image": image}], **FARGATE)


def serve(aws: Any) -> None:
    subnet = aws("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    group = aws("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"]
    network = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}}
    aws("ecs").create_service(
        cluster="web", serviceName="web", taskDefinition="web", desiredCount=1, launchType="FARGATE",
        networkConfiguration=network,
    )  # fmt: skip


@case("ecs:DescribeClusters", 0, 1)
def cluster_made(aws: Any) -> Iterator[Any]:
    yield
    aws("ecs").create_cluster(clusterName="web")
    yield lambda: len(aws("ecs").describe_clusters(clusters=["web"], include=["SETTINGS", "TAGS"])["clusters"])


@case("ecs:DescribeClusters", [], ["FARGATE"])
def providers_put(aws: Any) -> Iterator[Any]:
    include = ["SETTINGS", "CONFIGURATIONS", "TAGS"]
    arn = aws("ecs").create_cluster(clusterName="web")["cluster"]["clusterArn"]
    yield
    aws("ecs").put_cluster_capacity_providers(
        cluster=arn, capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
    )
    yield lambda: aws("ecs").describe_clusters(clusters=["web"], include=include)["clusters"][0]["capacityProviders"]


@case("ecs:DescribeServices", 0, 1)
def service_made(aws: Any) -> Iterator[Any]:
    arn = aws("ecs").create_cluster(clusterName="web")["cluster"]["clusterArn"]
    register(aws)
    yield
    serve(aws)
    yield lambda: len(aws("ecs").describe_services(cluster=arn, services=["web"], include=["TAGS"])["services"])


@case("ecs:DescribeServices", 1, 3)
def service_changed(aws: Any) -> Iterator[Any]:
    aws("ecs").create_cluster(clusterName="web")
    register(aws)
    serve(aws)
    yield
    aws("ecs").update_service(cluster="web", service="web", desiredCount=3)

    def seen() -> Any:
        found = aws("ecs").describe_services(cluster="web", services=["web"], include=["TAGS"])
        return found["services"][0]["desiredCount"]

    yield seen


@case("ecs:DescribeTaskDefinition", "app:1", "app:2")
def revision_registered(aws: Any) -> Iterator[Any]:
    register(aws)
    yield
    register(aws, "app:2")

    def seen() -> Any:
        found = aws("ecs").describe_task_definition(taskDefinition="web", include=["TAGS"])["taskDefinition"]
        return found["containerDefinitions"][0]["image"]

    yield seen


@case("ecr:DescribeRepositories", "RepositoryNotFoundException", "web")
def repository_made(aws: Any) -> Iterator[Any]:
    yield
    aws("ecr").create_repository(**NAMED)
    yield lambda: aws("ecr").describe_repositories(repositoryNames=["web"])["repositories"][0]["repositoryName"]


@case("ecr:GetLifecyclePolicy", "LifecyclePolicyNotFoundException", True)
def lifecycle_put(aws: Any) -> Iterator[Any]:
    aws("ecr").create_repository(**NAMED)
    yield
    aws("ecr").put_lifecycle_policy(**NAMED, lifecyclePolicyText=LIFECYCLE)
    yield lambda: bool(aws("ecr").get_lifecycle_policy(**NAMED)["lifecyclePolicyText"])


@case("ecr:ListTagsForResource", [], [TAG])
def repository_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("ecr").create_repository(**NAMED)["repository"]["repositoryArn"]
    yield
    aws("ecr").tag_resource(resourceArn=arn, tags=[TAG])
    yield lambda: aws("ecr").list_tags_for_resource(resourceArn=arn)["tags"]


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    assert sees(write) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in ecs.KINDS} == {param.values[0] for param in CASES}
