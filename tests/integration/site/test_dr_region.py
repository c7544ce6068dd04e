# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The DR region's own host: same project and environment, another region, one account."""

from __future__ import annotations

from tests.described import described, differences
from tests.playbook_run import LocalStack

PRIMARY, DR = "us-east-1", "us-west-2"
BUCKET = "mywebapp-prod-terraform-state-123456789012"


def changes(stack: LocalStack, region: str) -> list[str]:
    """The tasks that change something in a run for that region. The database there is one of its own."""
    values = {"stack_region": region, "stack_dr_region": DR, "aurora_cross_region": "none"}
    return stack.play("site.yml", extra_vars=values).ok().changed_tasks


def test_a_run_for_the_dr_region_leaves_the_primarys_as_it_is(stack: LocalStack) -> None:
    s3 = stack.boto("s3")
    s3.create_bucket(Bucket=BUCKET)
    assert changes(stack, PRIMARY)
    before = described(stack)[PRIMARY]
    assert changes(stack, DR)
    assert differences(before, described(stack)[PRIMARY]) == []
    for region in (PRIMARY, DR):
        assert changes(stack, region) == [], region
        service = stack.boto("ecs", region).describe_services(
            cluster="mywebapp-prod-cluster", services=["mywebapp-prod-service"]
        )["services"][0]
        assert service["runningCount"] == service["desiredCount"] == 4
        (group,) = stack.boto("elasticache", region).describe_replication_groups()["ReplicationGroups"]
        assert group["ARN"].split(":")[3] == region and group["Status"] == "available"
    rule = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"][0]
    key = rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"]
    assert key.split(":")[3] == PRIMARY
    trust = stack.boto("iam").get_role(RoleName="mywebapp-prod-flow-logs")["Role"]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Condition"]["ArnLike"] == {
        "aws:SourceArn": "arn:aws:ec2:*:123456789012:vpc-flow-log/*"
    }
    for region in ("us-east-1", "us-west-2"):
        assert stack.boto("secretsmanager", region).describe_secret(SecretId="mywebapp/prod/app")["Name"]
