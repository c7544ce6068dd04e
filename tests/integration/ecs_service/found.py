# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What AWS has of the role ecs_service's things, and ways to change it by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

# Parameters of RegisterTaskDefinition that DescribeTaskDefinition gives back.
REGISTERED = (
    "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes", "cpu", "memory",
    "requiresCompatibilities", "runtimePlatform", "pidMode",
)  # fmt: skip


def service(boto: Boto, names: Names) -> dict[str, Any]:
    return dict(boto("ecs").describe_services(cluster=names["cluster"], services=[names["service"]])["services"][0])


def change(**wanted: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("ecs").update_service(cluster=names["cluster"], service=names["service"], **wanted)


def definition(boto: Boto, names: Names) -> dict[str, Any]:
    arn = service(boto, names)["taskDefinition"]
    return dict(boto("ecs").describe_task_definition(taskDefinition=arn)["taskDefinition"])


def container(boto: Boto, names: Names) -> dict[str, Any]:
    return next(one for one in definition(boto, names)["containerDefinitions"] if one["name"] == "app")


def deploy(task: Mapping[str, Any] | None = None, **app: Any) -> Callable[[Boto, Names], None]:
    """A new revision with other settings, that the service runs."""

    def put_in(boto: Boto, names: Names) -> None:
        copied = {key: value for key, value in definition(boto, names).items() if key in REGISTERED and value}
        for one in copied["containerDefinitions"]:
            if one["name"] == "app":
                one.update(app)
        made = boto("ecs").register_task_definition(**{**copied, **(task or {})})["taskDefinition"]
        change(taskDefinition=made["taskDefinitionArn"])(boto, names)

    return put_in


def cluster(boto: Boto, names: Names) -> dict[str, Any]:
    include = ["SETTINGS", "CONFIGURATIONS", "TAGS"]
    return dict(boto("ecs").describe_clusters(clusters=[names["cluster"]], include=include)["clusters"][0])


def repository(boto: Boto, names: Names) -> dict[str, Any]:
    return dict(boto("ecr").describe_repositories(repositoryNames=[names["repository"]])["repositories"][0])


def lifecycle(boto: Boto, names: Names) -> list[str]:
    text = boto("ecr").get_lifecycle_policy(repositoryName=names["repository"])["lifecyclePolicyText"]
    return sorted(rule["description"] for rule in json.loads(text)["rules"])


def other_lifecycle(boto: Boto, names: Names) -> None:
    selection = {
        "tagStatus": "tagged", "tagPrefixList": ["old"], "countType": "imageCountMoreThan", "countNumber": 1
    }  # fmt: skip
    rule = {"rulePriority": 1, "description": "theirs", "selection": selection, "action": {"type": "expire"}}
    policy = json.dumps({"rules": [rule]})
    boto("ecr").put_lifecycle_policy(repositoryName=names["repository"], lifecyclePolicyText=policy)


def group(boto: Boto, names: Names) -> dict[str, Any]:
    return dict(boto("elbv2").describe_target_groups(Names=[names["group"]])["TargetGroups"][0])


def group_attributes(boto: Boto, names: Names) -> dict[str, str]:
    arn = group(boto, names)["TargetGroupArn"]
    found = boto("elbv2").describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
    return {one["Key"]: one["Value"] for one in found}


def balancer(boto: Boto, names: Names) -> str:
    return str(boto("elbv2").describe_load_balancers(Names=[names["balancer"]])["LoadBalancers"][0]["LoadBalancerArn"])


def balancer_attributes(boto: Boto, names: Names) -> dict[str, str]:
    found = boto("elbv2").describe_load_balancer_attributes(LoadBalancerArn=balancer(boto, names))["Attributes"]
    return {one["Key"]: one["Value"] for one in found}


def set_attribute(key: str, value: str) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("elbv2").modify_load_balancer_attributes(
        LoadBalancerArn=balancer(boto, names), Attributes=[{"Key": key, "Value": value}]
    )


def listener(boto: Boto, names: Names, port: int) -> dict[str, Any]:
    found = boto("elbv2").describe_listeners(LoadBalancerArn=balancer(boto, names))["Listeners"]
    return next(one for one in found if one["Port"] == port)


def rule(boto: Boto, names: Names) -> dict[str, Any]:
    arn = listener(boto, names, 443)["ListenerArn"]
    return next(one for one in boto("elbv2").describe_rules(ListenerArn=arn)["Rules"] if not one["IsDefault"])


def log_group(boto: Boto, names: Names) -> dict[str, Any]:
    found = boto("logs").describe_log_groups(logGroupNamePrefix=names["log_group"])["logGroups"]
    return next(one for one in found if one["logGroupName"] == names["log_group"])


def scaling_target(boto: Boto, names: Names) -> dict[str, Any]:
    resource = f"service/{names['cluster']}/{names['service']}"
    found = boto("application-autoscaling").describe_scalable_targets(ServiceNamespace="ecs", ResourceIds=[resource])
    return dict(found["ScalableTargets"][0])


def target_key(names: Names) -> dict[str, str]:
    return {
        "ServiceNamespace": "ecs",
        "ResourceId": f"service/{names['cluster']}/{names['service']}",
        "ScalableDimension": "ecs:service:DesiredCount",
    }


def policies(boto: Boto, names: Names) -> list[str]:
    found = boto("application-autoscaling").describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    return sorted(one["PolicyName"].removeprefix(f"{names['service']}-") for one in found)


def inline(boto: Boto, role: str) -> list[str]:
    return sorted(boto("iam").list_role_policies(RoleName=role)["PolicyNames"])


def allowed(boto: Boto, names: Names) -> set[str]:
    """What the application may do."""
    found = boto("iam").get_role_policy(RoleName=names["task_role"], PolicyName="application")["PolicyDocument"]
    return {action for one in found["Statement"] for action in one["Action"]}


def attached(boto: Boto, role: str) -> list[str]:
    found = boto("iam").list_attached_role_policies(RoleName=role)["AttachedPolicies"]
    return [one["PolicyName"] for one in found]


def alarm(boto: Boto, names: Names) -> dict[str, Any]:
    """The parameters of PutMetricAlarm."""
    name = f"{names['service']}-target-errors"
    found = boto("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"][0]
    kept = (
        "AlarmName", "MetricName", "Namespace", "Dimensions", "Statistic", "Period", "EvaluationPeriods", "Threshold",
        "ComparisonOperator", "TreatMissingData",
    )  # fmt: skip
    return {key: found[key] for key in kept if key in found}


def deployment(boto: Boto, names: Names) -> dict[str, Any]:
    return dict(service(boto, names)["deploymentConfiguration"])
