# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs.container import (
    canonical,
    container_reasons,
    definition,
    known_texts,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ecs.fargate import size_reasons

OPTION = {
    "name": "app",
    "image": "app:1",
    "ports": [8080, 9090],
    "environment": {"B": "2", "A": 1},
    "secrets": [{"name": "PASSWORD", "secret": "arn:secret", "key": "password"}],
    "mounts": [{"volume": "tmp", "path": "/tmp"}],
    "depends_on": {"agent": "START"},
    "health_check": {"command": ["CMD", "true"]},
    "drop_capabilities": ["ALL"],
    "log_group": "/web",
}
# What ECS gives back for it, in another order and with what it fills in.
READ = {
    "name": "app",
    "image": "app:1",
    "essential": True,
    "cpu": 0,
    "portMappings": [
        {"containerPort": 9090, "hostPort": 9090, "protocol": "tcp"},
        {"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"},
    ],
    "environment": [{"name": "A", "value": "1"}, {"name": "B", "value": "2"}],
    "secrets": [{"name": "PASSWORD", "valueFrom": "arn:secret:password::"}],
    "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp", "readOnly": False}],
    "volumesFrom": [],
    "systemControls": [],
    "links": [],
    "dependsOn": [{"containerName": "agent", "condition": "START"}],
    "healthCheck": {"command": ["CMD", "true"], "interval": 30, "timeout": 5, "retries": 3},
    "linuxParameters": {"capabilities": {"add": [], "drop": ["ALL"]}},
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {
            "mode": "non-blocking",
            "max-buffer-size": "25m",
            "awslogs-group": "/web",
            "awslogs-region": "us-east-1",
            "awslogs-stream-prefix": "ecs",
        },
    },
}


def test_what_ecs_fills_in_is_no_difference():
    assert canonical(definition(OPTION, "app:1", "us-east-1")) == canonical(READ)


@pytest.mark.parametrize(
    "drift",
    [
        {"image": "app:2"},
        {"privileged": True},
        {"readonlyRootFilesystem": True},
        {"environment": [*READ["environment"], {"name": "C", "value": "3"}]},
        {"secrets": []},
        {"portMappings": READ["portMappings"][:1]},
        {"healthCheck": {"command": ["CMD", "true"], "interval": 60}},
        {"ulimits": [{"name": "nofile", "softLimit": 1, "hardLimit": 2}]},
        {"essential": False},
    ],
    ids=lambda drift: next(iter(drift)),
)
def test_what_differs_is_seen(drift):
    assert canonical({**READ, **drift}) != canonical(READ)


def test_every_text_of_the_options_is_known():
    assert {"1", "2", "true", "/web", "us-east-1"} <= known_texts([definition(OPTION, "app:1", "us-east-1")])


def test_containers_that_cannot_be_are_refused():
    app = definition({**OPTION, "environment": {"DB_PASSWORD": "x", "SECRET_ARN": "arn"}, "memory": 9000}, "i", "r")
    reasons = " ".join(container_reasons([app, app], 512))
    assert "container app stands more than once" in reasons
    assert "9000 MiB, more than the task's 512" in reasons
    assert "depends on agent" in reasons
    assert "DB_PASSWORD of container app would be in plain text" in reasons
    assert "SECRET_ARN" not in reasons
    twice = definition({**OPTION, "depends_on": {}, "environment": {"PASSWORD": "x"}}, "i", "r")
    assert "in environment and in secrets" in container_reasons([twice], 512)[0]


@pytest.mark.parametrize(
    ("cpu", "memory", "words"),
    [
        (2048, 256, "4096 to 16384 MiB in steps of 1024"),
        (1024, 2049, "2048 to 8192 MiB"),
        (256, 1536, "(512, 1024, 2048)"),
        (300, 512, "it has 256, 512"),
    ],
)
def test_sizes_that_fargate_lacks_are_refused(cpu, memory, words):
    assert words in size_reasons(cpu, memory)[0]


@pytest.mark.parametrize(("cpu", "memory"), [(256, 2048), (1024, 2048), (8192, 61440), (16384, 32768)])
def test_sizes_that_fargate_has(cpu, memory):
    assert size_reasons(cpu, memory) == []
