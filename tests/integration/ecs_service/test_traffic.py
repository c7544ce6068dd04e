# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""No request finds nobody: the service of the review adopted, and led from one way of deploying to the next."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from local_aws.server import Server
from local_aws.stacks import as_reviewed
from local_aws.stacks.as_reviewed.compute import DESIRED
from tests.integration.ecs_service.test_ecs_service_role import PLAYBOOK, PREFIX, Found, prepare
from tests.integration.ecs_service.traffic import Traffic, watched
from tests.playbook_run import LocalStack

ONE, OTHER = f"{PREFIX}-tg", f"{PREFIX}-tg-alternate"
# How a service is adopted that a CloudFront distribution still asks by HTTP.
BY_HTTP = {"ecs_service_http": "keep", "ecs_service_deployment_strategy": "ROLLING"}
HALVES = {"ecs_service_deployment_strategy": "LINEAR", "ecs_service_linear_step_percent": 50}
ROLLING = {"ecs_service_deployment_strategy": "ROLLING"}


@pytest.fixture(scope="module")
def found(stack: LocalStack) -> Iterator[LocalStack]:
    """The stack of the review, in which deployments take their time."""
    as_reviewed.load(stack.endpoint)
    prepare(stack)
    stack.control.settings(transition_seconds=3)
    yield stack
    stack.control.settings(transition_seconds=0)


@pytest.fixture
def traffic(server: Server) -> Iterator[Traffic]:
    with watched(server) as seen:
        yield seen


def until_deployed(stack: LocalStack) -> None:
    service = Found(stack)
    while [one["rolloutState"] for one in service.service["deployments"]] != ["COMPLETED"]:
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("variables", "ways", "by_https"),
    [
        (BY_HTTP, [[ONE]], False),
        ({}, [[ONE], [OTHER]], True),
        (HALVES, [[OTHER], [ONE, OTHER], [ONE]], True),
        (ROLLING, [[ONE]], True),
        ({}, [[ONE], [OTHER]], True),
    ],
    ids=["adopted", "rolling to blue/green", "blue/green to linear", "linear to rolling", "back to blue/green"],
)
def test_requests_always_find_as_many_healthy_targets(
    found: LocalStack,
    traffic: Traffic,
    variables: dict[str, Any],
    ways: list[list[str]],
    by_https: bool,
    request: pytest.FixtureRequest,
) -> None:
    """The tests follow one another; each has a new revision to deploy."""
    if by_https:
        come_by(found, "https-only")
    found.play(PLAYBOOK, extra_vars={"ecs_service_environment": {"TURN": request.node.name}, **variables}).ok()
    until_deployed(found)
    assert traffic.short_of(DESIRED) == []
    assert traffic.turned_away == []
    assert traffic.ways == ways


def come_by(stack: LocalStack, protocol: str) -> None:
    """Have the distribution ask the load balancer so, as the role edge does before HTTP is redirected."""
    cloudfront = stack.boto("cloudfront")
    (listed,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    found = cloudfront.get_distribution_config(Id=listed["Id"])
    document = found["DistributionConfig"]
    for origin in document["Origins"]["Items"]:
        if "CustomOriginConfig" in origin:
            origin["CustomOriginConfig"]["OriginProtocolPolicy"] = protocol
    cloudfront.update_distribution(Id=listed["Id"], IfMatch=found["ETag"], DistributionConfig=document)


def test_a_distribution_that_is_sent_back_to_itself_is_seen(found: LocalStack, traffic: Traffic) -> None:
    come_by(found, "http-only")
    assert traffic.turned_away == ["cloudfront:UpdateDistribution"]


def test_a_listener_that_leads_nowhere_is_seen(found: LocalStack, traffic: Traffic) -> None:
    elb = found.boto("elbv2")
    (idle,) = elb.describe_target_groups(Names=[ONE])["TargetGroups"]
    listeners = elb.describe_listeners(LoadBalancerArn=idle["LoadBalancerArns"][0])["Listeners"]
    (plain,) = [one["ListenerArn"] for one in listeners if one["Port"] == 80]
    forward = {"Type": "forward", "TargetGroupArn": idle["TargetGroupArn"]}
    elb.modify_listener(ListenerArn=plain, DefaultActions=[forward])
    assert traffic.short_of(1) == [("elbv2:ModifyListener", {ONE: 0, OTHER: DESIRED})]
