# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Buckets that are read by CloudFront, replicated and take logs; deliveries; the account's block. Against local_aws."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.modules import (
    account_public_access_block,
    log_delivery,
    s3_bucket,
)

from tests.integration.edge.modules import run_module
from tests.playbook_run import LocalStack
from tests.writes import writes

STATIC, REPLICA, LOGS = "shop-static", "shop-static-us-west-2", "shop-access-logs"
DEFAULTS = {
    "block_public_access": True,
    "object_ownership": "BucketOwnerEnforced",
    "versioning": True,
    "tls_only": True,
    "close": True,
    "remove_public_statements": False,
}
OPEN = {
    "Sid": "Open",
    "Effect": "Allow",
    "Principal": "*",
    "Action": "s3:GetObject",
    "Resource": f"arn:aws:s3:::{STATIC}/*",
}
READERS = ["arn:aws:cloudfront::123456789012:distribution/E1"]
ROLE_TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
)


def bucket(name: str = STATIC, check: bool = False, region: str = "us-east-1", **options: Any) -> dict[str, Any]:
    item = {"name": name, **DEFAULTS, **options}
    return run_module(s3_bucket, {"buckets": [item]}, check=check, region=region)


@pytest.fixture
def s3(stack: LocalStack) -> Any:
    stack.control.clear_faults()
    stack.control.reset()
    return stack.boto("s3")


def policy(s3: Any, name: str = STATIC) -> dict[str, Any]:
    document = json.loads(s3.get_bucket_policy(Bucket=name)["Policy"])
    return {one["Sid"]: one for one in document["Statement"]}


class TestPolicies:
    def test_who_is_admitted_stands_beside_what_others_wrote(self, s3: Any) -> None:
        wanted = {"admits": ["access_logs", "delivered_logs", "load_balancer_logs"], "versioning": False}
        own = [{**OPEN, "Sid": "Own", "Principal": {"AWS": "123456789012"}, "Resource": f"arn:aws:s3:::{LOGS}/*"}]
        assert bucket(LOGS, **wanted, policy_statements=own)["changed"]
        theirs = {**own[0], "Sid": "Theirs"}
        changed = {sid: one for sid, one in policy(s3, LOGS).items() if sid != "AccessLogs"}
        document = {"Version": "2012-10-17", "Statement": [*changed.values(), theirs]}
        s3.put_bucket_policy(Bucket=LOGS, Policy=json.dumps(document))
        assert bucket(LOGS, **wanted, policy_statements=own)["changes"][0]["fields"] == ["statements"]
        assert set(policy(s3, LOGS)) == {
            "DenyInsecureTransport", "AccessLogs", "DeliveredLogs", "DeliveryLooksAtTheBucket", "LoadBalancerLogs",
            "Own", "Theirs",
        }  # fmt: skip
        assert not bucket(LOGS, **wanted, policy_statements=own)["changed"]

    def test_an_open_bucket_is_closed_once_cloudfront_reads_it(self, s3: Any) -> None:
        s3.create_bucket(Bucket=STATIC)
        s3.delete_public_access_block(Bucket=STATIC)
        s3.put_bucket_policy(Bucket=STATIC, Policy=json.dumps({"Version": "2012-10-17", "Statement": [OPEN]}))
        for _time in range(2):
            bucket(close=False, remove_public_statements=True, cloudfront_distributions=READERS)
            assert {"Open", "DistributionsThatMayRead"} <= set(policy(s3))
        changed = bucket(remove_public_statements=True, cloudfront_distributions=READERS)
        assert changed["changes"][0]["fields"] == ["block_public_access", "public_statements"]
        assert "Open" not in policy(s3) and changed["warnings"] == []
        assert not bucket(remove_public_statements=True, cloudfront_distributions=READERS)["changed"]
        assert not bucket(close=False, remove_public_statements=True)["changed"]

    def test_a_closed_bucket_with_a_public_policy_gets_rid_of_it(self, s3: Any) -> None:
        s3.create_bucket(Bucket=STATIC)
        s3.delete_public_access_block(Bucket=STATIC)
        s3.put_bucket_policy(Bucket=STATIC, Policy=json.dumps({"Version": "2012-10-17", "Statement": [OPEN]}))
        closed = dict.fromkeys(
            ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
        )
        s3.put_public_access_block(Bucket=STATIC, PublicAccessBlockConfiguration=closed)
        assert "nothing can be added to it" in bucket(cloudfront_distributions=READERS)["warnings"][0]
        assert bucket(cloudfront_distributions=READERS, remove_public_statements=True)["warnings"] == []
        assert set(policy(s3)) == {"DenyInsecureTransport", "DistributionsThatMayRead"}

    def test_a_new_bucket_is_closed_whatever_is_said(self, s3: Any) -> None:
        assert bucket(close=False, remove_public_statements=True)["changed"]
        block = s3.get_public_access_block(Bucket=STATIC)["PublicAccessBlockConfiguration"]
        assert all(block.values())


