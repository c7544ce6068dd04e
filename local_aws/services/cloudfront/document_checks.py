# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What CloudFront refuses in the document of a distribution.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html, Errors, and the pages named at
the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.cloudfront import access_controls, common, policies, vpc_origins

Document = dict[str, Any]

_BUCKET = re.compile(r"\.s3([.-][a-z0-9-]+)*\.amazonaws\.com(\.cn)?$")
_CERTIFICATE = (
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid "
    "certificate chain."
)
_ALIAS = (
    "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that "
    "validates your authorization to use the domain name."
)
_METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")
_OLD_SETTINGS = ("ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL")
# https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-overview-required-fields.html
_REQUIRED_TO_UPDATE = (
    *("Aliases", "DefaultRootObject", "CacheBehaviors", "CustomErrorResponses", "Logging", "PriceClass"),
    *("ViewerCertificate", "Restrictions", "WebACLId"),
)


def _invalid(message: str) -> Refusal:
    return Refusal("InvalidArgument", message, 400)


def check(call: Any, config: Document, identifier: str) -> None:
    """identifier: of the distribution that it is to be of; "" for a new one."""
    common.count(config)
    origins = config["Origins"]["Items"]
    _unique([one["Id"] for one in origins], "Origins contains duplicate Ids.")
    for origin in origins:
        _check_origin(call, origin)
    targets = {one["Id"] for one in origins} | _check_groups(config)
    for behavior in common.behaviors(config):
        _check_behavior(call, config, behavior, targets)
    paths = [one["PathPattern"] for one in (config.get("CacheBehaviors") or {}).get("Items") or []]
    _unique(paths, "The parameter PathPattern contains duplicate values.")
    _check_certificate(call, config)
    _check_aliases(call, config, identifier)
    _check_acl(call, config.get("WebACLId") or "")
    _check_geography(config)
    _check_errors(config)


def check_update(config: Document, before: Document) -> None:
    """All of it is sent, as nothing is merged."""
    if config["CallerReference"] != before["CallerReference"]:
        raise Refusal("IllegalUpdate", "The update contains modifications that are not allowed: CallerReference.", 400)
    for name in _REQUIRED_TO_UPDATE:
        if name not in config:
            raise Refusal("IllegalUpdate", f"{name} is required for updates.", 400)
    for origin in config["Origins"]["Items"]:
        custom = origin.get("CustomOriginConfig") or {}
        waits = [name for name in ("OriginReadTimeout", "OriginKeepaliveTimeout") if custom and name not in custom]
        missing = [name for name in ("OriginPath", "CustomHeaders") if name not in origin] + waits
        for name in missing:
            raise Refusal("IllegalUpdate", f"{name} is required for updates.", 400)


def _unique(names: list[str], message: str) -> None:
    if len(set(names)) != len(names):
        raise _invalid(message)


def _check_origin(call: Any, origin: Document) -> None:
    kinds = [name for name in ("S3OriginConfig", "CustomOriginConfig", "VpcOriginConfig") if name in origin]
    if len(kinds) != 1:
        raise Refusal("InvalidOrigin", "The specified origin server does not exist or is not valid.", 400)
    is_bucket = _BUCKET.search(origin["DomainName"]) is not None
    if kinds == ["S3OriginConfig"] and not is_bucket:
        message = "The parameter Origin DomainName does not refer to a valid S3 bucket."
        raise _invalid(message)
    control = origin.get("OriginAccessControlId")
    if control:
        _check_control(call, origin, control, is_bucket)
    if kinds == ["VpcOriginConfig"]:
        wanted = origin["VpcOriginConfig"]["VpcOriginId"]
        vpc_origins.found(call, wanted)
        if vpc_origins.status(call, wanted) != "Deployed":
            raise _invalid(f"The VPC origin {wanted} is not deployed yet.")


def _check_control(call: Any, origin: Document, control: str, is_bucket: bool) -> None:
    try:
        kind = access_controls.found(call, control)["config"]["OriginAccessControlOriginType"]
    except Refusal as refused:
        message = "The origin access control is not valid: it does not exist."
        raise Refusal("InvalidOriginAccessControl", message, 400) from refused
    if kind == "s3" and not is_bucket:
        message = "An origin access control is associated with an origin whose domain name is not supported."
        raise Refusal("InvalidDomainNameForOriginAccessControl", message, 400)
    if (origin.get("S3OriginConfig") or {}).get("OriginAccessIdentity"):
        message = "An origin cannot contain both an origin access control (OAC) and an origin access identity (OAI)."
        raise Refusal("IllegalOriginAccessConfiguration", message, 400)


def _check_groups(config: Document) -> set[str]:
    """https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html"""
    origins = {one["Id"] for one in config["Origins"]["Items"]}
    groups = (config.get("OriginGroups") or {}).get("Items") or []
    for group in groups:
        members = [one["OriginId"] for one in group["Members"]["Items"]]
        if len(members) != 2 or not origins.issuperset(members):
            raise _invalid("The parameter OriginGroup Members must name two origins of the distribution.")
        if group["Id"] in origins:
            raise _invalid("The parameter OriginGroup Id is the Id of an origin.")
    return {group["Id"] for group in groups}


