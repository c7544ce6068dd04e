# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.integration.edge.looks import (
    Boto,
    Names,
    access_control,
    account_block,
    acl,
    acl_before,
    acl_tags,
    balancer,
    behavior,
    bucket_tags,
    cache_longer,
    cache_policy,
    change_acl,
    change_distribution,
    counting,
    delivery,
    distribution,
    distribution_tags,
    has_no_acls,
    has_record,
    higher_rate,
    is_closed,
    log_unredacted,
    logging,
    lose_record,
    metrics,
    never_sign,
    open_account,
    replicate_otherwise,
    replication,
    retention,
    role_policy,
    role_trust,
    rule_ids,
    rules,
    sids,
    static_origin,
    trust_anybody_s_bucket,
    unsigned,
    widen_role,
    with_acls,
    without,
    without_rule,
)

NAMES = {
    "static": "mywebapp-prod-static-123456789012",
    "replica": "mywebapp-prod-static-123456789012-us-west-2",
    "logs": "mywebapp-prod-access-logs-123456789012",
    "dr_logs": "mywebapp-prod-access-logs-123456789012-us-west-2",
    "role": "mywebapp-prod-static-replication",
    "group": "aws-waf-logs-mywebapp-prod-cdn",
    "acl": "mywebapp-prod-cdn",
    "alb_acl": "mywebapp-prod-alb",
    "alb_group": "aws-waf-logs-mywebapp-prod-alb",
    "balancer": "mywebapp-prod-alb",
    "distribution": "mywebapp-prod-cdn",
    "policy": "mywebapp-prod-static",
    "headers": "mywebapp-prod-security",
    "control": "mywebapp-prod-static",
    "account": "123456789012",
    "dr_region": "us-west-2",
    "domain": "mywebapp.example.com",
}
(
    LOGS,
    DR_LOGS,
    REPLICA,
    ROLE,
    STATIC,
    GROUP,
    ACL,
    ALB_GROUP,
    ALB_ACL,
    POLICIES,
    CONTROL,
    DISTRIBUTION,
    DELIVERY,
    ACCOUNT,
) = (
    "Bucket of the access logs",
    "Bucket of the access logs in the other region",
    "Bucket of the replicas",
    "Role that replicates",
    "Bucket of the static files",
    "Log group of CloudFront's web ACL",
    "Web ACL before CloudFront",
    "Log group of the load balancers' web ACL",
    "Web ACL before load balancers",
    "What CloudFront caches, and what it adds for browsers",
    "How CloudFront signs what it asks of buckets",
    "Distribution",
    "Delivery of CloudFront's access logs",
    "Block public access in the account",
)
NAMED, PROOF = "Names that lead to the distribution", "Records that prove the domain"


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


