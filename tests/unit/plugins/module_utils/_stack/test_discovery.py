# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json
import re
from collections import Counter
from urllib.request import urlopen

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.collectors import COLLECTORS
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.discovery import collect
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot, Unavailable

from local_aws.stacks import large_account

# What the review's "Current State" sections say is there; everything else is empty.
AS_REVIEWED = {
    "ec2.vpcs": 1,
    "ec2.subnets": 6,
    "ec2.route_tables": 5,
    "ec2.internet_gateways": 1,
    "ec2.nat_gateways": 2,
    "ec2.addresses": 2,
    "ec2.security_groups": 4,
    "ec2.flow_logs": 0,
    "rds.db_clusters": 1,
    "rds.db_instances": 2,
    "rds.db_subnet_groups": 1,
    "ecs.clusters": 1,
    "ecs.services": 1,
    "ecs.task_definitions": 1,
    "iam.task_roles": 2,
    "ecr.repositories": 1,
    "elbv2.load_balancers": 1,
    "elbv2.listeners": 1,
    "elbv2.target_groups": 1,
    "cloudfront.distributions": 1,
    "wafv2.associations": 1,
    "wafv2.web_acls": 0,
    "s3.buckets": 2,
    "s3.terraform_states": 1,
    "logs.log_groups": 1,
    "secretsmanager.secrets": 0,
    "cloudwatch.alarms": 0,
    "backup.plans": 0,
    "cloudtrail.trails": 0,
}
MOST_CALLS = 200


def test_the_stack_as_reviewed_is_found_whole(whole):
    snapshot, _calls = whole
    assert snapshot.errors == {}
    assert set(snapshot.collections) == set(COLLECTORS)
    assert {name: len(snapshot.items(name)) for name in AS_REVIEWED} == AS_REVIEWED


def test_no_item_lacks_an_answer(whole):
    snapshot, _calls = whole
    incomplete = {name for name, items in snapshot.collections.items() if any(item.get("Errors") for item in items)}
    assert incomplete == set()


def test_a_pass_takes_few_calls_and_reads_each_list_once(whole):
    _snapshot, calls = whole
    assert len(calls) <= MOST_CALLS
    # Twice: both regions, both scopes or both kinds of alarm.
    twice = {"backup:ListBackupVaults", "resourcegroupstaggingapi:GetResources", "wafv2:ListWebACLs"}
    twice |= {"cloudwatch:DescribeAlarms", "rds:DescribeDBClusters"}
    lists = re.compile(r":(List|Describe)[A-Za-z]+s$")
    often = {call for call, count in Counter(calls).items() if count > 1 and lists.search(call)}
    per_item = {"rds:ListTagsForResource", "s3:ListBucketIntelligentTieringConfigurations"}
    per_namespace = {"cloudwatch:ListMetrics", "application-autoscaling:DescribeScalableTargets"}
    of_a_role = {"iam:ListRolePolicies", "iam:ListAttachedRolePolicies"}
    assert often - twice - per_item - per_namespace - of_a_role == set()


def test_no_secret_enters_the_snapshot(whole, loaded):
    snapshot, _calls = whole
    text = json.dumps(snapshot.to_dict())
    with urlopen(f"{loaded['endpoint_url']}/_local_aws/secrets") as answer:  # noqa: S310 - this process's emulator
        held = json.load(answer)
    assert loaded["password"] in held
    assert [secret for secret in held if secret in text] == []
    (variable,) = (
        one
        for one in snapshot.items("ecs.task_definitions")[0]["containerDefinitions"][0]["environment"]
        if one["UrlUserInfo"] or "PASSWORD" in one["name"]
    )
    assert set(variable) == {"name", "ValueLength", "Entropy", "UrlUserInfo"}
    assert snapshot.items("s3.terraform_states")[0]["PlaintextAttributes"]


def test_a_saved_snapshot_is_the_same(whole):
    snapshot, _calls = whole
    assert Snapshot.from_dict(json.loads(json.dumps(snapshot.to_dict()))).to_dict() == snapshot.to_dict()


def test_a_denied_call_fails_what_needs_it_and_nothing_else(gather, control):
    control.faults({"kind": "denied", "action": "rds:DescribeDBClusters"})
    snapshot = gather("aurora", "network")
    for name in ("rds.db_clusters", "rds.db_instances", "rds.db_subnet_groups", "autoscaling.replica_targets"):
        with pytest.raises(Unavailable) as caught:
            snapshot.items(name)
        assert caught.value.error["operation"] == "describe_db_clusters"
        assert caught.value.error["code"] == "AccessDenied"
    assert len(snapshot.items("ec2.vpcs")) == 1
    assert snapshot.items("rds.event_subscriptions") == ()


