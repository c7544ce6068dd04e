# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What is not configured is no error; what is denied is one, and stays beside the rest."""

from __future__ import annotations

from datetime import date

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import (
    account,
    costexplorer,
    ecr,
    iam,
    macie2,
    organizations,
    s3,
    securityhub,
    wafv2,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError

NOTHING = {
    "contacts": (account.alternate_contacts, "account:get_alternate_contact", "ResourceNotFoundException", ""),
    "organization": (
        organizations.organizations,
        "organizations:describe_organization",
        "AWSOrganizationsNotInUseException",
        "",
    ),
    "macie": (macie2.sessions, "macie2:get_macie_session", "AccessDeniedException", "Macie is not enabled."),
    "passwords": (iam.password_policy, "iam:get_account_password_policy", "NoSuchEntity", ""),
    "coverage": (
        costexplorer.cost_allocation_tags,
        "ce:list_cost_allocation_tags",
        None,
        {"CostAllocationTags": []},
    ),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_not_configured_is_nothing(name, scripted, refused):
    read, operation, code, rest = NOTHING[name]
    assert read(scripted({operation: refused(code, rest) if code else rest})) == []


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_denied_is_an_error(name, scripted, refused):
    read, operation, *_rest = NOTHING[name]
    with pytest.raises(AwsError):
        read(scripted({operation: refused("AccessDeniedException", "is not authorized to perform")}))


def test_security_hub_is_two_products(scripted, refused):
    off = refused("InvalidAccessException")
    missing = refused("ResourceNotFoundException")
    on = {"HubArn": "cspm"}
    assert (
        securityhub.hubs(scripted({"securityhub:describe_hub": off, "securityhub:describe_security_hub_v2": missing}))
        == []
    )
    (hub,) = securityhub.hubs(
        scripted({"securityhub:describe_hub": on, "securityhub:describe_security_hub_v2": missing})
    )
    assert hub == {"Product": "cspm", "HubArn": "cspm"}


def test_coverage_without_data_is_nothing(scripted, refused):
    aws = scripted({"ce:get_savings_plans_coverage": refused("DataUnavailableException")}, region="eu-central-1")
    assert costexplorer.savings_plans_coverage(aws, today=date(2026, 2, 18)) == []
    (_service, _operation, parameters, region) = aws.asked[0]
    assert parameters["TimePeriod"] == {"Start": "2026-01-19", "End": "2026-02-18"}
    assert region == "us-east-1"


BUCKET = {
    "s3:get_public_access_block": "NoSuchPublicAccessBlockConfiguration",
    "s3:get_bucket_policy": "NoSuchBucketPolicy",
    "s3:get_bucket_policy_status": "NoSuchBucketPolicy",
    "s3:get_bucket_acl": {"Grants": [{"Permission": "READ"}]},
    "s3:get_bucket_versioning": {},
    "s3:get_bucket_encryption": "ServerSideEncryptionConfigurationNotFoundError",
    "s3:get_bucket_lifecycle_configuration": "NoSuchLifecycleConfiguration",
    "s3:list_bucket_intelligent_tiering_configurations": {"IsTruncated": False},
    "s3:get_bucket_replication": "ReplicationConfigurationNotFoundError",
    "s3:get_bucket_logging": {},
    "s3:get_bucket_ownership_controls": "OwnershipControlsNotFoundError",
    "s3:get_bucket_tagging": "NoSuchTagSet",
    "s3:get_bucket_location": {"LocationConstraint": None},
}


def bucket(scripted, refused, **other):
    answers = {**BUCKET, **{f"s3:{name}": answer for name, answer in other.items()}}
    answers = {name: refused(answer) if isinstance(answer, str) else answer for name, answer in answers.items()}
    (found,) = s3.buckets(scripted(answers), names=["static"], listed=True)
    return found


def test_a_bare_bucket(scripted, refused):
    assert bucket(scripted, refused) == {
        "Name": "static",
        "Arn": "arn:aws:s3:::static",
        "Tags": {},
        "PublicAccessBlock": None,
        "Policy": None,
        "PolicyStatus": None,
        "Acl": [{"Permission": "READ"}],
        "Versioning": "Off",
        "Encryption": None,
        "Lifecycle": None,
        "IntelligentTiering": [],
        "Replication": None,
        "Logging": None,
        "Ownership": None,
        "Location": "us-east-1",
    }


def test_a_denied_part_keeps_its_error_and_the_rest(scripted, refused):
    found = bucket(scripted, refused, get_bucket_policy="AccessDenied", get_bucket_versioning={"Status": "Enabled"})
    assert found["Policy"] is None
    assert found["Errors"]["get_bucket_policy"]["code"] == "AccessDenied"
    assert found["Versioning"] == "Enabled"
    assert list(found["Errors"]) == ["get_bucket_policy"]


def test_a_bucket_that_does_not_exist_is_left_out(scripted, refused):
    aws = scripted({"s3:head_bucket": refused("404")})
    assert s3.buckets(aws, names=["gone"]) == []


def test_the_account_blocks_nothing_where_nothing_is_configured(scripted, refused):
    aws = scripted({"s3control:get_public_access_block": refused("NoSuchPublicAccessBlockConfiguration")})
    (found,) = s3.account_public_access_block(aws)
    assert set(found.values()) == {False}


def test_a_load_balancer_without_a_web_acl(scripted, refused):
    item, arn = {}, "arn:aws:elasticloadbalancing:x"
    assert wafv2.acl_of(scripted({"wafv2:get_web_acl_for_resource": {}}), item, arn) is None
    assert item == {}
    aws = scripted({"wafv2:get_web_acl_for_resource": refused("WAFNonexistentItemException")})
    assert wafv2.acl_of(aws, item, arn) is None
    assert item == {}
    denied = scripted({"wafv2:get_web_acl_for_resource": refused("AccessDeniedException")})
    assert wafv2.acl_of(denied, item, arn) is None
    assert item["Errors"]["get_web_acl_for_resource"]["code"] == "AccessDeniedException"


@pytest.mark.parametrize(
    ("image", "asked"),
    [
        ("app:1", {"imageTag": "1"}),
        ("app", {"imageTag": "latest"}),
        ("team/app@sha256:0a", {"imageDigest": "sha256:0a"}),
        ("app:1@sha256:0a", {"imageDigest": "sha256:0a"}),
    ],
)
def test_an_image_is_asked_for_by_digest_or_tag(image, asked, scripted, refused):
    aws = scripted({"ecr:describe_image_scan_findings": refused("ScanNotFoundException")})
    found = ecr.image_scan(aws, f"111122223333.dkr.ecr.us-east-1.amazonaws.com/{image}")
    assert found["Status"] is None
    assert "Errors" not in found
    parameters = aws.asked[0][2]
    assert parameters["imageId"] == asked
    assert parameters["registryId"] == "111122223333"
    assert parameters["repositoryName"] == image.split("@")[0].split(":")[0]