def _check_behavior(call: Any, config: Document, behavior: Document, targets: set[str]) -> None:
    if behavior["TargetOriginId"] not in targets:
        message = "One or more of your origins or origin groups do not exist."
        raise Refusal("NoSuchOrigin", message, 404)
    policy = behavior.get("CachePolicyId")
    old = [name for name in _OLD_SETTINGS if name in behavior]
    if policy and old:
        raise _invalid(
            f"The parameter {old[0]} cannot be used when a cache policy is associated to the cache behavior."
        )
    if policy:
        policies.CACHE.found(call, policy)
    elif "ForwardedValues" not in behavior:
        raise _invalid("The parameter ForwardedValues is required.")
    elif "MinTTL" not in behavior:
        raise _invalid("The parameter MinTTL is required.")
    request = behavior.get("OriginRequestPolicyId")
    if request:
        policies.ORIGIN_REQUEST.found(call, request)
        if not policy:
            raise _invalid("The parameter OriginRequestPolicyId cannot be used without a cache policy.")
    headers = behavior.get("ResponseHeadersPolicyId")
    if headers:
        policies.RESPONSE_HEADERS.found(call, headers)
    _check_methods(config, behavior)


def _check_methods(config: Document, behavior: Document) -> None:
    """https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_AllowedMethods.html"""
    methods = behavior.get("AllowedMethods")
    allowed = set(methods["Items"]) if methods else {"GET", "HEAD"}
    choices = ({"GET", "HEAD"}, {"GET", "HEAD", "OPTIONS"}, set(_METHODS))
    if allowed not in choices:
        raise _invalid("The parameter AllowedMethods is not one of the sets that are offered.")
    groups = {one["Id"] for one in (config.get("OriginGroups") or {}).get("Items") or []}
    if behavior["TargetOriginId"] in groups and len(allowed) > 3:
        raise _invalid(
            "The parameter AllowedMethods cannot include POST, PUT, PATCH, or DELETE for a cached behavior associated "
            "with an origin group."
        )


def _check_certificate(call: Any, config: Document) -> None:
    """https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html"""
    given = config.get("ViewerCertificate") or {}
    arn = given.get("ACMCertificateArn")
    if not arn:
        return
    if given.get("CloudFrontDefaultCertificate"):
        raise Refusal("InvalidViewerCertificate", "A viewer certificate specifies conflicting certificates.", 400)
    if not given.get("SSLSupportMethod"):
        raise _invalid("The parameter SSLSupportMethod is required.")
    _found_certificate(call, arn)


def _found_certificate(call: Any, arn: str) -> Document:
    """An issued one in us-east-1."""
    parts = arn.split(":")
    if len(parts) > 5 and parts[2] == "acm" and parts[3] == "us-east-1":
        try:
            found: Document = call.ask("acm", "DescribeCertificate", region="us-east-1", CertificateArn=arn)
        except Refusal:
            found = {}
        certificate: Document = found.get("Certificate") or {}
        if certificate.get("Status") == "ISSUED":
            return certificate
    raise Refusal("InvalidViewerCertificate", _CERTIFICATE, 400)


def _check_aliases(call: Any, config: Document, identifier: str) -> None:
    """A name has a certificate that holds it, and is on one distribution in the world."""
    aliases = [name.lower() for name in (config.get("Aliases") or {}).get("Items") or []]
    if not aliases:
        return
    given = config.get("ViewerCertificate") or {}
    if not given.get("IAMCertificateId"):
        if not given.get("ACMCertificateArn"):
            raise Refusal("InvalidViewerCertificate", _ALIAS, 400)
        certificate = _found_certificate(call, given["ACMCertificateArn"])
        held = {certificate["DomainName"], *(certificate.get("SubjectAlternativeNames") or [])}
        if any(not _covered(name, held) for name in aliases):
            message = (
                "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) "
                "that you're trying to add."
            )
            raise Refusal("InvalidViewerCertificate", message, 400)
    taken = set(_taken(call, identifier))
    if taken.intersection(aliases):
        message = "One or more of the CNAMEs you provided are already associated with a different resource."
        raise Refusal("CNAMEAlreadyExists", message, 409)


def _covered(name: str, held: set[str]) -> bool:
    return name in held or f"*.{name.partition('.')[2]}" in held


def _taken(call: Any, identifier: str) -> Iterator[str]:
    for _account, _region, store in call.front.stores.named("cloudfront", "distributions"):
        for other, one in store.items():
            if other != identifier:
                yield from (name.lower() for name in one["config"]["Aliases"].get("Items") or [])


def _check_acl(call: Any, acl: str) -> None:
    """An ACL of WAF's present version goes by its ARN, and is one for CloudFront."""
    if not acl or (":" not in acl and "/" not in acl):
        return
    parts = acl.split(":")
    if len(parts) > 5 and parts[2] == "wafv2" and parts[3] == "us-east-1" and parts[5].startswith("global/webacl/"):
        _scope, _webacl, name, identifier = parts[5].split("/")
        try:
            call.ask("wafv2", "GetWebACL", region="us-east-1", Name=name, Scope="CLOUDFRONT", Id=identifier)
            return
        except Refusal as refused:
            if refused.status == 501:
                raise
    message = "A web ACL ID specified is not valid. To specify a web ACL created using the latest version of AWS WAF, "
    raise Refusal("InvalidWebACLId", f"{message}use the ACL ARN.", 400)


def _check_geography(config: Document) -> None:
    given = (config.get("Restrictions") or {}).get("GeoRestriction") or {"RestrictionType": "none", "Quantity": 0}
    has = given["Quantity"] > 0
    if has == (given["RestrictionType"] == "none"):
        message = "The specified geo restriction parameter is not valid."
        raise Refusal("InvalidGeoRestrictionParameter", message, 400)
    if any(not re.fullmatch("[A-Z]{2}", code) for code in given.get("Items") or []):
        raise Refusal("InvalidLocationCode", "The location code specified is not valid.", 400)


def _check_errors(config: Document) -> None:
    """https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomErrorResponse.html"""
    for one in (config.get("CustomErrorResponses") or {}).get("Items") or []:
        if bool(one.get("ResponsePagePath")) != bool(one.get("ResponseCode")):
            message = "The specified list of custom error responses does not exist or is not valid."
            raise Refusal("InvalidResponseCode", message, 400)
