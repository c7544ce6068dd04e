# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role ecs_service leaves in the account."""

from __future__ import annotations

from typing import Any

import botocore.session

PREFIX = "mywebapp-prod"


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def service() -> dict[str, Any]:
    found = client("ecs").describe_services(cluster=f"{PREFIX}-cluster", services=[f"{PREFIX}-service"])
    return dict(found["services"][0])


def definition() -> dict[str, Any]:
    arn = service()["taskDefinition"]
    return dict(client("ecs").describe_task_definition(taskDefinition=arn)["taskDefinition"])


def listeners() -> dict[int, dict[str, Any]]:
    elb = client("elbv2")
    arn = elb.describe_load_balancers(Names=[f"{PREFIX}-alb"])["LoadBalancers"][0]["LoadBalancerArn"]
    return {one["Port"]: one for one in elb.describe_listeners(LoadBalancerArn=arn)["Listeners"]}


def test_the_service_runs_in_private_subnets() -> None:
    found = service()
    network = found["networkConfiguration"]["awsvpcConfiguration"]
    assert (found["runningCount"], found["desiredCount"]) == (4, 4)
    assert (len(network["subnets"]), network["assignPublicIp"]) == (2, "DISABLED")


def test_deployments_are_blue_green() -> None:
    advanced = service()["loadBalancers"][0]["advancedConfiguration"]
    assert service()["deploymentConfiguration"]["strategy"] == "BLUE_GREEN"
    assert {"alternateTargetGroupArn", "productionListenerRule", "roleArn"} <= set(advanced)


def test_tasks_run_on_arm_with_a_size_of_fargate_and_bounds() -> None:
    found = definition()
    [app] = found["containerDefinitions"]
    assert (found["cpu"], found["memory"], found["runtimePlatform"]["cpuArchitecture"]) == ("512", "1024", "ARM64")
    assert app["readonlyRootFilesystem"] and app["user"] != "root"
    assert app["healthCheck"]["command"] and app["logConfiguration"]["logDriver"] == "awslogs"


def test_https_alone_reaches_the_tasks() -> None:
    found = listeners()
    assert found[80]["DefaultActions"][0]["Type"] == "redirect"
    assert "TLS13" in found[443]["SslPolicy"]


def test_it_scales() -> None:
    scaling = client("application-autoscaling")
    [target] = scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
    assert (target["MinCapacity"], target["MaxCapacity"]) == (4, 10)
    assert len(scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]) == 2


def test_images_are_scanned_and_tags_stay() -> None:
    [found] = client("ecr").describe_repositories()["repositories"]
    assert found["imageScanningConfiguration"]["scanOnPush"]
    assert found["imageTagMutability"] == "IMMUTABLE"
