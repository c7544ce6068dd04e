# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What stands before the application, looked at and changed by boto3."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]


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


def lose_record(boto: Boto, names: Names, kind: str) -> None:
    route53 = boto("route53")
    zone = route53.list_hosted_zones_by_name(DNSName=names["domain"])["HostedZones"][0]["Id"]
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    (record,) = [one for one in found if one["Type"] == kind]
    changes = [{"Action": "DELETE", "ResourceRecordSet": record}]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})


def has_record(boto: Boto, names: Names, kind: str) -> bool:
    route53 = boto("route53")
    zone = route53.list_hosted_zones_by_name(DNSName=names["domain"])["HostedZones"][0]["Id"]
    found = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    return kind in {one["Type"] for one in found}


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
