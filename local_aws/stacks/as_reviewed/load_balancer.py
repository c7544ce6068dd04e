# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An internet-facing load balancer on HTTP alone, and the target group of the tasks."""

from __future__ import annotations

from local_aws.stacks.as_reviewed.building import Building
from local_aws.stacks.as_reviewed.network import APP_PORT


def build(stack: Building) -> None:
    elb, name = stack.aws.elbv2, stack.name("alb")
    balancer = elb.create_load_balancer(
        Name=name,
        Subnets=stack.ids["subnets"]["public"],
        SecurityGroups=[stack.ids["security_groups"]["alb"]],
        Scheme="internet-facing",
        Type="application",
        Tags=[{"Key": "Name", "Value": name}],
    )["LoadBalancers"][0]
    group = elb.create_target_group(
        Name=stack.name("tg"),
        Protocol="HTTP",
        Port=APP_PORT,
        VpcId=stack.ids["vpc"],
        TargetType="ip",
        HealthCheckEnabled=True,
        HealthCheckProtocol="HTTP",
        HealthCheckPath="/",
        HealthCheckIntervalSeconds=30,
        HealthCheckTimeoutSeconds=5,
        HealthyThresholdCount=2,
        UnhealthyThresholdCount=2,
        Matcher={"HttpCode": "200-399"},
        Tags=[{"Key": "Name", "Value": stack.name("tg")}],
    )["TargetGroups"][0]
    listener = elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTP",
        Port=80,
        DefaultActions=[{"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}],
    )["Listeners"][0]
    stack.ids.update(
        load_balancer=balancer["LoadBalancerArn"],
        load_balancer_dns=balancer["DNSName"],
        listener=listener["ListenerArn"],
        target_group=group["TargetGroupArn"],
    )


def register_targets(stack: Building, count: int) -> None:
    """The tasks' addresses, which ECS registers by itself and plain moto does not."""
    elb, group = stack.aws.elbv2, stack.ids["target_group"]
    if elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]:
        return
    targets = [{"Id": f"10.0.{10 + number % 2}.{20 + number}", "Port": APP_PORT} for number in range(count)]
    elb.register_targets(TargetGroupArn=group, Targets=targets)
