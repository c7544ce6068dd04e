# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role edge leaves in the account."""

from __future__ import annotations

import json
from typing import Any

import botocore.session

PREFIX, ACCOUNT = "mywebapp-prod", "123456789012"
STATIC = f"{PREFIX}-static-{ACCOUNT}"


def client(service: str) -> Any:
    return botocore.session.Session().create_client(service, region_name="us-east-1")


def distribution() -> dict[str, Any]:
    listed = client("cloudfront").list_distributions()["DistributionList"]["Items"]
    (one,) = [one for one in listed if one["Comment"] == f"{PREFIX}-cdn"]
    return dict(client("cloudfront").get_distribution(Id=one["Id"])["Distribution"])


def test_static_files_are_read_by_the_distribution_alone() -> None:
    s3 = client("s3")
    assert s3.get_bucket_policy_status(Bucket=STATIC)["PolicyStatus"]["IsPublic"] is False
    assert all(s3.get_public_access_block(Bucket=STATIC)["PublicAccessBlockConfiguration"].values())
    statements = json.loads(s3.get_bucket_policy(Bucket=STATIC)["Policy"])["Statement"]
    allowed = [one for one in statements if one["Effect"] == "Allow"]
    assert [one["Principal"] for one in allowed] == [{"Service": "cloudfront.amazonaws.com"}]
    sources = allowed[0]["Condition"]["StringEquals"]["aws:SourceArn"]
    assert sources in (distribution()["ARN"], [distribution()["ARN"]])


def test_static_files_are_replicated_and_get_cheaper() -> None:
    s3 = client("s3")
    (rule,) = s3.get_bucket_replication(Bucket=STATIC)["ReplicationConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled" and rule["Destination"]["Bucket"].endswith("us-west-2")
    rules = s3.get_bucket_lifecycle_configuration(Bucket=STATIC)["Rules"]
    moves = [one for rule in rules for one in rule.get("Transitions", [])]
    assert moves == [{"Days": 90, "StorageClass": "STANDARD_IA"}]


def test_a_web_acl_with_five_rules_stands_before_cloudfront_and_logs() -> None:
    waf = client("wafv2")
    arn = distribution()["DistributionConfig"]["WebACLId"]
    (acl,) = [one for one in waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"] if one["ARN"] == arn]
    found = waf.get_web_acl(Name=acl["Name"], Scope="CLOUDFRONT", Id=acl["Id"])["WebACL"]
    assert [rule["Name"] for rule in found["Rules"]] == ["ip-reputation", "core", "known-bad-inputs", "sqli", "rate"]
    logging = waf.get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"]
    assert {one["SingleHeader"]["Name"] for one in logging["RedactedFields"]} == {"authorization", "cookie"}


def test_cloudfront_serves_by_https_compressed_and_logs() -> None:
    found = distribution()
    behavior = found["DistributionConfig"]["DefaultCacheBehavior"]
    assert behavior["ViewerProtocolPolicy"] == "redirect-to-https" and behavior["Compress"] is True
    policy = client("cloudfront").get_cache_policy(Id=behavior["CachePolicyId"])["CachePolicy"]["CachePolicyConfig"]
    assert (policy["MinTTL"], policy["DefaultTTL"], policy["MaxTTL"]) == (0, 3600, 86400)
    (source,) = client("logs").describe_delivery_sources()["deliverySources"]
    assert source["resourceArns"] == [found["ARN"]]
