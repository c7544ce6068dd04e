# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What other roles leave that the role delivery builds on."""

from __future__ import annotations

from tests.playbook_run import LocalStack

KEYS = ("mywebapp-prod-delivery", "mywebapp-prod-logs", "mywebapp-prod-notifications")
KEY_POLICY = """{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::123456789012:root"}, "Action": "kms:*", "Resource": "*"},
  {"Effect": "Allow", "Principal": {"Service": ["logs.us-east-1.amazonaws.com", "events.amazonaws.com"]},
   "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
   "Resource": "*"}]}"""


def prepare(stack: LocalStack) -> None:
    """Keys, the repository of the images and the cluster."""
    kms = stack.boto("kms")
    for name in KEYS:
        key = kms.create_key(Policy=KEY_POLICY)["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=key)
    stack.boto("ecr").create_repository(repositoryName="mywebapp-prod-app")
    stack.boto("ecs").create_cluster(clusterName="mywebapp-prod-cluster")
