# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the parts share: names, statements and tags of others, and where the stack's own things are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.playbook_run import LocalStack

ACCOUNT = "123456789012"
PREFIX = "mywebapp-prod"
BUCKET = f"{PREFIX}-terraform-state-{ACCOUNT}"
TOPIC = f"{PREFIX}-database-events"
TOPIC_ARN = f"arn:aws:sns:us-east-1:{ACCOUNT}:{TOPIC}"
SECRET = "mywebapp/prod/app"
KEY = f"alias/{PREFIX}-aurora"
GROUP = f"{PREFIX}-aurora"
LOG_GROUP = f"/aws/vpc/flow-logs/{PREFIX}"
PARAMETER = "/mywebapp/prod/project"
CLUSTER = f"{PREFIX}-aurora"
SCALED = {
    "ServiceNamespace": "rds",
    "ResourceId": f"cluster:{CLUSTER}",
    "ScalableDimension": "rds:cluster:ReadReplicaCount",
}
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
ADMINISTER = {"Sid": "Own", "Effect": "Allow", "Principal": ROOT, "Action": "kms:*", "Resource": "*"}
TEAM = {"Key": "Team", "Value": "theirs"}
THEIRS = "theirs"
FILTER = [{"Name": "tag:Team", "Values": [THEIRS]}]


@dataclass(frozen=True)
class Thing:
    """put(stack) plants it, look(stack) is what AWS tells of its parts; on: what has to be there for it."""

    name: str
    put: Callable[[LocalStack], None]
    look: Callable[[LocalStack], dict[str, Any]]
    on: str = ""


def own_vpcs(stack: LocalStack) -> list[dict[str, Any]]:
    """The stack's own."""
    wanted = [{"Name": "tag:Name", "Values": [f"{PREFIX}-vpc"]}]
    found: list[dict[str, Any]] = stack.boto("ec2").describe_vpcs(Filters=wanted)["Vpcs"]
    return found


def own_vpc(stack: LocalStack) -> str:
    return str(own_vpcs(stack)[0]["VpcId"])


def own_clusters(stack: LocalStack) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stack.boto("rds").describe_db_clusters()["DBClusters"]
    return [one for one in found if one["DBClusterIdentifier"] == CLUSTER]


def their_statement(effect: str, action: str, resource: str = "*") -> dict[str, Any]:
    return {"Sid": "Theirs", "Effect": effect, "Principal": ROOT, "Action": action, "Resource": resource}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def their_statements(document: str) -> list[dict[str, Any]]:
    return [one for one in json.loads(document)["Statement"] if one.get("Sid") == "Theirs"]


def team_of(tags: list[dict[str, str]], key: str = "Key") -> list[str]:
    return [tag[f"{key[:-3]}Value"] for tag in tags if tag[key] == TEAM["Key"]]


def team_tagged(kind: str, name: str) -> list[dict[str, Any]]:
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}, TEAM]}]
