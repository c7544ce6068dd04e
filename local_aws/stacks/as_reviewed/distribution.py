# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A distribution with CloudFront's own certificate in front of the bucket and the load balancer, nothing tuned."""

from __future__ import annotations

from typing import Any

from local_aws.stacks.as_reviewed.building import REGION, Building

READ = ["GET", "HEAD"]
ALL = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]


def build(stack: Building) -> None:
    static = f"{stack.ids['static_bucket']}.s3.{REGION}.amazonaws.com"
    tags = {"Items": [{"Key": "Name", "Value": stack.name("cdn")}]}
    configuration = _distribution(stack.name("cdn"), static, stack.ids["load_balancer_dns"])
    made = stack.aws.cloudfront.create_distribution_with_tags(
        DistributionConfigWithTags={"DistributionConfig": configuration, "Tags": tags}
    )["Distribution"]
    stack.ids.update(distribution=made["Id"], distribution_domain=made["DomainName"])


def _distribution(name: str, static: str, balancer: str) -> dict[str, Any]:
    static_origin = {
        **_origin("s3-static", static),
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    balancer_origin = {
        **_origin("alb", balancer),
        "CustomOriginConfig": {
            "HTTPPort": 80,
            "HTTPSPort": 443,
            "OriginProtocolPolicy": "http-only",
            "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]},
            "OriginReadTimeout": 30,
            "OriginKeepaliveTimeout": 5,
        },
    }
    return {
        "CallerReference": name,
        "Comment": name,
        "Enabled": True,
        "DefaultRootObject": "index.html",
        "PriceClass": "PriceClass_100",
        "HttpVersion": "http2",
        "IsIPV6Enabled": True,
        "Aliases": {"Quantity": 0},
        "Origins": {"Quantity": 2, "Items": [static_origin, balancer_origin]},
        "DefaultCacheBehavior": _behavior("s3-static", READ),
        "CacheBehaviors": {"Quantity": 1, "Items": [{"PathPattern": "/api/*", **_behavior("alb", ALL)}]},
        "ViewerCertificate": {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"},
        "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
        "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
        "WebACLId": "",
    }


def _origin(identifier: str, domain: str) -> dict[str, Any]:
    return {
        "Id": identifier,
        "DomainName": domain,
        "OriginPath": "",
        "CustomHeaders": {"Quantity": 0},
        "ConnectionAttempts": 3,
        "ConnectionTimeout": 10,
    }


def _behavior(origin: str, methods: list[str]) -> dict[str, Any]:
    """Every cookie and query string forwarded, CloudFront's own lifetimes, nothing compressed."""
    return {
        "TargetOriginId": origin,
        "ViewerProtocolPolicy": "allow-all",
        "AllowedMethods": {
            "Quantity": len(methods),
            "Items": methods,
            "CachedMethods": {"Quantity": len(READ), "Items": READ},
        },
        "Compress": False,
        "SmoothStreaming": False,
        "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "all"}},
        "MinTTL": 0,
        "DefaultTTL": 86400,
        "MaxTTL": 31536000,
        "TrustedSigners": {"Enabled": False, "Quantity": 0},
    }
