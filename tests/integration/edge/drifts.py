# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

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


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], bool]


# Buckets


def sids(boto: Boto, name: str) -> set[str]:
    document = json.loads(boto("s3").get_bucket_policy(Bucket=name)["Policy"])
    return {str(one.get("Sid")) for one in document["Statement"]}


def without(boto: Boto, name: str, *gone: str) -> None:
    """The bucket's policy without these statements."""
    document = json.loads(boto("s3").get_bucket_policy(Bucket=name)["Policy"])
    left = [one for one in document["Statement"] if one.get("Sid") not in gone]
    boto("s3").put_bucket_policy(Bucket=name, Policy=json.dumps({**document, "Statement": left}))


def is_closed(boto: Boto, name: str) -> bool:
    return all(boto("s3").get_public_access_block(Bucket=name)["PublicAccessBlockConfiguration"].values())


def rule_ids(boto: Boto, name: str) -> set[str]:
    return {one["ID"] for one in boto("s3").get_bucket_lifecycle_configuration(Bucket=name)["Rules"]}


def with_acls(boto: Boto, name: str) -> None:
    owner = {"Rules": [{"ObjectOwnership": "ObjectWriter"}]}
    boto("s3").put_bucket_ownership_controls(Bucket=name, OwnershipControls=owner)


def has_no_acls(boto: Boto, name: str) -> bool:
    rules = boto("s3").get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
    return rules == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def replication(boto: Boto, names: Names) -> dict[str, Any]:
    found: dict[str, Any] = boto("s3").get_bucket_replication(Bucket=names["static"])["ReplicationConfiguration"]
    return found


def replicate_otherwise(boto: Boto, names: Names, **changes: Any) -> None:
    found = replication(boto, names)
    rules = [{**found["Rules"][0], **changes}]
    boto("s3").put_bucket_replication(
        Bucket=names["static"], ReplicationConfiguration={"Role": found["Role"], "Rules": rules}
    )


def bucket_tags(boto: Boto, name: str) -> dict[str, str]:
    return {tag["Key"]: tag["Value"] for tag in boto("s3").get_bucket_tagging(Bucket=name)["TagSet"]}


# WAF


def acl(boto: Boto, name: str, scope: str) -> dict[str, Any]:
    waf = boto("wafv2")
    (listed,) = [one for one in waf.list_web_acls(Scope=scope)["WebACLs"] if one["Name"] == name]
    answer = waf.get_web_acl(Name=name, Scope=scope, Id=listed["Id"])
    return {**answer["WebACL"], "LockToken": answer["LockToken"]}


def change_acl(boto: Boto, name: str, scope: str = "CLOUDFRONT", **changes: Any) -> None:
    now = acl(boto, name, scope)
    kept = {key: now[key] for key in ("Name", "Id", "LockToken", "DefaultAction", "VisibilityConfig", "Rules")}
    boto("wafv2").update_web_acl(Scope=scope, **{**kept, **changes})


def rules(boto: Boto, name: str, scope: str = "CLOUDFRONT") -> dict[str, dict[str, Any]]:
    return {rule["Name"]: rule for rule in acl(boto, name, scope)["Rules"]}


def counting(boto: Boto, names: Names) -> None:
    """A rule group that somebody has let count and forgotten."""
    found = [
        {**rule, "OverrideAction": {"Count": {}}} if rule["Name"] == "core" else rule
        for rule in acl(boto, names["acl"], "CLOUDFRONT")["Rules"]
    ]
    change_acl(boto, names["acl"], Rules=found)


def without_rule(boto: Boto, name: str, gone: str, scope: str = "CLOUDFRONT") -> None:
    change_acl(boto, name, scope, Rules=[rule for rule in acl(boto, name, scope)["Rules"] if rule["Name"] != gone])


def higher_rate(boto: Boto, names: Names) -> None:
    found = acl(boto, names["acl"], "CLOUDFRONT")["Rules"]
    for rule in found:
        if rule["Name"] == "rate":
            rule["Statement"]["RateBasedStatement"]["Limit"] = 100_000
    change_acl(boto, names["acl"], Rules=found)


def logging(boto: Boto, name: str, scope: str = "CLOUDFRONT") -> dict[str, Any]:
    arn = acl(boto, name, scope)["ARN"]
    found: dict[str, Any] = boto("wafv2").get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"]
    return found


def log_unredacted(boto: Boto, names: Names) -> None:
    found = logging(boto, names["acl"])
    wanted = {key: found[key] for key in ("ResourceArn", "LogDestinationConfigs")}
    boto("wafv2").put_logging_configuration(LoggingConfiguration=wanted)


def acl_tags(boto: Boto, names: Names) -> dict[str, str]:
    arn = acl(boto, names["acl"], "CLOUDFRONT")["ARN"]
    found = boto("wafv2").list_tags_for_resource(ResourceARN=arn)["TagInfoForResource"]["TagList"]
    return {tag["Key"]: tag["Value"] for tag in found}


def balancer(boto: Boto, names: Names) -> str:
    return str(boto("elbv2").describe_load_balancers(Names=[names["balancer"]])["LoadBalancers"][0]["LoadBalancerArn"])


def acl_before(boto: Boto, names: Names) -> str:
    found = boto("wafv2").get_web_acl_for_resource(ResourceArn=balancer(boto, names)).get("WebACL") or {}
    return str(found.get("Name"))


# CloudFront


