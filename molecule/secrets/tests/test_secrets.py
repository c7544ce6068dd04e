# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role secrets leaves in the account."""

from __future__ import annotations

import json
from typing import Any

import botocore.session
import pytest

KEYS = ("aurora", "cache", "delivery", "secrets", "logs", "notifications", "terraform-state")
SECRET = "mywebapp/prod/app"
PATH = "/mywebapp/prod"


def client(service: str, region: str = "us-east-1") -> Any:
    return botocore.session.Session().create_client(service, region_name=region)


@pytest.mark.parametrize("purpose", KEYS)
def test_each_purpose_has_a_key_that_rotates(purpose: str) -> None:
    kms = client("kms")
    key = kms.describe_key(KeyId=f"alias/mywebapp-prod-{purpose}")["KeyMetadata"]
    assert key["KeyState"] == "Enabled" and key["KeyManager"] == "CUSTOMER"
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"]


@pytest.mark.parametrize("purpose", KEYS)
def test_services_are_admitted_under_a_condition_but_for_eventbridge(purpose: str) -> None:
    kms = client("kms")
    key = kms.describe_key(KeyId=f"alias/mywebapp-prod-{purpose}")["KeyMetadata"]["KeyId"]
    policy = json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"])
    services = [one for one in policy["Statement"] if "Service" in one["Principal"]]
    assert bool(services) == (purpose in {"logs", "notifications"})
    free = [one["Principal"]["Service"] for one in services if "Condition" not in one]
    # EventBridge says no source, so that a condition on it would keep its events out.
    assert free == ([["events.amazonaws.com"]] if purpose == "notifications" else [])


def test_the_secret_has_key_policy_and_replica() -> None:
    manager = client("secretsmanager")
    secret = manager.describe_secret(SecretId=SECRET)
    assert ":key/" in secret["KmsKeyId"]
    assert [one["Region"] for one in secret["ReplicationStatus"]] == ["us-west-2"]
    policy = json.loads(manager.get_resource_policy(SecretId=SECRET)["ResourcePolicy"])
    assert {one["Effect"] for one in policy["Statement"]} == {"Deny"}


def test_no_stack_is_left() -> None:
    assert client("cloudformation").describe_stacks()["Stacks"] == []


def test_parameters_of_the_environment() -> None:
    found = client("ssm").get_parameters_by_path(Path=PATH)["Parameters"]
    assert {one["Name"].removeprefix(f"{PATH}/"): one["Value"] for one in found} == {
        "project": "mywebapp",
        "environment": "prod",
        "region": "us-east-1",
    }
