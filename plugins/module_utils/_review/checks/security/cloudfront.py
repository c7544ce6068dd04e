# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFront: TLS on both sides, origin access control, geo restriction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, not_applicable
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide"
_HTTPS_ONLY = frozenset({"redirect-to-https", "https-only"})
_BUCKET = re.compile(r"\.s3([.-][a-z0-9-]+)*\.amazonaws\.com(\.cn)?$")
_WEBSITE = re.compile(r"\.s3-website[.-]")
_OLD_TLS = frozenset({"SSLv3", "TLSv1", "TLSv1.1"})


@check(
    id="cloudfront_custom_certificate",
    pillar="security",
    best_practice="SEC09-BP01",
    severity="medium",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront answers with a certificate of ACM",
    needs=("cloudfront.distributions",),
    role="edge",
    item="SEC-7",
    recommendation="Set stack_domain; the edge role requests the certificate in us-east-1 and adds the alias.",
    source=f"{_GUIDE}/cnames-and-https-requirements.html",
)
def cloudfront_custom_certificate(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """ViewerCertificate.ACMCertificateArn; certificates of IAM are not renewed by AWS."""
    for distribution in stack.items("cloudfront.distributions"):
        certificate = distribution["DistributionConfig"].get("ViewerCertificate") or {}
        arn, default = certificate.get("ACMCertificateArn"), bool(certificate.get("CloudFrontDefaultCertificate"))
        evidence = f"{fact('ACMCertificateArn', arn)}, {fact('CloudFrontDefaultCertificate', default)}"
        yield verdict(bool(arn) and not default, distribution["ARN"], evidence)


@check(
    id="cloudfront_viewer_https",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsCloudFrontDistribution",
    title="Viewers reach CloudFront by HTTPS alone",
    needs=("cloudfront.distributions",),
    role="edge",
    item="SEC-7",
    recommendation="Run the edge role: each behaviour redirects to HTTPS.",
    source=f"{_GUIDE}/using-https-viewers-to-cloudfront.html",
)
def cloudfront_viewer_https(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """ViewerProtocolPolicy of every behaviour."""
    for distribution in stack.items("cloudfront.distributions"):
        behaviours = _behaviours(distribution)
        policies = {path: one.get("ViewerProtocolPolicy") for path, one in behaviours}
        evidence = ", ".join(fact(f"ViewerProtocolPolicy of {path}", policy) for path, policy in policies.items())
        yield verdict(_HTTPS_ONLY.issuperset(policies.values()), distribution["ARN"], evidence)


@check(
    id="cloudfront_origin_https",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront reaches its origins by HTTPS alone",
    needs=("cloudfront.distributions", "cloudfront.vpc_origins"),
    role="edge",
    item="SEC-7",
    recommendation="Run the edge role after the load balancer has an HTTPS listener with a certificate of stack_domain:"
    " the origin is then reached with https-only.",
    source=f"{_GUIDE}/using-https-cloudfront-to-custom-origin.html",
)
def cloudfront_origin_https(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """OriginProtocolPolicy of custom and VPC origins; match-viewer is as good as what viewers may use."""

    def judge(distribution: Item) -> Result:
        policies = {one["Id"]: _origin_policy(one, stack) for one in _origins(distribution) if _has_policy(one)}
        if not policies:
            return not_applicable("the distribution has no custom origin", distribution["ARN"])
        wanted = {"https-only", "match-viewer"} if _viewers_use_https(distribution) else {"https-only"}
        evidence = ", ".join(fact(f"OriginProtocolPolicy of {name}", policy) for name, policy in policies.items())
        return verdict(wanted.issuperset(policies.values()), distribution["ARN"], evidence)

    yield from each(stack.items("cloudfront.distributions"), "ARN", judge)


@check(
    id="cloudfront_origin_access_control",
    pillar="security",
    best_practice="SEC08-BP04",
    severity="high",
    resource_type="AwsCloudFrontDistribution",
    title="Buckets answer CloudFront alone",
    needs=("cloudfront.distributions",),
    role="edge",
    item="SEC-3",
    recommendation="Run the edge role: it makes an origin access control for the bucket and a policy that admits the"
    " distribution alone. A website endpoint is first replaced by the bucket's own.",
    source=f"{_GUIDE}/private-content-restricting-access-to-s3.html",
)
def cloudfront_origin_access_control(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """OriginAccessControlId of S3 origins; the older identity is accepted. Website endpoints can have neither."""
    for distribution in stack.items("cloudfront.distributions"):
        buckets = [one for one in _origins(distribution) if _BUCKET.search(one["DomainName"]) or _is_website(one)]
        if not buckets:
            yield not_applicable("the distribution has no S3 origin", distribution["ARN"])
            continue
        access = [_access(one) for one in buckets]
        evidence = ", ".join(f"{one['Id']}: {by or 'neither'}" for one, by in zip(buckets, access, strict=True))
        yield verdict(all(access), distribution["ARN"], f"OriginAccessControlId or OriginAccessIdentity of {evidence}")


@check(
    id="cloudfront_geo_restriction",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="info",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront serves the countries that the policy names",
    needs=("cloudfront.distributions",),
    role="edge",
    item="SEC-5",
    recommendation="Name the countries in the edge role's geo restriction; wa_review_parameters.geo_restriction says"
    " whether the policy asks for one.",
    source=f"{_GUIDE}/georestrictions.html",
)
def cloudfront_geo_restriction(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """GeoRestriction, where the policy asks for one."""
    for distribution in stack.items("cloudfront.distributions"):
        restrictions = distribution["DistributionConfig"].get("Restrictions") or {}
        kind = restrictions.get("GeoRestriction", {}).get("RestrictionType")
        if parameters.geo_restriction:
            yield verdict(kind in {"whitelist", "blacklist"}, distribution["ARN"], fact("RestrictionType", kind))
        else:
            reason = f"parameters.geo_restriction is false, {fact('RestrictionType', kind)}"
            yield not_applicable(reason, distribution["ARN"])


@check(
    id="cloudfront_origin_bucket_exists",
    pillar="security",
    best_practice="SEC08-BP04",
    severity="high",
    resource_type="AwsCloudFrontDistribution",
    title="The buckets behind CloudFront exist",
    needs=("cloudfront.distributions", "s3.buckets"),
    role="edge",
    recommendation="Take the origin from the distribution, or make the bucket before somebody else takes its name.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-12",
)
def cloudfront_origin_bucket_exists(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each S3 origin names a bucket of this account; one of another account cannot be told from a missing one."""

    def judge(distribution: Item) -> Result:
        domains = [one["DomainName"] for one in _origins(distribution)]
        wanted = {domain.split(".s3")[0] for domain in domains if ".s3" in domain and ".amazonaws.com" in domain}
        if not wanted:
            return not_applicable("the distribution has no S3 origin", distribution["ARN"])
        missing = sorted(wanted - {one["Name"] for one in stack.items("s3.buckets")})
        return verdict(not missing, distribution["ARN"], f"origins without a bucket in this account: {listed(missing)}")

    yield from each(stack.items("cloudfront.distributions"), "ARN", judge)


@check(
    id="cloudfront_origin_no_deprecated_ssl",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="medium",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront speaks no old TLS with its origins",
    needs=("cloudfront.distributions", "cloudfront.vpc_origins"),
    role="edge",
    item="SEC-7",
    recommendation="Run the edge role: it leaves TLSv1.2 alone to each origin that is no bucket.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-10",
)
def cloudfront_origin_no_deprecated_ssl(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """OriginSslProtocols of custom and VPC origins that are reached by HTTPS."""

    def judge(distribution: Item) -> Result:
        encrypted = [one for one in _origins(distribution) if _has_policy(one)]
        encrypted = [one for one in encrypted if _origin_policy(one, stack) != "http-only"]
        if not encrypted:
            return not_applicable("the distribution has no custom origin that is reached by HTTPS", distribution["ARN"])
        old = {one["Id"]: sorted(_OLD_TLS.intersection(_origin_protocols(one, stack))) for one in encrypted}
        evidence = ", ".join(f"{name}: {listed(versions)}" for name, versions in old.items())
        return verdict(not any(old.values()), distribution["ARN"], f"old versions in OriginSslProtocols of {evidence}")

    yield from each(stack.items("cloudfront.distributions"), "ARN", judge)


@check(
    id="cloudfront_default_root_object",
    pillar="security",
    best_practice="SEC08-BP04",
    severity="low",
    resource_type="AwsCloudFrontDistribution",
    title="CloudFront answers / with a page and no list",
    needs=("cloudfront.distributions",),
    role="edge",
    recommendation="Run the edge role: it sets the default root object.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html#cloudfront-1",
)
def cloudfront_default_root_object(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """DefaultRootObject, where the default behaviour leads to a bucket: an application answers / itself."""

    def judge(distribution: Item) -> Result:
        config = distribution["DistributionConfig"]
        target = config["DefaultCacheBehavior"].get("TargetOriginId")
        groups = {one["Id"]: one for one in (config.get("OriginGroups") or {}).get("Items") or ()}
        members = [one["OriginId"] for one in groups[target]["Members"]["Items"]] if target in groups else [target]
        buckets = {one["Id"] for one in _origins(distribution) if _BUCKET.search(one["DomainName"])}
        if not buckets.intersection(members):
            return not_applicable("the default behaviour leads to no bucket", distribution["ARN"])
        page = config.get("DefaultRootObject")
        return verdict(bool(page), distribution["ARN"], fact("DefaultRootObject", page))

    yield from each(stack.items("cloudfront.distributions"), "ARN", judge)


def _origins(distribution: Item) -> Iterable[Item]:
    return distribution["DistributionConfig"].get("Origins", {}).get("Items") or ()


def _behaviours(distribution: Item) -> list[tuple[str, Item]]:
    """(path pattern, behaviour) of all behaviours, the default one as *."""
    config = distribution["DistributionConfig"]
    further = (config.get("CacheBehaviors") or {}).get("Items") or ()
    return [("*", config["DefaultCacheBehavior"]), *((one["PathPattern"], one) for one in further)]


def _viewers_use_https(distribution: Item) -> bool:
    return all(one.get("ViewerProtocolPolicy") in _HTTPS_ONLY for _path, one in _behaviours(distribution))


def _has_policy(origin: Item) -> bool:
    return bool(origin.get("CustomOriginConfig") or origin.get("VpcOriginConfig"))


def _reached_by(origin: Item, stack: Stack) -> Item:
    """How the origin is reached; a VPC origin says so itself, and not in the distribution."""
    if origin.get("CustomOriginConfig"):
        found: Item = origin["CustomOriginConfig"]
        return found
    wanted = origin["VpcOriginConfig"].get("VpcOriginId")
    for known in stack.items("cloudfront.vpc_origins"):
        if known["Id"] == wanted:
            endpoint: Item = known["VpcOriginEndpointConfig"]
            return endpoint
    return {}


def _origin_policy(origin: Item, stack: Stack) -> str | None:
    policy = _reached_by(origin, stack).get("OriginProtocolPolicy")
    return str(policy) if policy else None


def _origin_protocols(origin: Item, stack: Stack) -> list[str]:
    return list((_reached_by(origin, stack).get("OriginSslProtocols") or {}).get("Items") or ())


def _is_website(origin: Item) -> bool:
    return bool(_WEBSITE.search(origin["DomainName"]))


def _access(origin: Item) -> str:
    """What CloudFront reads the bucket by, empty where everybody may."""
    if _is_website(origin):
        return ""
    identity = (origin.get("S3OriginConfig") or {}).get("OriginAccessIdentity")
    return str(origin.get("OriginAccessControlId") or identity or "")
