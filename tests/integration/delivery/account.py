# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What other roles and people leave that the role delivery builds on; `python -m tests.integration.delivery.account`
makes what molecule's other roles do not, in the account of AWS_ENDPOINT_URL."""

from __future__ import annotations

import os

from tests.playbook_run import LocalStack

KEYS = ("mywebapp-prod-delivery", "mywebapp-prod-logs", "mywebapp-prod-notifications")
KEY_POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"Service": ["logs.us-east-1.amazonaws.com", "events.amazonaws.com"]},
   "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
   "Resource": "*"}]}"""


def make_application(stack: LocalStack) -> None:
    """The repository of the images and the cluster."""
    stack.boto("ecr").create_repository(repositoryName="mywebapp-prod-app")
    stack.boto("ecs").create_cluster(clusterName="mywebapp-prod-cluster")


def complete_connection(stack: LocalStack) -> None:
    """A person makes the connection, and completes it in the console."""
    stack.boto("codeconnections").create_connection(ConnectionName="mywebapp-prod", ProviderType="GitHub")
    stack.control.settings(handshakes=True)


def prepare(stack: LocalStack) -> None:
    """Keys, the repository of the images and the cluster."""
    kms = stack.boto("kms")
    for name in KEYS:
        key = kms.create_key(Policy=KEY_POLICY)["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=key)
    make_application(stack)


if __name__ == "__main__":
    local = LocalStack(os.environ["AWS_ENDPOINT_URL"])
    make_application(local)
    complete_connection(local)
