# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules of CloudFront as playbooks: from nothing, on a distribution as it was found, drifted, refused, late."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local_aws.stacks import as_reviewed
from tests.integration.tasks import play
from tests.playbook_run import LocalStack

NAME = "mywebapp-prod"
CDN = f"{NAME}-cdn"
TAGS = {"Project": "mywebapp", "Environment": "prod"}
BUCKET = f"{NAME}-static-123456789012"
READ, ALL = ["GET", "HEAD"], ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
POLICIES = {
    "cache_policies": [{"name": f"{NAME}-static", "default_ttl": 3600, "max_ttl": 86400}],
    "response_headers_policies": [
        {
            "name": f"{NAME}-security",
            "strict_transport_security": {"include_subdomains": True},
            "content_type_options": {},
            "frame_options": {"value": "DENY"},
            "referrer_policy": {},
        }
    ],
}
ACCESS = {"origin_access_controls": [f"{NAME}-static"]}
DISTRIBUTION: dict[str, Any] = {
    "name": CDN,
    "http_version": "http2and3",
    "default_root_object": "index.html",
    "additional_metrics": True,
    "origins": [
        {"id": "s3-static", "bucket": BUCKET, "origin_access_control": f"{NAME}-static"},
        {"id": "alb", "domain_name": "origin.example.com", "protocol_policy": "https-only"},
    ],
    "default_cache_behavior": {
        "origin": "s3-static",
        "viewer_protocol_policy": "redirect-to-https",
        "compress": True,
        "cache_policy": f"{NAME}-static",
        "response_headers_policy": f"{NAME}-security",
    },
    "cache_behaviors": [
        {
            "path_pattern": "/api/*",
            "origin": "alb",
            "viewer_protocol_policy": "redirect-to-https",
            "allowed_methods": ALL,
            "compress": True,
            "cache_policy": "CachingDisabled",
            "origin_request_policy": "AllViewer",
        }
    ],
}
TASKS = {
    "Policies": ("cloudfront_policy", POLICIES),
    "Access": ("cloudfront_origin_access_control", ACCESS),
    "Distribution": ("cloudfront_distribution", {"distributions": [DISTRIBUTION], "tags": TAGS}),
}


def with_distribution(**options: Any) -> dict[str, Any]:
    """The tasks, the distribution with other options."""
    return {
        **TASKS,
        "Distribution": ("cloudfront_distribution", {"distributions": [{**DISTRIBUTION, **options}], "tags": TAGS}),
    }


