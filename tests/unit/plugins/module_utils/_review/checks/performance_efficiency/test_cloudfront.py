# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.performance_efficiency import (
    cloudfront,
)

POLICIES, DISTRIBUTIONS = "cloudfront.cache_policies", "cloudfront.distributions"
ALB = {"PathPattern": "/api/*", "TargetOriginId": "alb", "DefaultTTL": 0, "Compress": True}


def distribution(domain="b.s3.us-east-1.amazonaws.com", others=(ALB,), **behavior):
    origins = [{"Id": "s3", "DomainName": domain}, {"Id": "alb", "DomainName": "a.us-east-1.elb.amazonaws.com"}]
    return {
        "ARN": "arn:d",
        "DistributionConfig": {
            "Origins": {"Items": origins},
            "DefaultCacheBehavior": {"TargetOriginId": "s3", **behavior},
            "CacheBehaviors": {"Items": list(others)},
        },
    }


def forwarded(query=False, cookies="none", ttl=3600):
    return {"DefaultTTL": ttl, "ForwardedValues": {"QueryString": query, "Cookies": {"Forward": cookies}}}


def policy(ttl=3600, cookies="none", queries="whitelist"):
    key = {"CookiesConfig": {"CookieBehavior": cookies}, "QueryStringsConfig": {"QueryStringBehavior": queries}}
    return {
        "Id": "p",
        "CachePolicyConfig": {"DefaultTTL": ttl, "ParametersInCacheKeyAndForwardedToOrigin": key},
    }


@pytest.mark.parametrize(
    ("found", "policies", "status"),
    [
        (distribution(**forwarded()), [], "PASS"),
        (distribution(**forwarded(query=True)), [], "FAIL"),
        (distribution(**forwarded(cookies="all")), [], "FAIL"),
        (distribution(**forwarded(ttl=0)), [], "FAIL"),
        (distribution(**forwarded(), MaxTTL=0), [], "FAIL"),
        (distribution(CachePolicyId="p"), [policy()], "PASS"),
        (distribution(CachePolicyId="p"), [policy(ttl=0)], "FAIL"),
        (distribution(CachePolicyId="p"), [policy(cookies="all")], "FAIL"),
        (distribution(CachePolicyId="p"), [policy(queries="all")], "FAIL"),
        (distribution(CachePolicyId="p"), [], "FAIL"),
        (distribution("b.s3.amazonaws.com", **forwarded(query=True)), [], "FAIL"),
        (distribution("b.s3-website-us-east-1.amazonaws.com", **forwarded(query=True)), [], "FAIL"),
        (distribution("www.example.com", **forwarded(query=True)), [], "NOT_APPLICABLE"),
    ],
)
def test_caching(judge, found, policies, status):
    collections = {DISTRIBUTIONS: [found], POLICIES: policies}
    assert judge(cloudfront.cloudfront_caching_configured, collections) == [status]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (distribution(Compress=True), "PASS"),
        (distribution(Compress=False), "FAIL"),
        (distribution(others=[{**ALB, "Compress": False}], Compress=True), "FAIL"),
    ],
)
def test_compression(judge, found, status):
    assert judge(cloudfront.cloudfront_compression, {DISTRIBUTIONS: [found]}) == [status]


@pytest.mark.parametrize(
    ("check", "denied"),
    [
        (cloudfront.cloudfront_caching_configured, POLICIES),
        (cloudfront.cloudfront_caching_configured, DISTRIBUTIONS),
        (cloudfront.cloudfront_compression, DISTRIBUTIONS),
    ],
)
def test_denied_and_absent(judge, check, denied):
    assert judge(check, {DISTRIBUTIONS: [distribution()]}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