class TestReplication:
    @pytest.fixture
    def wanted(self, s3: Any, stack: LocalStack) -> dict[str, Any]:
        stack.boto("iam").create_role(RoleName="shop-replication", AssumeRolePolicyDocument=ROLE_TRUST)
        bucket(REPLICA, region="us-west-2")
        return {
            "replicate_to": REPLICA,
            "replication_role": "shop-replication",
            "replicate_delete_markers": True,
            "replication_metrics": True,
            "standard_ia_days": 90,
            "noncurrent_days": 30,
        }

    def test_one_rule_for_the_whole_bucket(self, s3: Any, wanted: dict[str, Any]) -> None:
        assert bucket(**wanted, check=True)["changed"] and bucket(**wanted)["changed"]
        kept = s3.get_bucket_replication(Bucket=STATIC)["ReplicationConfiguration"]
        assert kept["Role"].endswith(":role/shop-replication")
        assert kept["Rules"][0]["Destination"] == {
            "Bucket": f"arn:aws:s3:::{REPLICA}",
            "Metrics": {"Status": "Enabled"},
        }
        rules = {one["ID"] for one in s3.get_bucket_lifecycle_configuration(Bucket=STATIC)["Rules"]}
        assert rules == {"move-to-standard-ia", "expire-noncurrent-versions"}
        assert not bucket(**wanted)["changed"]
        key = "arn:aws:kms:us-west-2:123456789012:key/k"
        changed = bucket(**wanted, replication_kms_key=key, replication_time_control=True)
        assert changed["changes"][0]["fields"] == ["replication_kms_key", "replication_time_control"]
        assert not bucket(**wanted, replication_kms_key=key, replication_time_control=True)["changed"]

    def test_rules_of_others_stay_and_their_role_decides(self, s3: Any, wanted: dict[str, Any]) -> None:
        bucket()
        role = "arn:aws:iam::123456789012:role/theirs"
        theirs = {
            "ID": "theirs", "Priority": 1, "Status": "Enabled", "Filter": {"Prefix": "a/"},
            "DeleteMarkerReplication": {"Status": "Disabled"}, "Destination": {"Bucket": f"arn:aws:s3:::{REPLICA}"},
        }  # fmt: skip
        s3.put_bucket_replication(Bucket=STATIC, ReplicationConfiguration={"Role": role, "Rules": [theirs]})
        left = bucket(**wanted)
        assert "with the role arn:aws:iam::123456789012:role/theirs" in left["warnings"][0]
        assert s3.get_bucket_replication(Bucket=STATIC)["ReplicationConfiguration"]["Rules"] == [theirs]
        bucket(**{**wanted, "replication_role": role})
        rules = s3.get_bucket_replication(Bucket=STATIC)["ReplicationConfiguration"]["Rules"]
        assert [(one["ID"], one["Priority"]) for one in rules] == [("theirs", 1), ("replicate-to-another-region", 2)]

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"replicate_to": "nowhere-at-all"}, "s3_bucket nowhere-at-all does not exist"),
            ({"replication_role": None}, "replicate_to without replication_role"),
            ({"standard_ia_days": 7}, "S3 takes 30 and more"),
            ({"expiration_days": 60}, "objects must move before they end"),
            ({"policy_statements": [{"Effect": "Allow"}]}, "has no Sid"),
            ({"policy_statements": [{**OPEN, "Sid": "DenyInsecureTransport"}]}, "is taken"),
        ],
    )
    def test_what_cannot_be_is_refused(self, s3: Any, wanted: dict[str, Any], options: Any, words: str) -> None:
        with pytest.raises(Refusal) as refusal:
            bucket(**{**wanted, **options})
        assert words in str(refusal.value)
        assert STATIC not in {one["Name"] for one in s3.list_buckets()["Buckets"]}


class TestAccount:
    def test_the_account_is_closed_and_stays_so(self, s3: Any, stack: LocalStack) -> None:
        every = dict.fromkeys(
            ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"), True
        )
        assert run_module(account_public_access_block, every, check=True)["changed"]
        assert run_module(account_public_access_block, every)["changed"]
        assert not run_module(account_public_access_block, every)["changed"]
        some = run_module(account_public_access_block, {**every, "block_public_policy": False})
        assert some["changes"][0]["fields"] == ["block_public_policy"]


