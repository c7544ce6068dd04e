# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: https://docs.aws.amazon.com/cloudfront/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .partitions import lacks
from .reading import Item


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
