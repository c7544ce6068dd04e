#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ecs_task_definition
short_description: Manage task definitions for Fargate
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Registers a revision where something differs from the revision in force, and only then. Sets are compared as sets,
    and the defaults of AWS are known.
  - Images are taken from the revision that the service runs, as they belong to the pipeline. Revisions are tagged when
    they are registered; those of the pipeline stay as they are, whatever O(purge_tags) says.
  - Own module because the stock ecs_taskdefinition compares containers as lists, has no tags and no diff.
options:
  task_definitions:
    description: The task definitions to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the family.
        type: str
        required: true
      cluster:
        description: Name or ARN of the cluster of O(task_definitions[].service).
        type: str
      service:
        description:
          - Service whose revision is the one in force. Without it, or as long as it does not exist, it is the newest.
        type: str
      wait_for_deployment:
        description:
          - Whether to wait for the end of a deployment of the service. V(false) registers nothing meanwhile, and says
            so.
        type: bool
        default: false
      cpu:
        description:
          - CPU units of the task; 1024 are one vCPU.
          - Required here or in O(defaults).
        type: int
      memory:
        description:
          - Memory of the task in MiB; Fargate has only some sizes for each number of CPU units.
          - Required here or in O(defaults).
        type: int
      cpu_architecture:
        description: Architecture of the images.
        type: str
        default: ARM64
        choices: [ARM64, X86_64]
      execution_role:
        description:
          - Name or ARN of the role that fetches images and secrets and writes logs.
          - Required here or in O(defaults).
        type: str
      task_role:
        description: Name or ARN of the role of the application.
        type: str
      ephemeral_storage_gib:
        description: Storage of the task in GiB, 21 to 200; without it the 20 GiB that every task has.
        type: int
      volumes:
        description: Names of volumes that the containers of a task share.
        type: list
        elements: str
      fault_injection:
        description: Whether fault injection experiments may reach the task.
        type: bool
        default: false
      containers:
        description:
          - The containers of the task.
          - Required here or in O(defaults).
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the container.
            type: str
            required: true
          image:
            description:
              - Image of the first revision. Later ones take it from the revision in force, as it belongs to the
                pipeline.
            type: str
            required: true
          keep_image:
            description:
              - 'V(false) for an image that no pipeline changes, such as that of a sidecar: then
                O(task_definitions[].containers[].image) is always taken.'
            type: bool
            default: true
          essential:
            description: Whether the task ends with the container.
            type: bool
            default: true
          cpu:
            description: CPU units of the container.
            type: int
          memory:
            description: Limit of the container in MiB.
            type: int
          memory_reservation:
            description: Memory that is kept for the container, in MiB.
            type: int
          ports:
            description: TCP ports.
            type: list
            elements: int
          command:
            description: Command.
            type: list
            elements: str
          entry_point:
            description: Entry point.
            type: list
            elements: str
          user:
            description: User, and group behind a colon, that the container runs as.
            type: str
          working_directory:
            description: Directory in which the command runs.
            type: str
          readonly_root_filesystem:
            description: Whether the root file system cannot be written to.
            type: bool
          init_process:
            description: Whether an init process reaps what the application leaves, as ECS Exec needs it.
            type: bool
            default: false
          drop_capabilities:
            description: Linux capabilities that are taken away.
            type: list
            elements: str
          stop_timeout:
            description: Seconds between the signal to end and the end.
            type: int
          environment:
            description:
              - Environment variables and their values, which everybody who sees the task definition can read. A name
                that promises a secret is refused.
            type: dict
          secrets:
            description: Environment variables whose values ECS fetches when the container starts.
            type: list
            elements: dict
            suboptions:
              name:
                description: Name of the environment variable.
                type: str
                required: true
              secret:
                description: Name or ARN of a secret.
                type: str
              parameter:
                description: Name or ARN of an SSM parameter.
                type: str
              database:
                description: Name of an Aurora cluster whose password RDS keeps in a secret of its own.
                type: str
              key:
                description: Key in a secret that holds a JSON object.
                type: str
          mounts:
            description: Volumes of the task, and where they are.
            type: list
            elements: dict
            suboptions:
              volume:
                description: Name of the volume.
                type: str
                required: true
              path:
                description: Directory in the container.
                type: str
                required: true
              read_only:
                description: Whether it cannot be written to.
                type: bool
                default: false
          depends_on:
            description:
              - Containers that come first, and what is waited for, one of C(START), C(COMPLETE), C(SUCCESS),
                C(HEALTHY).
            type: dict
          health_check:
            description: How ECS sees that the container works.
            type: dict
            suboptions:
              command:
                description: Command, after C(CMD) or C(CMD-SHELL).
                type: list
                elements: str
                required: true
              interval:
                description: Seconds between two checks.
                type: int
                default: 30
              timeout:
                description: Seconds for one check.
                type: int
                default: 5
              retries:
                description: Failures until it is unhealthy.
                type: int
                default: 3
              start_period:
                description: Seconds in which failures do not count.
                type: int
                default: 0
          log_group:
            description: Name of the log group that the container writes to.
            type: str
          log_stream_prefix:
            description: Beginning of the names of its log streams.
            type: str
            default: ecs
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Application
  wellarchitected.webapp.ecs_task_definition:
    region: us-east-1
    task_definitions:
      - name: mywebapp-prod-app
        cluster: mywebapp-prod-cluster
        service: mywebapp-prod-service
        cpu: 1024
        memory: 2048
        execution_role: mywebapp-prod-ecs-execution
        task_role: mywebapp-prod-ecs-task
        containers:
          - name: app
            image: 123456789012.dkr.ecr.us-east-1.amazonaws.com/mywebapp-prod-app:1
            ports: [80]
            readonly_root_filesystem: true
            secrets:
              - name: DB_PASSWORD
                database: mywebapp-prod-aurora
                key: password
            log_group: /ecs/mywebapp-prod-app
  register: definitions
