# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Logs of who asked for what, kept in one place: the load balancer's, CloudFront's, the web ACLs', the trail's."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, value
from ..common import fact, verdict


@check(
    id="alb_access_logging",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer logs its requests",
    needs=("elbv2.load_balancers", "logs.deliveries"),
    role="observability",
    item="OPS-7",
    cost="raises",
    recommendation="Run the observability role: it makes the log bucket and switches the access logs on.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
)
def alb_access_logging(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The attribute access_logs.s3.enabled, or a delivery (v2) of ALB_ACCESS_LOGS, which leaves the attribute false."""
    delivered = {
        arn
        for one in stack.items("logs.deliveries")
        for arn in (one.get("Source") or {}).get("resourceArns") or ()
        if (one.get("Source") or {}).get("logType") == "ALB_ACCESS_LOGS"
    }

    def judge(balancer: Item) -> Result:
        arn = balancer["LoadBalancerArn"]
        if arn in delivered:
            return verdict(True, arn, fact("delivery source", True))
        attributes = value(balancer, "Attributes", "describe_load_balancer_attributes") or {}
        enabled = attributes.get("access_logs.s3.enabled")
        evidence = f"{fact('access_logs.s3.enabled', enabled)}, {fact('delivery source', False)}"
        return verdict(enabled == "true", arn, evidence)

    yield from each(stack.items("elbv2.load_balancers"), "LoadBalancerArn", judge)


@check(
    id="cloudfront_access_logging",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront logs its requests",
    needs=("cloudfront.distributions", "logs.deliveries"),
    role="observability",
    item="OPS-7",
    cost="raises",
    recommendation="Run the observability role: it delivers the access logs by CloudWatch Logs' delivery (v2).",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html",
)
def cloudfront_access_logging(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A delivery source (v2), the legacy bucket, or real-time logs."""
    deliveries = stack.items("logs.deliveries")
    delivered = {arn for one in deliveries for arn in (one.get("Source") or {}).get("resourceArns") or ()}
    for distribution in stack.items("cloudfront.distributions"):
        config = distribution["DistributionConfig"]
        legacy = bool((config.get("Logging") or {}).get("Enabled"))
        realtime = bool((config.get("DefaultCacheBehavior") or {}).get("RealtimeLogConfigArn"))
        v2 = distribution["ARN"] in delivered
        evidence = f"{fact('Logging.Enabled', legacy)}, {fact('RealtimeLogConfigArn', realtime or None)}, "
        yield verdict(legacy or realtime or v2, distribution["ARN"], evidence + fact("delivery source", v2))


@check(
    id="waf_logging_enabled",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsWafv2WebAcl",
    title="Web ACLs log what they see",
    needs=("wafv2.web_acls",),
    role="edge",
    item="SEC-5",
    cost="raises",
    recommendation="Run the edge role: it logs to a log group whose name begins with aws-waf-logs-.",
    source="https://docs.aws.amazon.com/waf/latest/developerguide/logging.html",
)
def waf_logging_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """GetLoggingConfiguration finds one."""

    def judge(acl: Item) -> Result:
        logging = value(acl, "Logging", "get_logging_configuration")
        return verdict(bool(logging), acl["ARN"], fact("LoggingConfiguration", bool(logging)))

    yield from each(stack.items("wafv2.web_acls"), "ARN", judge)


@check(
    id="cloudtrail_log_validation",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="medium",
    resource_type="AwsCloudTrailTrail",
    title="A trail's files can be shown to be unchanged",
    needs=("cloudtrail.trails",),
    role="governance",
    item="SEC-6",
    recommendation="Run the governance role: it switches log file validation on.",
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html",
)
def cloudtrail_log_validation(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """LogFileValidationEnabled of each trail."""
    for trail in stack.items("cloudtrail.trails"):
        enabled = bool(trail.get("LogFileValidationEnabled"))
        yield verdict(enabled, trail["TrailARN"], fact("LogFileValidationEnabled", enabled))


@check(
    id="cloudtrail_cloudwatch_integrated",
    pillar="security",
    best_practice="SEC04-BP02",
    severity="low",
    resource_type="AwsCloudTrailTrail",
    title="The trail can be searched beside the other logs",
    needs=("cloudtrail.trails",),
    role="governance",
    item="OPS-7",
    cost="raises",
    recommendation="Run the governance role: it lets the trail write to a log group as well.",
    source="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html",
)
def cloudtrail_cloudwatch_integrated(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """CloudWatchLogsLogGroupArn of each trail."""
    for trail in stack.items("cloudtrail.trails"):
        group = trail.get("CloudWatchLogsLogGroupArn")
        yield verdict(bool(group), trail["TrailARN"], fact("CloudWatchLogsLogGroupArn", group))