class TestDelivery:
    @pytest.fixture
    def wanted(self, s3: Any, stack: LocalStack) -> dict[str, Any]:
        bucket(LOGS, admits=["delivered_logs"])
        return {
            "name": "shop-cdn",
            "resource": distribution(stack),
            "log_type": "ACCESS_LOGS",
            "bucket": LOGS,
            "output_format": "json",
            "suffix_path": "{DistributionId}/{yyyy}",
        }

    def test_three_parts_are_made_and_kept(self, s3: Any, stack: LocalStack, wanted: dict[str, Any]) -> None:
        before = policy(s3, LOGS)
        assert deliver(wanted, check=True)["changed"] and deliver(wanted)["changed"]
        assert not deliver(wanted)["changed"]
        assert policy(s3, LOGS) == before, "AWS has nothing to add"
        logs = stack.boto("logs")
        (made,) = logs.describe_deliveries()["deliveries"]
        assert (
            made["s3DeliveryConfiguration"]["suffixPath"] == "AWSLogs/{account-id}/CloudFront/{DistributionId}/{yyyy}"
        )
        logs.update_delivery_configuration(
            id=made["id"], recordFields=["date"], s3DeliveryConfiguration={"suffixPath": "elsewhere"}
        )
        logs.untag_resource(
            resourceArn=logs.describe_delivery_sources()["deliverySources"][0]["arn"], tagKeys=["Project"]
        )
        fields = ["date", "time", "c-ip"]
        assert deliver({**wanted, "record_fields": fields})["changes"][0]["fields"] == ["record_fields", "suffix_path"]
        (now,) = logs.describe_deliveries()["deliveries"]
        assert now["recordFields"] == fields and now["id"] == made["id"]
        assert now["s3DeliveryConfiguration"]["suffixPath"] == made["s3DeliveryConfiguration"]["suffixPath"]
        assert not deliver({**wanted, "record_fields": fields})["changed"]

    @pytest.mark.parametrize("action", ["PutDeliverySource", "PutDeliveryDestination", "CreateDelivery"])
    @pytest.mark.parametrize("kind", ["drop", "error_after"])
    def test_lost_answers_make_nothing_twice(
        self, stack: LocalStack, wanted: dict[str, Any], action: str, kind: str
    ) -> None:
        stack.control.faults({"kind": kind, "action": f"logs:{action}", "count": 1})
        deliver(wanted)
        logs = stack.boto("logs")
        assert (
            len(logs.describe_deliveries()["deliveries"])
            == len(logs.describe_delivery_sources()["deliverySources"])
            == 1
        )

    def test_what_an_ended_run_has_put_is_not_put_again(self, stack: LocalStack, wanted: dict[str, Any]) -> None:
        """Else no run that is ended there comes any further than the one before."""
        deliver(wanted)
        logs = stack.boto("logs")
        logs.delete_delivery(id=logs.describe_deliveries()["deliveries"][0]["id"])
        stack.control.clear_calls()
        deliver(wanted)
        assert writes(stack.control) == ["CreateDelivery"]

    def test_what_others_deliver_stays(self, stack: LocalStack, wanted: dict[str, Any]) -> None:
        deliver({**wanted, "name": "theirs"})
        left = deliver(wanted)
        assert not left["changed"] and "by theirs already" in left["warnings"][0]

    @pytest.mark.parametrize(
        ("options", "words"),
        [
            ({"bucket": None}, "either a bucket or a log_group"),
            ({"name": "a.b"}, "at most 60 letters"),
            ({"hive_compatible_path": True, "suffix_path": "year={yyyy}"}, "leave them out"),
        ],
    )
    def test_what_cannot_be_is_refused(self, wanted: dict[str, Any], options: Any, words: str) -> None:
        with pytest.raises(Refusal) as refusal:
            deliver({**wanted, **options})
        assert words in str(refusal.value)

    def test_cloudfront_delivers_in_one_region(self, wanted: dict[str, Any]) -> None:
        with pytest.raises(Refusal, match="give the task region: us-east-1"):
            deliver(wanted, region="eu-west-1")


def deliver(item: dict[str, Any], **how: Any) -> dict[str, Any]:
    return run_module(log_delivery, {"deliveries": [item]}, **how)


def distribution(stack: LocalStack) -> str:
    origin = {
        "Id": "s",
        "DomainName": f"{STATIC}.s3.us-east-1.amazonaws.com",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    behavior = {
        "TargetOriginId": "s",
        "ViewerProtocolPolicy": "redirect-to-https",
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        "MinTTL": 0,
    }
    config = {
        "CallerReference": "shop",
        "Comment": "shop",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": behavior,
    }
    made = stack.boto("cloudfront").create_distribution(DistributionConfig=config)["Distribution"]
    return str(made["ARN"])
