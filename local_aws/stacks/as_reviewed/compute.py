# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""ECS on Fargate: four tasks of 2 vCPU whose container may use 256 MB, with the password in the environment."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError

from local_aws.stacks.as_reviewed import load_balancer
from local_aws.stacks.as_reviewed.building import REGION, Building
from local_aws.stacks.as_reviewed.database import DATABASE
from local_aws.stacks.as_reviewed.network import APP_PORT

DESIRED = 4
CONTAINER = "app"
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
EXECUTION_ACTIONS = (  # what that policy allows
    "ecr:GetAuthorizationToken",
    "ecr:BatchCheckLayerAvailability",
    "ecr:GetDownloadUrlForLayer",
    "ecr:BatchGetImage",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
)
MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json"


def build(stack: Building) -> None:
    _repository(stack)
    _log_group(stack)
    execution_role = _role(stack, "ecs-execution")
    _allow_execution(stack, stack.name("ecs-execution"))
    task_role = _role(stack, "ecs-task")
    stack.ids.update(execution_role=execution_role, task_role=task_role)
    _task_definition(stack)
    _service(stack)


def _repository(stack: Building) -> None:
    ecr, name = stack.aws.ecr, stack.name("app")
    made = ecr.create_repository(repositoryName=name, tags=[{"Key": "Name", "Value": name}])["repository"]
    stack.ids.update(repository=name, image=f"{made['repositoryUri']}:latest")
    layer = {"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": 31_457_280}
    manifest = {
        "schemaVersion": 2,
        "mediaType": MANIFEST_TYPE,
        "config": {
            "mediaType": "application/vnd.docker.container.image.v1+json",
            "size": 7023,
            "digest": "sha256:" + "c0" * 32,
        },
        "layers": [{**layer, "digest": "sha256:" + "1a" * 32}],
    }
    ecr.put_image(
        repositoryName=name,
        imageManifest=json.dumps(manifest),
        imageManifestMediaType=MANIFEST_TYPE,
        imageTag="latest",
    )


def _log_group(stack: Building) -> None:
    group = f"/ecs/{stack.name('app')}"
    stack.aws.logs.create_log_group(logGroupName=group)
    stack.aws.logs.put_retention_policy(logGroupName=group, retentionInDays=7)
    stack.ids["log_group"] = group


def _role(stack: Building, thing: str) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    name = stack.name(thing)
    made = stack.aws.iam.create_role(
        RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), Tags=[{"Key": "Name", "Value": name}]
    )
    arn: str = made["Role"]["Arn"]
    return arn


def _allow_execution(stack: Building, role: str) -> None:
    iam = stack.aws.iam
    try:
        iam.attach_role_policy(RoleName=role, PolicyArn=EXECUTION_POLICY)
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchEntity":
            raise
        # An emulator that does not carry AWS's managed policies: the same, inline.
        statement = {"Effect": "Allow", "Action": list(EXECUTION_ACTIONS), "Resource": "*"}
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        iam.put_role_policy(RoleName=role, PolicyName="task-execution", PolicyDocument=json.dumps(policy))


def _task_definition(stack: Building) -> None:
    environment = {
        "DB_HOST": stack.ids["cluster_endpoint"],
        "DB_NAME": DATABASE,
        "DB_USER": stack.ids["database_user"],
        "DB_PASSWORD": stack.password,
    }
    container: dict[str, Any] = {
        "name": CONTAINER,
        "image": stack.ids["image"],
        "essential": True,
        "memory": 256,
        "portMappings": [{"containerPort": APP_PORT, "hostPort": APP_PORT, "protocol": "tcp"}],
        "environment": [{"name": name, "value": value} for name, value in environment.items()],
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {
                "awslogs-group": stack.ids["log_group"],
                "awslogs-region": REGION,
                "awslogs-stream-prefix": "ecs",
            },
        },
    }
    family = stack.name("app")
    made = stack.aws.ecs.register_task_definition(
        family=family,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="2048",
        memory="4096",  # the least that Fargate gives to 2 vCPU; the review's 256 MB is the container's limit
        executionRoleArn=stack.ids["execution_role"],
        taskRoleArn=stack.ids["task_role"],
        containerDefinitions=[container],
        tags=[{"key": "Name", "value": family}],
    )["taskDefinition"]
    stack.ids["task_definition"] = made["taskDefinitionArn"]
    stack.containers = [container]


def _service(stack: Building) -> None:
    ecs, cluster, service = stack.aws.ecs, stack.name("cluster"), stack.name("service")
    ecs.create_cluster(clusterName=cluster, tags=[{"key": "Name", "value": cluster}])
    ecs.create_service(
        cluster=cluster,
        serviceName=service,
        taskDefinition=stack.ids["task_definition"],
        desiredCount=DESIRED,
        launchType="FARGATE",
        networkConfiguration={
            "awsvpcConfiguration": {
                "subnets": stack.ids["subnets"]["private"],
                "securityGroups": [stack.ids["security_groups"]["ecs"]],
                "assignPublicIp": "DISABLED",
            }
        },
        loadBalancers=[
            {"targetGroupArn": stack.ids["target_group"], "containerName": CONTAINER, "containerPort": APP_PORT}
        ],
        tags=[{"key": "Name", "value": service}],
    )
    stack.ids.update(ecs_cluster=cluster, ecs_service=service)
    made = ecs.describe_services(cluster=cluster, services=[service])["services"][0]
    if made["runningCount"] < DESIRED:
        # Says what is so already, which AWS takes for nothing; plain moto starts its tasks only now.
        ecs.update_service(cluster=cluster, service=service, desiredCount=DESIRED)
    load_balancer.register_targets(stack, DESIRED)