DRIFTS = [
    Drift(
        "the logs' bucket does not admit S3's log delivery",
        LOGS,
        lambda boto, names: without(boto, names["logs"], "AccessLogs"),
        lambda boto, names: "AccessLogs" in sids(boto, names["logs"]),
    ),
    Drift(
        "access logs are kept for ever",
        LOGS,
        lambda boto, names: boto("s3").delete_bucket_lifecycle(Bucket=names["logs"]),
        lambda boto, names: "expire-objects" in rule_ids(boto, names["logs"]),
    ),
    Drift(
        "the logs' bucket of the other region is open",
        DR_LOGS,
        lambda boto, names: boto("s3", names["dr_region"]).delete_public_access_block(Bucket=names["dr_logs"]),
        lambda boto, names: is_closed(boto, names["dr_logs"]),
    ),
    Drift(
        "replicas are reached without TLS",
        REPLICA,
        lambda boto, names: without(boto, names["replica"], "DenyInsecureTransport"),
        lambda boto, names: "DenyInsecureTransport" in sids(boto, names["replica"]),
    ),
    Drift(
        "replicas do not log",
        REPLICA,
        lambda boto, names: boto("s3").put_bucket_logging(Bucket=names["replica"], BucketLoggingStatus={}),
        lambda boto, names: "LoggingEnabled" in boto("s3").get_bucket_logging(Bucket=names["replica"]),
    ),
    Drift(
        "the role that replicates may do everything",
        ROLE,
        widen_role,
        lambda boto, names: '"s3:*"' not in role_policy(boto, names),
    ),
    Drift(
        "the role that replicates trusts other accounts' buckets",
        ROLE,
        trust_anybody_s_bucket,
        lambda boto, names: "aws:SourceAccount" in role_trust(boto, names),
    ),
    Drift(
        "CloudFront is not admitted to the static files",
        STATIC,
        lambda boto, names: without(boto, names["static"], "DistributionsThatMayRead"),
        lambda boto, names: "DistributionsThatMayRead" in sids(boto, names["static"]),
    ),
    Drift(
        "static files stay in the dear class",
        STATIC,
        lambda boto, names: boto("s3").delete_bucket_lifecycle(Bucket=names["static"]),
        lambda boto, names: {"move-to-standard-ia", "expire-noncurrent-versions"} <= rule_ids(boto, names["static"]),
    ),
    Drift(
        "the static bucket has ACLs",
        STATIC,
        lambda boto, names: with_acls(boto, names["static"]),
        lambda boto, names: has_no_acls(boto, names["static"]),
    ),
    Drift(
        "the static bucket does not log",
        STATIC,
        lambda boto, names: boto("s3").put_bucket_logging(Bucket=names["static"], BucketLoggingStatus={}),
        lambda boto, names: "LoggingEnabled" in boto("s3").get_bucket_logging(Bucket=names["static"]),
    ),
    Drift(
        "nothing is replicated",
        STATIC,
        lambda boto, names: boto("s3").delete_bucket_replication(Bucket=names["static"]),
        lambda boto, names: replication(boto, names)["Rules"][0]["Status"] == "Enabled",
    ),
    Drift(
        "replication is switched off",
        STATIC,
        lambda boto, names: replicate_otherwise(boto, names, Status="Disabled"),
        lambda boto, names: replication(boto, names)["Rules"][0]["Status"] == "Enabled",
    ),
    Drift(
        "deletions are not replicated",
        STATIC,
        lambda boto, names: replicate_otherwise(boto, names, DeleteMarkerReplication={"Status": "Disabled"}),
        lambda boto, names: replication(boto, names)["Rules"][0]["DeleteMarkerReplication"] == {"Status": "Enabled"},
    ),
    Drift(
        "the static bucket has lost its tags",
        STATIC,
        lambda boto, names: boto("s3").delete_bucket_tagging(Bucket=names["static"]),
        lambda boto, names: bucket_tags(boto, names["static"]).get("Project") == "mywebapp",
    ),
    Drift(
        "the static bucket is open",
        "Close the bucket of the static files",
        lambda boto, names: boto("s3").delete_public_access_block(Bucket=names["static"]),
        lambda boto, names: is_closed(boto, names["static"]),
    ),
    Drift(
        "WAF's logs are kept for a day",
        GROUP,
        lambda boto, names: boto("logs").put_retention_policy(logGroupName=names["group"], retentionInDays=1),
        lambda boto, names: retention(boto, names["group"]) == 365,
    ),
    Drift(
        "a rule group only counts",
        ACL,
        counting,
        lambda boto, names: "None" in rules(boto, names["acl"])["core"]["OverrideAction"],
    ),
    Drift(
        "SQL injection is not looked for",
        ACL,
        lambda boto, names: without_rule(boto, names["acl"], "sqli"),
        lambda boto, names: "sqli" in rules(boto, names["acl"]),
    ),
    Drift(
        "clients may ask more often",
        ACL,
        higher_rate,
        lambda boto, names: rules(boto, names["acl"])["rate"]["Statement"]["RateBasedStatement"]["Limit"] == 2000,
    ),
    Drift(
        "everybody is blocked",
        ACL,
        lambda boto, names: change_acl(boto, names["acl"], DefaultAction={"Block": {}}),
        lambda boto, names: acl(boto, names["acl"], "CLOUDFRONT")["DefaultAction"] == {"Allow": {}},
    ),
    Drift(
        "WAF does not log",
        ACL,
        lambda boto, names: boto("wafv2").delete_logging_configuration(
            ResourceArn=acl(boto, names["acl"], "CLOUDFRONT")["ARN"]
        ),
        lambda boto, names: bool(logging(boto, names["acl"])["LogDestinationConfigs"]),
    ),
    Drift(
        "WAF logs cookies",
        ACL,
        log_unredacted,
        lambda boto, names: len(logging(boto, names["acl"])["RedactedFields"]) == 2,
    ),
    Drift(
        "the web ACL has lost a tag",
        ACL,
        lambda boto, names: boto("wafv2").untag_resource(
            ResourceARN=acl(boto, names["acl"], "CLOUDFRONT")["ARN"], TagKeys=["Project"]
        ),
        lambda boto, names: acl_tags(boto, names)["Project"] == "mywebapp",
    ),
    Drift(
        "the regional logs are kept for a day",
        ALB_GROUP,
        lambda boto, names: boto("logs").put_retention_policy(logGroupName=names["alb_group"], retentionInDays=1),
        lambda boto, names: retention(boto, names["alb_group"]) == 365,
    ),
    Drift(
        "the load balancer has no web ACL",
        ALB_ACL,
        lambda boto, names: boto("wafv2").disassociate_web_acl(ResourceArn=balancer(boto, names)),
        lambda boto, names: acl_before(boto, names) == names["alb_acl"],
    ),
    Drift(
        "the regional web ACL has no core rules",
        ALB_ACL,
        lambda boto, names: without_rule(boto, names["alb_acl"], "core", "REGIONAL"),
        lambda boto, names: "core" in rules(boto, names["alb_acl"], "REGIONAL"),
    ),
    Drift(
        "static files are cached for a year",
        POLICIES,
        cache_longer,
        lambda boto, names: cache_policy(boto, names)["MaxTTL"] == 86400,
    ),
    Drift(
        "CloudFront does not sign",
        CONTROL,
        never_sign,
        lambda boto, names: access_control(boto, names)["SigningBehavior"] == "always",
    ),
    Drift(
        "no web ACL stands before CloudFront",
        DISTRIBUTION,
        lambda boto, names: change_distribution(boto, names, WebACLId=""),
        lambda boto, names: names["acl"] in distribution(boto, names)["WebACLId"],
    ),
    Drift(
        "viewers may use HTTP",
        DISTRIBUTION,
        lambda boto, names: change_distribution(
            boto, names, DefaultCacheBehavior=behavior(boto, names, ViewerProtocolPolicy="allow-all")
        ),
        lambda boto, names: behavior(boto, names)["ViewerProtocolPolicy"] == "redirect-to-https",
    ),
    Drift(
        "nothing is compressed",
        DISTRIBUTION,
        lambda boto, names: change_distribution(
            boto, names, DefaultCacheBehavior=behavior(boto, names, Compress=False)
        ),
        lambda boto, names: bool(behavior(boto, names)["Compress"]),
    ),
    Drift(
        "the bucket is asked without a signature",
        DISTRIBUTION,
        unsigned,
        lambda boto, names: bool(static_origin(boto, names)["OriginAccessControlId"]),
    ),
    Drift(
        "HTTP/1.1 only",
        DISTRIBUTION,
        lambda boto, names: change_distribution(boto, names, HttpVersion="http1.1"),
        lambda boto, names: distribution(boto, names)["HttpVersion"] == "http2and3",
    ),
    Drift(
        "no additional metrics",
        DISTRIBUTION,
        lambda boto, names: boto("cloudfront").delete_monitoring_subscription(
            DistributionId=distribution(boto, names)["Id"]
        ),
        metrics,
    ),
    Drift(
        "the distribution has lost a tag",
        DISTRIBUTION,
        lambda boto, names: boto("cloudfront").untag_resource(
            Resource=distribution(boto, names)["ARN"], TagKeys={"Items": ["Project"]}
        ),
        lambda boto, names: distribution_tags(boto, names).get("Project") == "mywebapp",
    ),
    Drift(
        "access logs are delivered elsewhere",
        DELIVERY,
        lambda boto, names: boto("logs").update_delivery_configuration(
            id=delivery(boto)["id"], s3DeliveryConfiguration={"suffixPath": "elsewhere"}
        ),
        lambda boto, names: "{DistributionId}" in delivery(boto)["s3DeliveryConfiguration"]["suffixPath"],
    ),
    Drift(
        "access logs are not delivered",
        DELIVERY,
        lambda boto, names: boto("logs").delete_delivery(id=delivery(boto)["id"]),
        lambda boto, names: delivery(boto)["deliverySourceName"] == names["distribution"],
    ),
    Drift(
        "the domain leads nowhere",
        NAMED,
        lambda boto, names: lose_record(boto, names, "A"),
        lambda boto, names: has_record(boto, names, "A"),
    ),
    Drift(
        "the record that proves the domain is gone",
        PROOF,
        lambda boto, names: lose_record(boto, names, "CNAME"),
        lambda boto, names: has_record(boto, names, "CNAME"),
    ),
    Drift(
        "CloudFront's own certificate serves",
        DISTRIBUTION,
        lambda boto, names: change_distribution(
            boto, names, Aliases={"Quantity": 0}, ViewerCertificate={"CloudFrontDefaultCertificate": True}
        ),
        lambda boto, names: "ACMCertificateArn" in distribution(boto, names)["ViewerCertificate"],
    ),
    Drift("the account admits public buckets", ACCOUNT, open_account, account_block),
]
