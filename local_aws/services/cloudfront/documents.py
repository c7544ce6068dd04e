# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The document of a distribution as CloudFront gives it back: what was left out is filled in, nothing is lost.

Defaults: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionConfig.html and the types that it
names.
"""

from __future__ import annotations

from typing import Any

from local_aws.services.cloudfront.common import listed

Document = dict[str, Any]

_READ = ["HEAD", "GET"]


def completed(config: Document) -> Document:
    whole: Document = {
        "Aliases": listed([]),
        "DefaultRootObject": "",
        "OriginGroups": listed([]),
        "CacheBehaviors": listed([]),
        "CustomErrorResponses": listed([]),
        "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
        "PriceClass": "PriceClass_All",
        "WebACLId": "",
        "HttpVersion": "http2",
        "IsIPV6Enabled": True,
        "Staging": False,
        "ContinuousDeploymentPolicyId": "",
        **config,
    }
    whole["Restrictions"] = config.get("Restrictions") or {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}}
    whole["ViewerCertificate"] = _certificate(config.get("ViewerCertificate") or {})
    whole["Origins"] = listed([_origin(one) for one in config["Origins"]["Items"]])
    whole["DefaultCacheBehavior"] = _behavior(config["DefaultCacheBehavior"])
    whole["CacheBehaviors"] = listed([_behavior(one) for one in whole["CacheBehaviors"].get("Items") or []])
    for member in ("Aliases", "OriginGroups", "CustomErrorResponses"):
        whole[member] = listed(whole[member].get("Items") or [])
    return whole


def _certificate(given: Document) -> Document:
    """CloudFront's own certificate has one version, whatever was asked for; others keep their older names beside."""
    arn = given.get("ACMCertificateArn")
    if arn or given.get("IAMCertificateId"):
        source = {"Certificate": arn, "CertificateSource": "acm"} if arn else {}
        return {
            "CloudFrontDefaultCertificate": False,
            "MinimumProtocolVersion": "TLSv1",
            **{name: value for name, value in given.items() if value not in ("", None)},
            **source,
        }
    return {
        "CloudFrontDefaultCertificate": True,
        "SSLSupportMethod": "vip",
        "MinimumProtocolVersion": "TLSv1",
        "CertificateSource": "cloudfront",
    }


def _origin(given: Document) -> Document:
    whole = {
        "OriginPath": "",
        "CustomHeaders": listed([]),
        "ConnectionAttempts": 3,
        "ConnectionTimeout": 10,
        "OriginShield": {"Enabled": False},
        "OriginAccessControlId": "",
        **given,
    }
    waits = {"OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5}
    if "S3OriginConfig" in given:
        whole["S3OriginConfig"] = {"OriginReadTimeout": 30, **given["S3OriginConfig"]}
    if "CustomOriginConfig" in given:
        protocols = {"OriginSslProtocols": listed(["SSLv3", "TLSv1"])}
        whole["CustomOriginConfig"] = {**protocols, **waits, **given["CustomOriginConfig"]}
    if "VpcOriginConfig" in given:
        whole["VpcOriginConfig"] = {**waits, **given["VpcOriginConfig"]}
    return whole


def _behavior(given: Document) -> Document:
    whole = {
        "TrustedSigners": {"Enabled": False, "Quantity": 0},
        "TrustedKeyGroups": {"Enabled": False, "Quantity": 0},
        "SmoothStreaming": False,
        "Compress": False,
        "LambdaFunctionAssociations": listed([]),
        "FunctionAssociations": listed([]),
        "FieldLevelEncryptionId": "",
        "GrpcConfig": {"Enabled": False},
        **given,
    }
    methods = given.get("AllowedMethods") or listed(_READ)
    cached = methods.get("CachedMethods") or listed(_READ)
    whole["AllowedMethods"] = {**_sorted(methods), "CachedMethods": _sorted(cached)}
    if "CachePolicyId" not in given:
        whole = {"DefaultTTL": 86400, "MaxTTL": 31536000, **whole}
        values = given.get("ForwardedValues") or {"QueryString": False, "Cookies": {"Forward": "none"}}
        whole["ForwardedValues"] = {"Headers": listed([]), "QueryStringCacheKeys": listed([]), **values}
    return whole


def _sorted(methods: Document) -> Document:
    """Methods come back in an order of CloudFront's own."""
    order = ["HEAD", "DELETE", "POST", "GET", "OPTIONS", "PUT", "PATCH"]
    return {"Quantity": methods["Quantity"], "Items": sorted(methods["Items"], key=order.index)}
