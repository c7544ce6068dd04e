# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The modules of CloudFront as playbooks: from nothing, on a distribution as it was found, drifted, refused, late."""

from __future__ import annotations

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