"""

RETURN = r"""
resources:
  description:
    - The task definitions after the run, by name.
    - C(task_definition) is the revision that a service is to run; in check mode a text stands for one that would be
      registered.
  returned: success
  type: dict
  sample: {mywebapp-prod-app: {task_definition: "mywebapp-prod-app:7"}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ecs_task_definition, name: mywebapp-prod-app, action: update, fields: [container_definitions]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ecs:DescribeServices", "ecs:DescribeTaskDefinition"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ecs.ecs_task_definition import converge_task_definitions

NEEDS = ("cpu", "memory", "execution_role", "containers")

ARGUMENT_SPEC = aws_spec(
    **bulk(
        task_definitions={
            "name": {"type": "str", "required": True},
            "cluster": {"type": "str"},
            "service": {"type": "str"},
            "wait_for_deployment": {"type": "bool", "default": False},
            "cpu": {"type": "int"},
            "memory": {"type": "int"},
            "cpu_architecture": {"type": "str", "default": "ARM64", "choices": ["ARM64", "X86_64"]},
            "execution_role": {"type": "str"},
            "task_role": {"type": "str"},
            "ephemeral_storage_gib": {"type": "int"},
            "volumes": {"type": "list", "elements": "str"},
            "fault_injection": {"type": "bool", "default": False},
            "containers": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "image": {"type": "str", "required": True},
                    "keep_image": {"type": "bool", "default": True},
                    "essential": {"type": "bool", "default": True},
                    "cpu": {"type": "int"},
                    "memory": {"type": "int"},
                    "memory_reservation": {"type": "int"},
                    "ports": {"type": "list", "elements": "int"},
                    "command": {"type": "list", "elements": "str"},
                    "entry_point": {"type": "list", "elements": "str"},
                    "user": {"type": "str"},
                    "working_directory": {"type": "str"},
                    "readonly_root_filesystem": {"type": "bool"},
                    "init_process": {"type": "bool", "default": False},
                    "drop_capabilities": {"type": "list", "elements": "str"},
                    "stop_timeout": {"type": "int"},
                    "environment": {"type": "dict"},
                    "secrets": {
                        "type": "list",
                        "elements": "dict",
                        "no_log": False,
                        "options": {
                            "name": {"type": "str", "required": True},
                            "secret": {"type": "str", "no_log": False},
                            "parameter": {"type": "str"},
                            "database": {"type": "str"},
                            "key": {"type": "str", "no_log": False},
                        },
                        "mutually_exclusive": [["secret", "parameter", "database"]],
                        "required_one_of": [["secret", "parameter", "database"]],
                    },
                    "mounts": {
                        "type": "list",
                        "elements": "dict",
                        "options": {
                            "volume": {"type": "str", "required": True},
                            "path": {"type": "str", "required": True},
                            "read_only": {"type": "bool", "default": False},
                        },
                    },
                    "depends_on": {"type": "dict"},
                    "health_check": {
                        "type": "dict",
                        "options": {
                            "command": {"type": "list", "elements": "str", "required": True},
                            "interval": {"type": "int", "default": 30},
                            "timeout": {"type": "int", "default": 5},
                            "retries": {"type": "int", "default": 3},
                            "start_period": {"type": "int", "default": 0},
                        },
                    },
                    "log_group": {"type": "str"},
                    "log_stream_prefix": {"type": "str", "default": "ecs"},
                },
            },
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge_task_definitions(context, items(params, "task_definitions", NEEDS), params["tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