@pytest.fixture
def empty(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    return stack


def document(stack: LocalStack) -> dict[str, Any]:
    cloudfront = stack.boto("cloudfront")
    listed = cloudfront.list_distributions()["DistributionList"]
    assert listed["Quantity"] == 1
    found = cloudfront.get_distribution(Id=listed["Items"][0]["Id"])["Distribution"]
    return {**found["DistributionConfig"], "Id": found["Id"], "ARN": found["ARN"], "Status": found["Status"]}


def test_nothing_becomes_a_distribution_and_a_second_run_changes_nothing(empty: LocalStack, tmp_path: Path) -> None:
    planned = play(empty, tmp_path, TASKS, "--check", "--diff")
    assert planned.ok().changed_tasks == list(TASKS)
    assert empty.boto("cloudfront").list_distributions()["DistributionList"]["Quantity"] == 0
    made = play(empty, tmp_path, TASKS)
    assert made.ok().changed_tasks == list(TASKS)
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == []
    assert play(empty, tmp_path, TASKS, "--check").ok().changed_tasks == []


@pytest.fixture
def found(stack: LocalStack) -> LocalStack:
    """The stack as it was found: two origins, every cookie forwarded, plain HTTP."""
    stack.control.reset()
    as_reviewed.load(stack.endpoint)
    return stack


def test_a_distribution_as_found_is_changed_in_place_and_keeps_what_nobody_asked_for(
    found: LocalStack, tmp_path: Path
) -> None:
    before = document(found)
    cloudfront = found.boto("cloudfront")
    whole = cloudfront.get_distribution_config(Id=before["Id"])
    config = whole["DistributionConfig"]
    config["Origins"]["Items"][1]["CustomHeaders"] = {
        "Quantity": 1,
        "Items": [{"HeaderName": "X-Theirs", "HeaderValue": "theirs"}],
    }
    config["CacheBehaviors"]["Items"].insert(0, {**config["CacheBehaviors"]["Items"][0], "PathPattern": "/theirs/*"})
    config["CacheBehaviors"]["Quantity"] = 2
    cloudfront.update_distribution(Id=before["Id"], IfMatch=whole["ETag"], DistributionConfig=config)
    before = document(found)

    assert play(found, tmp_path, TASKS, "--check").ok().changed_tasks == list(TASKS)
    assert document(found) == before
    assert play(found, tmp_path, TASKS).ok().changed_tasks == list(TASKS)
    after = document(found)
    assert (after["Id"], after["CallerReference"], after["PriceClass"]) == (before["Id"], CDN, "PriceClass_100")
    assert [one["PathPattern"] for one in after["CacheBehaviors"]["Items"]] == ["/theirs/*", "/api/*"]
    assert after["CacheBehaviors"]["Items"][0] == before["CacheBehaviors"]["Items"][0]
    static, alb = after["Origins"]["Items"]
    assert static["OriginAccessControlId"]
    assert alb["CustomHeaders"]["Items"] == [{"HeaderName": "X-Theirs", "HeaderValue": "theirs"}]
    assert alb["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    default = after["DefaultCacheBehavior"]
    assert default["CachePolicyId"]
    assert default["Compress"]
    assert not {"ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"} & set(default)
    assert play(found, tmp_path, TASKS).ok().changed_tasks == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"aliases": ["www.example.com"]}, "need a certificate of us-east-1"),
        ({"certificate": "www.example.com"}, "acm_certificate www.example.com does not exist; the role edge makes it"),
        ({"default_cache_behavior": {"origin": "s3-static", "cache_policy": "none-such"}},
         "cloudfront_cache_policy none-such does not exist"),
        ({"default_cache_behavior": {"origin": "gone"}}, "origin is gone; there are alb, s3-static"),
        ({"origins": [{"id": "alb", "vpc_origin": "none-such"}]}, "cloudfront_vpc_origin none-such does not exist"),
        ({"minimum_protocol_version": "TLSv1.2_2021"}, "minimum_protocol_version needs a certificate"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_before_anything_is_changed(
    found: LocalStack, tmp_path: Path, options: dict[str, Any], words: str
) -> None:
    play(found, tmp_path, TASKS).ok()
    before = document(found)
    refused = play(found, tmp_path, {"Distribution": with_distribution(**options)["Distribution"]})
    assert refused.rc != 0
    assert words in refused.stdout
    assert "Nothing was changed" in refused.stdout
    assert document(found) == before


def test_a_certificate_that_is_not_issued_is_refused(found: LocalStack, tmp_path: Path) -> None:
    play(found, tmp_path, TASKS).ok()
    before = document(found)
    arn = found.boto("acm").request_certificate(DomainName="www.example.com", ValidationMethod="DNS")["CertificateArn"]
    refused = play(found, tmp_path, with_distribution(certificate=arn, aliases=["www.example.com"]))
    assert refused.rc != 0
    assert "is PENDING_VALIDATION and cannot serve" in refused.stdout
    assert document(found) == before


def _with_document(stack: LocalStack, change: Any) -> None:
    cloudfront = stack.boto("cloudfront")
    identifier = document(stack)["Id"]
    whole = cloudfront.get_distribution_config(Id=identifier)
    change(whole["DistributionConfig"])
    cloudfront.update_distribution(Id=identifier, IfMatch=whole["ETag"], DistributionConfig=whole["DistributionConfig"])


def _drift_http(config: dict[str, Any]) -> None:
    config["HttpVersion"] = "http1.1"


def _drift_viewers(config: dict[str, Any]) -> None:
    config["CacheBehaviors"]["Items"][0]["ViewerProtocolPolicy"] = "allow-all"


def _drift_origin(config: dict[str, Any]) -> None:
    config["Origins"]["Items"][1]["CustomOriginConfig"]["OriginProtocolPolicy"] = "http-only"


def _drift_access(config: dict[str, Any]) -> None:
    config["Origins"]["Items"][0]["OriginAccessControlId"] = ""


def _drift_lifetimes(config: dict[str, Any]) -> None:
    default = config["DefaultCacheBehavior"]
    del default["CachePolicyId"]
    default.update(ForwardedValues={"QueryString": True, "Cookies": {"Forward": "all"}}, MinTTL=0)


def _drift_root(config: dict[str, Any]) -> None:
    config["DefaultRootObject"] = ""


def _without_metrics(stack: LocalStack) -> None:
    stack.boto("cloudfront").delete_monitoring_subscription(DistributionId=document(stack)["Id"])


def _without_tags(stack: LocalStack) -> None:
    tags = {"Items": ["Project", "Environment"]}
    stack.boto("cloudfront").untag_resource(Resource=document(stack)["ARN"], TagKeys=tags)


def _other_comment(stack: LocalStack) -> None:
    _with_document(stack, lambda config: config.update(Comment="somebody's words"))


def _policy_drift(stack: LocalStack) -> None:
    cloudfront = stack.boto("cloudfront")
    own = cloudfront.list_cache_policies(Type="custom")["CachePolicyList"]["Items"][0]["CachePolicy"]
    found = cloudfront.get_cache_policy(Id=own["Id"])
    config = {**found["CachePolicy"]["CachePolicyConfig"], "MaxTTL": 31536000}
    cloudfront.update_cache_policy(Id=own["Id"], IfMatch=found["ETag"], CachePolicyConfig=config)


def _headers_drift(stack: LocalStack) -> None:
    cloudfront = stack.boto("cloudfront")
    listed = cloudfront.list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]
    identifier = listed["Items"][0]["ResponseHeadersPolicy"]["Id"]
    found = cloudfront.get_response_headers_policy(Id=identifier)
    config = found["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]
    config["SecurityHeadersConfig"]["FrameOptions"]["FrameOption"] = "SAMEORIGIN"
    config["ServerTimingHeadersConfig"] = {"Enabled": True, "SamplingRate": 1.0}
    cloudfront.update_response_headers_policy(Id=identifier, IfMatch=found["ETag"], ResponseHeadersPolicyConfig=config)


def _access_drift(stack: LocalStack) -> None:
    cloudfront = stack.boto("cloudfront")
    one = cloudfront.list_origin_access_controls()["OriginAccessControlList"]["Items"][0]
    found = cloudfront.get_origin_access_control(Id=one["Id"])
    config = {**found["OriginAccessControl"]["OriginAccessControlConfig"], "SigningBehavior": "never"}
    cloudfront.update_origin_access_control(Id=one["Id"], IfMatch=found["ETag"], OriginAccessControlConfig=config)


DRIFTS: list[tuple[Any, list[str]]] = [
    (lambda stack: _with_document(stack, _drift_http), ["Distribution"]),
    (lambda stack: _with_document(stack, _drift_viewers), ["Distribution"]),
    (lambda stack: _with_document(stack, _drift_origin), ["Distribution"]),
    (lambda stack: _with_document(stack, _drift_access), ["Distribution"]),
    (lambda stack: _with_document(stack, _drift_lifetimes), ["Distribution"]),
    (lambda stack: _with_document(stack, _drift_root), ["Distribution"]),
    (_without_metrics, ["Distribution"]),
    (_without_tags, ["Distribution"]),
    (_policy_drift, ["Policies"]),
    (_headers_drift, ["Policies"]),
    (_access_drift, ["Access"]),
    (_other_comment, []),
]


def test_each_drift_is_reported_and_repaired(empty: LocalStack, tmp_path: Path) -> None:
    play(empty, tmp_path, TASKS).ok()
    for put, tasks in DRIFTS:
        put(empty)
        assert play(empty, tmp_path, TASKS, "--check").ok().changed_tasks == tasks
        assert play(empty, tmp_path, TASKS).ok().changed_tasks == tasks
        assert play(empty, tmp_path, TASKS).ok().changed_tasks == []
    assert document(empty)["Comment"] == "somebody's words"
    policies = empty.boto("cloudfront").list_response_headers_policies(Type="custom")["ResponseHeadersPolicyList"]
    kept = policies["Items"][0]["ResponseHeadersPolicy"]["ResponseHeadersPolicyConfig"]
    assert kept["ServerTimingHeadersConfig"]["Enabled"]


def test_a_header_takes_its_value_from_a_secret_and_shows_none(empty: LocalStack, tmp_path: Path) -> None:
    play(empty, tmp_path, TASKS).ok()
    secrets = empty.boto("secretsmanager")
    secrets.create_secret(Name="origin", SecretString=json.dumps({"current": "hush-1"}))
    header = {"name": "X-Origin-Verify", "secret": "origin", "secret_key": "current"}
    tasks = with_distribution(origins=[{"id": "alb", "custom_headers": [header]}])
    changed = play(empty, tmp_path, tasks, "--diff", "-vvv").ok()
    assert changed.changed_tasks == ["Distribution"]
    assert play(empty, tmp_path, tasks).ok().changed_tasks == []
    secrets.put_secret_value(SecretId="origin", SecretString=json.dumps({"current": "hush-2"}))
    rotated = play(empty, tmp_path, tasks, "--diff", "-vvv").ok()
    assert rotated.changed_tasks == ["Distribution"]
    sent = document(empty)["Origins"]["Items"][1]["CustomHeaders"]["Items"]
    assert sent == [{"HeaderName": "x-origin-verify", "HeaderValue": "hush-2"}]
    assert "hush-" not in changed.stdout + rotated.stdout


def test_a_run_waits_until_it_is_deployed_unless_told_not_to(empty: LocalStack, tmp_path: Path) -> None:
    empty.control.settings(transition_seconds=4)
    options = TASKS["Distribution"][1]
    started = {**TASKS, "Distribution": ("cloudfront_distribution", {**options, "wait": False})}
    play(empty, tmp_path, started).ok()
    assert document(empty)["Status"] == "InProgress"
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == []
    assert document(empty)["Status"] == "Deployed"


def test_an_answer_that_is_lost_makes_no_second_distribution(empty: LocalStack, tmp_path: Path) -> None:
    lost = {"kind": "drop", "action": "cloudfront:CreateDistributionWithTags", "count": 1}
    empty.control.faults(lost, {"kind": "drop", "action": "cloudfront:Create*Policy", "count": 2})
    play(empty, tmp_path, TASKS).ok()
    empty.control.clear_faults()
    assert document(empty)["Comment"] == CDN
    assert play(empty, tmp_path, TASKS).ok().changed_tasks == []
