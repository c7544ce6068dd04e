# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: https://docs.aws.amazon.com/cloudfront/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .partitions import lacks
from .reading import Item, further


def distributions(aws: Aws) -> list[Item]:
    """Every distribution as the list gives it: Id, ARN, Aliases, Origins, WebACLId, Comment.

    A partition without CloudFront has none.
    """
    if lacks(aws, "cloudfront"):
        return []
    return aws.pages("cloudfront", "list_distributions", "DistributionList.Items")


def distribution_configs(aws: Aws, *, ids: Collection[str]) -> list[Item]:
    """Distributions with DistributionConfig, DomainName and ARN.

    Custom headers of origins come as HeaderName and ValueLength: such a value may be the origin's shared secret.
    """

    def one(identifier: str) -> Item:
        found: Item = aws.call("cloudfront", "get_distribution", Id=identifier)["Distribution"]
        for origin in found["DistributionConfig"]["Origins"].get("Items", []):
            for header in origin.get("CustomHeaders", {}).get("Items", []):
                header["ValueLength"] = len(header.pop("HeaderValue", ""))
        return found

    return aws.map(one, sorted(ids))


def cache_policies(aws: Aws, *, ids: Collection[str]) -> list[Item]:
    """The named cache policies: Id and CachePolicyConfig."""
    return aws.map(lambda one: aws.call("cloudfront", "get_cache_policy", Id=one)["CachePolicy"], sorted(ids))


def vpc_origins(aws: Aws, *, ids: Collection[str]) -> list[Item]:
    """The named VPC origins: Id, Arn and VpcOriginEndpointConfig (with OriginProtocolPolicy)."""
    return aws.map(lambda one: aws.call("cloudfront", "get_vpc_origin", Id=one)["VpcOrigin"], sorted(ids))


def access_controls(aws: Aws) -> list[Item]:
    """Every origin access control: Id, Name, Description, SigningBehavior, OriginAccessControlOriginType."""
    return aws.pages("cloudfront", "list_origin_access_controls", "OriginAccessControlList.Items")


def access_control(aws: Aws, identifier: str) -> Item:
    """An origin access control with OriginAccessControlConfig and the ETag of this version."""
    found = aws.call("cloudfront", "get_origin_access_control", Id=identifier)
    return {**found["OriginAccessControl"], "ETag": found["ETag"]}


def policies(aws: Aws, sort: str) -> list[Item]:
    """Every policy of a sort, AWS's own too: Id, Type (managed, custom) and Config.

    sort: AWS's word for it, "CachePolicy", "OriginRequestPolicy" or "ResponseHeadersPolicy".
    """
    operation = {
        "CachePolicy": "list_cache_policies",
        "OriginRequestPolicy": "list_origin_request_policies",
        "ResponseHeadersPolicy": "list_response_headers_policies",
    }[sort]
    found = aws.pages("cloudfront", operation, f"{sort}List.Items")
    return [{"Id": one[sort]["Id"], "Type": one["Type"], "Config": one[sort][f"{sort}Config"]} for one in found]


def policy(aws: Aws, sort: str, identifier: str) -> Item:
    """A policy of a sort with Config and the ETag of this version."""
    operation = {
        "CachePolicy": "get_cache_policy",
        "OriginRequestPolicy": "get_origin_request_policy",
        "ResponseHeadersPolicy": "get_response_headers_policy",
    }[sort]
    found = aws.call("cloudfront", operation, Id=identifier)
    return {"Id": identifier, "Config": found[sort][f"{sort}Config"], "ETag": found["ETag"]}


def vpc_origin_list(aws: Aws) -> list[Item]:
    """Every VPC origin as the list gives it: Id, Name, Arn, Status, OriginEndpointArn."""
    return aws.pages("cloudfront", "list_vpc_origins", "VpcOriginList.Items")


def vpc_origin(aws: Aws, identifier: str) -> Item:
    """A VPC origin with VpcOriginEndpointConfig and the ETag of this version."""
    found = aws.call("cloudfront", "get_vpc_origin", Id=identifier)
    return {**found["VpcOrigin"], "ETag": found["ETag"]}


def distribution(aws: Aws, identifier: str) -> Item:
    """A distribution with its whole DistributionConfig and the ETag of this version, for who sends it back.

    Custom headers of origins come with their values, which may be secrets.
    """
    found = aws.call("cloudfront", "get_distribution", Id=identifier)
    return {**found["Distribution"], "ETag": found["ETag"]}


def has_additional_metrics(aws: Aws, identifier: str) -> bool:
    """Whether the distribution gives its additional metrics, which cost."""
    absent = {"NoSuchMonitoringSubscription"}
    found = further(aws, {}, "cloudfront", "get_monitoring_subscription", absent, DistributionId=identifier)
    config = ((found or {}).get("MonitoringSubscription") or {}).get("RealtimeMetricsSubscriptionConfig") or {}
    return config.get("RealtimeMetricsSubscriptionStatus") == "Enabled"


def tags(aws: Aws, arn: str) -> dict[str, str]:
    """Tags of a distribution or VPC origin."""
    return to_dict(aws.call("cloudfront", "list_tags_for_resource", Resource=arn)["Tags"].get("Items"))