def test_a_denied_further_call_stays_with_its_item(gather, control):
    control.faults({"kind": "denied", "action": "s3:GetBucketPolicy"})
    for bucket in gather("s3.buckets").items("s3.buckets"):
        assert bucket["Policy"] is None
        assert bucket["Errors"]["get_bucket_policy"]["code"] == "AccessDenied"
        assert bucket["Versioning"]


def test_tags_that_could_not_be_read_are_not_taken_for_none(gather, control):
    control.faults(
        {"kind": "denied", "action": "s3:GetBucketTagging"}, {"kind": "denied", "action": "ecs:ListClusters"}
    )
    tags = gather("resourcegroupstaggingapi.resources").items("resourcegroupstaggingapi.resources")
    by_collector = {}
    for one in tags:
        by_collector.setdefault(one["Collector"], []).append(one)
    assert [one["Tags"] for one in by_collector["s3.buckets"]] == [None, None]
    assert list(by_collector["s3.buckets"][0]["Errors"]) == ["get_bucket_tagging"]
    (clusters,) = by_collector["ecs.clusters"]
    assert (clusters["ResourceARN"], clusters["Tags"]) == ("", None)
    assert clusters["Errors"]["list_clusters"]["code"] == "AccessDeniedException"
    assert by_collector["ec2.vpcs"][0]["Tags"] == {"Name": "mywebapp-prod-vpc"}


def test_everything_taggable_is_in_the_inventory_of_tags(whole):
    snapshot, _calls = whole
    found = {one["ResourceARN"]: one["Tags"] for one in snapshot.items("resourcegroupstaggingapi.resources")}
    assert all(arn.startswith("arn:aws:") for arn in found)
    assert not any(tags is None for tags in found.values())
    assert f"arn:aws:ec2:us-east-1:{snapshot.account_id}:vpc/{snapshot.items('ec2.vpcs')[0]['VpcId']}" in found
    assert snapshot.items("elbv2.target_groups")[0]["TargetGroupArn"] in found
    assert not any("cluster-pg:default." in arn for arn in found)


def test_only_what_is_asked_for_is_gathered(gather, aws):
    snapshot = gather("ec2.subnets")
    assert set(snapshot.collections) == {"ec2.subnets"}
    assert {call.split(":")[0] for call in aws.calls} == {"sts", "ec2"}
    with pytest.raises(Unavailable) as caught:
        snapshot.items("ec2.vpcs")
    assert caught.value.error["code"] == "NotGathered"


def test_a_group_is_all_its_collectors(gather):
    expected = {name for name, collector in COLLECTORS.items() if collector.group == "cache"}
    assert set(gather("cache").collections) == expected


def test_what_gather_does_not_know_is_refused(gather, aws):
    with pytest.raises(Refusal, match="gather knows no nonsense"):
        gather("network", "nonsense")
    assert aws.calls == []


def test_an_account_without_the_stack_has_nothing(aws):
    snapshot = collect(aws, project="other", environment="prod", gather=["network", "aurora", "ecs", "edge"])
    found = {name for name, items in snapshot.collections.items() if items and COLLECTORS[name].workload}
    assert (found, snapshot.errors) == (set(), {})


def test_what_only_its_tags_say_is_the_workloads_is_found(gather, aws):
    s3, logs = aws.client("s3"), aws.client("logs")
    ours = {"Project": "mywebapp", "Environment": "prod"}
    for bucket, tags in (("uploads", ours), ("mywebapp-prod-of-another", {**ours, "Project": "another"})):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_tagging(
            Bucket=bucket, Tagging={"TagSet": [{"Key": key, "Value": value} for key, value in tags.items()]}
        )
    logs.create_log_group(logGroupName="/uploads", tags=ours)
    try:
        snapshot = gather("s3.buckets", "logs.log_groups")
        names = {bucket["Name"] for bucket in snapshot.items("s3.buckets")}
        assert "uploads" in names
        assert "mywebapp-prod-of-another" not in names
        assert "/uploads" in {group["logGroupName"] for group in snapshot.items("logs.log_groups")}
    finally:
        for bucket in ("uploads", "mywebapp-prod-of-another"):
            s3.delete_bucket(Bucket=bucket)
        logs.delete_log_group(logGroupName="/uploads")


def test_a_big_account_takes_a_few_pages_more(gather, aws, whole, loaded, monkeypatch):
    """Calls are made for members only. Last in this file: what it makes stays."""
    snapshot, calls = whole
    for name, count in {"BUCKETS": 60, "SECURITY_GROUPS": 60, "SECRETS": 120, "LOG_GROUPS": 120}.items():
        monkeypatch.setattr(large_account, name, count)
    large_account.load(loaded["endpoint_url"])
    found = gather(dr_region="us-west-2")
    for name, collector in COLLECTORS.items():
        if collector.workload:
            assert len(found.items(name)) == len(snapshot.items(name)), name
    assert len(found.items("s3.bucket_names")) == 62
    assert len(aws.calls) <= len(calls) + 5