def distribution(boto: Boto, names: Names) -> dict[str, Any]:
    cloudfront = boto("cloudfront")
    listed = cloudfront.list_distributions()["DistributionList"]["Items"]
    (one,) = [one for one in listed if one["Comment"] == names["distribution"]]
    answer = cloudfront.get_distribution_config(Id=one["Id"])
    return {"Id": one["Id"], "ARN": one["ARN"], "ETag": answer["ETag"], **answer["DistributionConfig"]}


def change_distribution(boto: Boto, names: Names, **changes: Any) -> None:
    now = distribution(boto, names)
    named = {"Id": now.pop("Id"), "IfMatch": now.pop("ETag")}
    now.pop("ARN")
    boto("cloudfront").update_distribution(DistributionConfig={**now, **changes}, **named)


def behavior(boto: Boto, names: Names, **changes: Any) -> dict[str, Any]:
    return {**distribution(boto, names)["DefaultCacheBehavior"], **changes}


def static_origin(boto: Boto, names: Names) -> dict[str, Any]:
    (found,) = [one for one in distribution(boto, names)["Origins"]["Items"] if one["Id"] == "s3-static"]
    return found


def unsigned(boto: Boto, names: Names) -> None:
    """The origin without its access control."""
    origins = distribution(boto, names)["Origins"]
    for one in origins["Items"]:
        if one["Id"] == "s3-static":
            one["OriginAccessControlId"] = ""
    change_distribution(boto, names, Origins=origins)


def cache_policy(boto: Boto, names: Names) -> dict[str, Any]:
    listed = boto("cloudfront").list_cache_policies(Type="custom")["CachePolicyList"]["Items"]
    (one,) = [
        one["CachePolicy"] for one in listed if one["CachePolicy"]["CachePolicyConfig"]["Name"] == names["policy"]
    ]
    answer = boto("cloudfront").get_cache_policy(Id=one["Id"])
    return {"Id": one["Id"], "ETag": answer["ETag"], **answer["CachePolicy"]["CachePolicyConfig"]}


def cache_longer(boto: Boto, names: Names) -> None:
    now = cache_policy(boto, names)
    named = {"Id": now.pop("Id"), "IfMatch": now.pop("ETag")}
    boto("cloudfront").update_cache_policy(CachePolicyConfig={**now, "MaxTTL": 31536000}, **named)


def access_control(boto: Boto, names: Names) -> dict[str, Any]:
    listed = boto("cloudfront").list_origin_access_controls()["OriginAccessControlList"]["Items"]
    (one,) = [one for one in listed if one["Name"] == names["control"]]
    answer = boto("cloudfront").get_origin_access_control(Id=one["Id"])
    return {"Id": one["Id"], "ETag": answer["ETag"], **answer["OriginAccessControl"]["OriginAccessControlConfig"]}


def never_sign(boto: Boto, names: Names) -> None:
    now = access_control(boto, names)
    named = {"Id": now.pop("Id"), "IfMatch": now.pop("ETag")}
    wanted = {**now, "SigningBehavior": "never"}
    boto("cloudfront").update_origin_access_control(OriginAccessControlConfig=wanted, **named)


def metrics(boto: Boto, names: Names) -> bool:
    cloudfront = boto("cloudfront")
    identifier = distribution(boto, names)["Id"]
    try:
        found = cloudfront.get_monitoring_subscription(DistributionId=identifier)["MonitoringSubscription"]
    except cloudfront.exceptions.ClientError:
        return False
    return bool(found["RealtimeMetricsSubscriptionConfig"]["RealtimeMetricsSubscriptionStatus"] == "Enabled")


def distribution_tags(boto: Boto, names: Names) -> dict[str, str]:
    arn = distribution(boto, names)["ARN"]
    return {
        tag["Key"]: tag["Value"] for tag in boto("cloudfront").list_tags_for_resource(Resource=arn)["Tags"]["Items"]
    }


def delivery(boto: Boto) -> dict[str, Any]:
    (found,) = boto("logs").describe_deliveries()["deliveries"]
    return dict(found)


# Others


def role_policy(boto: Boto, names: Names) -> str:
    return json.dumps(boto("iam").get_role_policy(RoleName=names["role"], PolicyName="replicate")["PolicyDocument"])


def widen_role(boto: Boto, names: Names) -> None:
    document = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
    boto("iam").put_role_policy(RoleName=names["role"], PolicyName="replicate", PolicyDocument=json.dumps(document))


def role_trust(boto: Boto, names: Names) -> str:
    return json.dumps(boto("iam").get_role(RoleName=names["role"])["Role"]["AssumeRolePolicyDocument"])


def trust_anybody_s_bucket(boto: Boto, names: Names) -> None:
    statement = {"Effect": "Allow", "Principal": {"Service": "s3.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    boto("iam").update_assume_role_policy(RoleName=names["role"], PolicyDocument=document)


def retention(boto: Boto, name: str) -> int:
    return int(boto("logs").describe_log_groups(logGroupNamePrefix=name)["logGroups"][0].get("retentionInDays", 0))


def account_block(boto: Boto, names: Names) -> bool:
    found = boto("s3control").get_public_access_block(AccountId=names["account"])
    return all(found["PublicAccessBlockConfiguration"].values())


def open_account(boto: Boto, names: Names) -> None:
    some = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    }
    boto("s3control").put_public_access_block(AccountId=names["account"], PublicAccessBlockConfiguration=some)


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
    Drift("the account admits public buckets", ACCOUNT, open_account, account_block),
]
