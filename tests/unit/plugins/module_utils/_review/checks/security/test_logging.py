# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import logging

DENIED = {"service": "elbv2", "operation": "x", "code": "AccessDenied", "message": "no"}
ALB = {"LoadBalancerArn": "arn:alb"}
DISTRIBUTION = {"ARN": "arn:d", "DistributionConfig": {}}
TRAIL = {"TrailARN": "arn:t"}


def balancer(enabled):
    return {**ALB, "Attributes": {"access_logs.s3.enabled": enabled}}


def distribution(**config):
    return {**DISTRIBUTION, "DistributionConfig": config}


@pytest.mark.parametrize(
    ("check", "collector", "item", "status"),
    [
        (logging.alb_access_logging, "elbv2.load_balancers", balancer("true"), "PASS"),
        (logging.alb_access_logging, "elbv2.load_balancers", balancer("false"), "FAIL"),
        (
            logging.alb_access_logging,
            "elbv2.load_balancers",
            {**ALB, "Errors": {"describe_load_balancer_attributes": DENIED}},
            "UNKNOWN",
        ),
        (logging.alb_access_logging, "elbv2.load_balancers", ALB, "FAIL"),
        (logging.cloudfront_access_logging, "cloudfront.distributions", DISTRIBUTION, "FAIL"),
        (
            logging.cloudfront_access_logging,
            "cloudfront.distributions",
            distribution(Logging={"Enabled": True}),
            "PASS",
        ),
        (
            logging.cloudfront_access_logging,
            "cloudfront.distributions",
            distribution(DefaultCacheBehavior={"RealtimeLogConfigArn": "arn:r"}),
            "PASS",
        ),
        (logging.waf_logging_enabled, "wafv2.web_acls", {"ARN": "arn:w", "Logging": {"ResourceArn": "arn:w"}}, "PASS"),
        (logging.waf_logging_enabled, "wafv2.web_acls", {"ARN": "arn:w", "Logging": None}, "FAIL"),
        (
            logging.waf_logging_enabled,
            "wafv2.web_acls",
            {"ARN": "arn:w", "Errors": {"get_logging_configuration": DENIED}},
            "UNKNOWN",
        ),
        (
            logging.cloudtrail_log_validation,
            "cloudtrail.trails",
            {**TRAIL, "LogFileValidationEnabled": True},
            "PASS",
        ),
        (logging.cloudtrail_log_validation, "cloudtrail.trails", TRAIL, "FAIL"),
        (
            logging.cloudtrail_cloudwatch_integrated,
            "cloudtrail.trails",
            {**TRAIL, "CloudWatchLogsLogGroupArn": "arn:g"},
            "PASS",
        ),
        (logging.cloudtrail_cloudwatch_integrated, "cloudtrail.trails", TRAIL, "FAIL"),
    ],
)
def test_logging(judge, check, collector, item, status):
    assert judge(check, {collector: [item]}) == [status]


def test_a_delivery_of_cloudwatch_logs_counts(judge):
    delivery = {"Source": {"resourceArns": ["arn:d"]}}
    collections = {"cloudfront.distributions": [DISTRIBUTION], "logs.deliveries": [delivery]}
    assert judge(logging.cloudfront_access_logging, collections) == ["PASS"]


@pytest.mark.parametrize(("kind", "status"), [("ALB_ACCESS_LOGS", "PASS"), ("ALB_CONNECTION_LOGS", "FAIL")])
def test_a_delivery_of_the_load_balancer_s_requests_counts(judge, kind, status):
    delivery = {"Source": {"resourceArns": ["arn:alb"], "logType": kind}}
    collections = {"elbv2.load_balancers": [balancer("false")], "logs.deliveries": [delivery, {"Source": None}]}
    assert judge(logging.alb_access_logging, collections) == [status]
