# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The DR region's own host: same project and environment, another region, one account."""

from __future__ import annotations

from tests.playbook_run import LocalStack

ROLES = ("playbooks/roles/secrets.yml", "playbooks/roles/network.yml")
BUCKET = "mywebapp-prod-terraform-state-123456789012"


def changes(stack: LocalStack, region: str) -> int:
    """How many tasks change something in a run for that region."""
    values = {"stack_region": region, "stack_dr_region": "us-west-2"}
    return sum(stack.play(role, extra_vars=values).ok().recap["changed"] for role in ROLES)


def test_a_run_for_the_dr_region_leaves_the_primarys_as_it_is(stack: LocalStack) -> None:
    s3 = stack.boto("s3")
    s3.create_bucket(Bucket=BUCKET)
    assert changes(stack, "us-east-1")
    assert changes(stack, "us-west-2")
    for region in ("us-east-1", "us-west-2"):
        assert changes(stack, region) == 0, region
    rule = s3.get_bucket_encryption(Bucket=BUCKET)["ServerSideEncryptionConfiguration"]["Rules"][0]
    key = rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"]
    assert key.split(":")[3] == "us-east-1"
    trust = stack.boto("iam").get_role(RoleName="mywebapp-prod-flow-logs")["Role"]["AssumeRolePolicyDocument"]
    assert trust["Statement"][0]["Condition"]["ArnLike"] == {
        "aws:SourceArn": "arn:aws:ec2:*:123456789012:vpc-flow-log/*"
    }
    for region in ("us-east-1", "us-west-2"):
        assert stack.boto("secretsmanager", region).describe_secret(SecretId="mywebapp/prod/app")["Name"]
