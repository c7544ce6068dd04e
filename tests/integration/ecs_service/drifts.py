# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.integration.ecs_service.found import (
    Boto,
    Names,
    alarm,
    attached,
    balancer_attributes,
    change,
    cluster,
    container,
    definition,
    deploy,
    deployment,
    group,
    group_attributes,
    inline,
    lifecycle,
    listener,
    log_group,
    other_lifecycle,
    policies,
    repository,
    rule,
    scaling_target,
    service,
    set_attribute,
    target_key,
)

NAMES = {
    "cluster": "mywebapp-prod-cluster",
    "service": "mywebapp-prod-service",
    "repository": "mywebapp-prod-app",
    "log_group": "/ecs/mywebapp-prod-app",
    "balancer": "mywebapp-prod-alb",
    "group": "mywebapp-prod-tg",
    "execution_role": "mywebapp-prod-ecs-execution",
    "task_role": "mywebapp-prod-ecs-task",
    "deployment_role": "mywebapp-prod-ecs-deployment",
    "bucket": "mywebapp-prod-alb-logs-123456789012-us-east-1",
}
OPEN_POLICY = json.dumps({
    "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
})  # fmt: skip


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], Any]


DRIFTS = [
    Drift(
        "images are not scanned",
        "Repository",
        lambda boto, names: boto("ecr").put_image_scanning_configuration(
            repositoryName=names["repository"], imageScanningConfiguration={"scanOnPush": False}
        ),
        lambda boto, names: repository(boto, names)["imageScanningConfiguration"]["scanOnPush"],
    ),
    Drift(
        "tags can be moved",
        "Repository",
        lambda boto, names: boto("ecr").put_image_tag_mutability(
            repositoryName=names["repository"], imageTagMutability="MUTABLE"
        ),
        lambda boto, names: repository(boto, names)["imageTagMutability"] == "IMMUTABLE",
    ),
    Drift(
        "somebody's lifecycle rules alone",
        "Repository",
        other_lifecycle,
        lambda boto, names: lifecycle(boto, names) == ["Expire untagged images", "Keep the newest images", "theirs"],
    ),
    Drift(
        "the repository lost a tag",
        "Repository",
        lambda boto, names: boto("ecr").untag_resource(
            resourceArn=repository(boto, names)["repositoryArn"], tagKeys=["Owner"]
        ),
        lambda boto, names: (
            "Owner"
            in {
                one["Key"]
                for one in boto("ecr").list_tags_for_resource(resourceArn=repository(boto, names)["repositoryArn"])[
                    "tags"
                ]
            }
        ),
    ),
    Drift(
        "logs are kept for ever",
        "Log groups",
        lambda boto, names: boto("logs").delete_retention_policy(logGroupName=names["log_group"]),
        lambda boto, names: log_group(boto, names).get("retentionInDays") == 365,
    ),
    Drift(
        "logs are not encrypted",
        "Log groups",
        lambda boto, names: boto("logs").disassociate_kms_key(logGroupName=names["log_group"]),
        lambda boto, names: log_group(boto, names).get("kmsKeyId"),
    ),
    Drift(
        "Container Insights is off",
        "Cluster",
        lambda boto, names: boto("ecs").update_cluster(
            cluster=names["cluster"], settings=[{"name": "containerInsights", "value": "disabled"}]
        ),
        lambda boto, names: cluster(boto, names)["settings"] == [{"name": "containerInsights", "value": "enhanced"}],
    ),
    Drift(
        "sessions are not logged",
        "Cluster",
        lambda boto, names: boto("ecs").update_cluster(
            cluster=names["cluster"], configuration={"executeCommandConfiguration": {"logging": "NONE"}}
        ),
        lambda boto, names: (
            cluster(boto, names)["configuration"]["executeCommandConfiguration"]["logging"] == "OVERRIDE"
        ),
    ),
    Drift(
        "no Spot in the cluster",
        "Cluster",
        lambda boto, names: boto("ecs").put_cluster_capacity_providers(
            cluster=names["cluster"], capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
        ),
        lambda boto, names: sorted(cluster(boto, names)["capacityProviders"]) == ["FARGATE", "FARGATE_SPOT"],
    ),
    Drift(
        "the cluster lost a tag",
        "Cluster",
        lambda boto, names: boto("ecs").untag_resource(
            resourceArn=cluster(boto, names)["clusterArn"], tagKeys=["Owner"]
        ),
        lambda boto, names: "Owner" in {one["key"] for one in cluster(boto, names)["tags"]},
    ),
    Drift(
        "the execution role may do everything",
        "Execution, task and deployment role",
        lambda boto, names: boto("iam").put_role_policy(
            RoleName=names["execution_role"], PolicyName="all", PolicyDocument=OPEN_POLICY
        ),
        lambda boto, names: inline(boto, names["execution_role"]) == ["task-execution"],
    ),
    Drift(
        "the application may do everything",
        "Execution, task and deployment role",
        lambda boto, names: boto("iam").put_role_policy(
            RoleName=names["task_role"], PolicyName="application", PolicyDocument=OPEN_POLICY
        ),
        lambda boto, names: (
            boto("iam").get_role_policy(RoleName=names["task_role"], PolicyName="application")["PolicyDocument"]
            != json.loads(OPEN_POLICY)
        ),
    ),
    Drift(
        "deployments may not move the traffic",
        "Execution, task and deployment role",
        lambda boto, names: boto("iam").detach_role_policy(
            RoleName=names["deployment_role"],
            PolicyArn="arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers",
        ),
        lambda boto, names: attached(boto, names["deployment_role"]),
    ),
    Drift(
        "the bucket of the logs is open",
        "Bucket of the access logs",
        lambda boto, names: boto("s3").delete_public_access_block(Bucket=names["bucket"]),
        lambda boto, names: all(
            boto("s3").get_public_access_block(Bucket=names["bucket"])["PublicAccessBlockConfiguration"].values()
        ),
    ),
    Drift(
        "the load balancer may be deleted",
        "Load balancer",
        set_attribute("deletion_protection.enabled", "false"),
        lambda boto, names: balancer_attributes(boto, names)["deletion_protection.enabled"] == "true",
    ),
    Drift(
        "invalid headers pass",
        "Load balancer",
        set_attribute("routing.http.drop_invalid_header_fields.enabled", "false"),
        lambda boto, names: (
            balancer_attributes(boto, names)["routing.http.drop_invalid_header_fields.enabled"] == "true"
        ),
    ),
    Drift(
        "access is not logged",
        "Load balancer",
        set_attribute("access_logs.s3.enabled", "false"),
        lambda boto, names: balancer_attributes(boto, names)["access_logs.s3.enabled"] == "true",
    ),
    Drift(
        "another health check",
        "Target groups",
        lambda boto, names: boto("elbv2").modify_target_group(
            TargetGroupArn=group(boto, names)["TargetGroupArn"], HealthCheckPath="/other"
        ),
        lambda boto, names: group(boto, names)["HealthCheckPath"] == "/",
    ),
    Drift(
        "a long farewell",
        "Target groups",
        lambda boto, names: boto("elbv2").modify_target_group_attributes(
            TargetGroupArn=group(boto, names)["TargetGroupArn"],
            Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "300"}],
        ),
        lambda boto, names: group_attributes(boto, names)["deregistration_delay.timeout_seconds"] == "30",
    ),
    Drift(
        "an old TLS policy",
        "HTTPS listener",
        lambda boto, names: boto("elbv2").modify_listener(
            ListenerArn=listener(boto, names, 443)["ListenerArn"], SslPolicy="ELBSecurityPolicy-2016-08"
        ),
        lambda boto, names: "TLS13" in listener(boto, names, 443)["SslPolicy"],
    ),
    Drift(
        "the rule takes a part of the paths",
        "Production rule",
        lambda boto, names: boto("elbv2").modify_rule(
            RuleArn=rule(boto, names)["RuleArn"], Conditions=[{"Field": "path-pattern", "Values": ["/app/*"]}]
        ),
        lambda boto, names: rule(boto, names)["Conditions"][0]["Values"] == ["/*"],
    ),
    Drift(
        "HTTP is answered",
        "HTTP listener",
        lambda boto, names: boto("elbv2").modify_listener(
            ListenerArn=listener(boto, names, 80)["ListenerArn"],
            DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}],
        ),
        lambda boto, names: listener(boto, names, 80)["DefaultActions"][0]["Type"] == "redirect",
    ),
    Drift(
        "more errors are borne",
        "Alarms of deployments",
        lambda boto, names: boto("cloudwatch").put_metric_alarm(**{**alarm(boto, names), "Threshold": 1000}),
        lambda boto, names: alarm(boto, names)["Threshold"] == 10,
    ),
    Drift(
        "no alarm",
        "Alarms of deployments",
        lambda boto, names: boto("cloudwatch").delete_alarms(AlarmNames=[f"{names['service']}-target-errors"]),
        lambda boto, names: alarm(boto, names)["Threshold"] == 10,
    ),
    Drift(
        "the root file system can be written to",
        "Task definition",
        deploy(readonlyRootFilesystem=False),
        lambda boto, names: container(boto, names)["readonlyRootFilesystem"] is True,
    ),
    Drift(
        "a password in plain text",
        "Task definition",
        deploy(environment=[{"name": "DB_PASSWORD", "value": "hunter2"}]),
        lambda boto, names: container(boto, names)["environment"] == [],
    ),
    Drift(
        "more memory than asked for",
        "Task definition",
        deploy({"memory": "4096"}),
        lambda boto, names: definition(boto, names)["memory"] == "1024",
    ),
    Drift(
        "another architecture",
        "Task definition",
        deploy({"runtimePlatform": {"cpuArchitecture": "X86_64", "operatingSystemFamily": "LINUX"}}),
        lambda boto, names: definition(boto, names)["runtimePlatform"]["cpuArchitecture"] == "ARM64",
    ),
    Drift(
        "no health check",
        "Task definition",
        deploy(healthCheck={"command": ["CMD", "true"]}),
        lambda boto, names: container(boto, names)["healthCheck"]["command"][0] == "CMD-SHELL",
    ),
    Drift(
        "containers see each other",
        "Task definition",
        deploy({"pidMode": "task"}),
        lambda boto, names: not definition(boto, names).get("pidMode"),
    ),
    Drift(
        "rolling deployments",
        "Service",
        change(deploymentConfiguration={"strategy": "ROLLING"}),
        lambda boto, names: deployment(boto, names)["strategy"] == "BLUE_GREEN",
    ),
    Drift(
        "alarms roll nothing back",
        "Service",
        change(deploymentConfiguration={"alarms": {"alarmNames": [], "enable": False, "rollback": False}}),
        lambda boto, names: deployment(boto, names)["alarms"]["rollback"] is True,
    ),
    Drift(
        "old tasks go at once",
        "Service",
        change(deploymentConfiguration={"bakeTimeInMinutes": 1}),
        lambda boto, names: deployment(boto, names)["bakeTimeInMinutes"] == 5,
    ),
    Drift(
        "tasks are not tagged",
        "Service",
        change(propagateTags="NONE", enableECSManagedTags=False),
        lambda boto, names: (
            (service(boto, names)["propagateTags"], service(boto, names)["enableECSManagedTags"]) == ("SERVICE", True)
        ),
    ),
    Drift(
        "sessions can be opened",
        "Service",
        change(enableExecuteCommand=True),
        lambda boto, names: service(boto, names)["enableExecuteCommand"] is False,
    ),
    Drift(
        "new tasks have no time",
        "Service",
        change(healthCheckGracePeriodSeconds=0),
        lambda boto, names: service(boto, names)["healthCheckGracePeriodSeconds"] == 60,
    ),
    Drift(
        "zones may become uneven",
        "Service",
        change(availabilityZoneRebalancing="DISABLED"),
        lambda boto, names: service(boto, names)["availabilityZoneRebalancing"] == "ENABLED",
    ),
    Drift(
        "an old platform",
        "Service",
        change(platformVersion="1.3.0"),
        lambda boto, names: service(boto, names)["platformVersion"] == "LATEST",
    ),
    Drift(
        "all tasks on Spot",
        "Service",
        change(capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT", "weight": 1}], forceNewDeployment=True),
        lambda boto, names: service(boto, names)["capacityProviderStrategy"][0]["capacityProvider"] == "FARGATE",
    ),
    Drift(
        "the service lost a tag",
        "Service",
        lambda boto, names: boto("ecs").untag_resource(
            resourceArn=service(boto, names)["serviceArn"], tagKeys=["Owner"]
        ),
        lambda boto, names: (
            "Owner"
            in {
                one["key"]
                for one in boto("ecs").list_tags_for_resource(resourceArn=service(boto, names)["serviceArn"])["tags"]
            }
        ),
    ),
    Drift(
        "fewer tasks at most",
        "Auto scaling",
        lambda boto, names: boto("application-autoscaling").register_scalable_target(
            **target_key(names), MinCapacity=1, MaxCapacity=4
        ),
        lambda boto, names: (
            (scaling_target(boto, names)["MinCapacity"], scaling_target(boto, names)["MaxCapacity"]) == (4, 10)
        ),
    ),
    Drift(
        "memory is not looked at",
        "Auto scaling",
        lambda boto, names: boto("application-autoscaling").delete_scaling_policy(
            PolicyName=f"{names['service']}-memory", **target_key(names)
        ),
        lambda boto, names: policies(boto, names) == ["cpu", "memory"],
    ),
    Drift(
        "nothing scales",
        "Auto scaling",
        lambda boto, names: boto("application-autoscaling").deregister_scalable_target(**target_key(names)),
        lambda boto, names: policies(boto, names) == ["cpu", "memory"],
    ),
]
