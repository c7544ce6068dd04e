# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import cloudfront

ORIGINS = [
    {"Id": "static", "DomainName": "b.s3.us-east-1.amazonaws.com"},
    {"Id": "replica", "DomainName": "r.s3.eu-west-1.amazonaws.com"},
    {"Id": "alb", "DomainName": "alb.example"},
]
GROUP = {"Id": "pair", "Members": {"Quantity": 2, "Items": [{"OriginId": "static"}, {"OriginId": "replica"}]}}


def distribution(default, further=(), groups=()):
    behaviors = [{"TargetOriginId": target, "PathPattern": f"/{target}/*"} for target in further]
    config = {
        "Origins": {"Items": ORIGINS},
        "OriginGroups": {"Quantity": len(groups), "Items": list(groups)},
        "DefaultCacheBehavior": {"TargetOriginId": default},
        "CacheBehaviors": {"Quantity": len(behaviors), "Items": behaviors},
    }
    return {"ARN": "arn:d", "DistributionConfig": config}


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (distribution("pair", ["alb"], [GROUP]), "PASS"),
        (distribution("static", ["alb"]), "FAIL"),
        (distribution("pair", ["static"], [GROUP]), "FAIL"),
        (distribution("alb"), "NOT_APPLICABLE"),
    ],
)
def test_failover(judge, found, status):
    assert judge(cloudfront.cloudfront_origin_failover, {"cloudfront.distributions": [found]}) == [status]
