# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of the edge: CloudFront, WAF, certificates, buckets."""

from __future__ import annotations

from collections.abc import Iterable

from .._describe import acm, cloudfront, s3, terraform_state, wafv2
from .membership import values
from .source import Collector, Item, Source
from .tagging import owned_arns


def _distributions(source: Source) -> Iterable[Item]:
    """Distributions that are tagged as the workload's, whose comment, origin id or bucket is named like it, or that
    stand before its ALB."""
    owned = owned_arns(source)
    balancers = set(values(source.items("elbv2.load_balancers"), "DNSName"))

    def belongs(one: Item) -> bool:
        origins = values([one], "Origins", "Items", "DomainName")
        names = [*one.get("Comment", "").split(), *origins, *values([one], "Origins", "Items", "Id")]
        return one["ARN"] in owned or bool(balancers.intersection(origins)) or source.workload.owns(one, *names)

    ids = [one["Id"] for one in cloudfront.distributions(source.aws) if belongs(one)]
    return cloudfront.distribution_configs(source.aws, ids=ids)


def _cache_policies(source: Source) -> Iterable[Item]:
    configs = [one["DistributionConfig"] for one in source.items("cloudfront.distributions")]
    ids = values(configs, "DefaultCacheBehavior", "CachePolicyId")
    ids += values(configs, "CacheBehaviors", "Items", "CachePolicyId")
    return cloudfront.cache_policies(source.aws, ids=set(ids))


def _vpc_origins(source: Source) -> Iterable[Item]:
    configs = [one["DistributionConfig"] for one in source.items("cloudfront.distributions")]
    ids = values(configs, "Origins", "Items", "VpcOriginConfig", "VpcOriginId")
    return cloudfront.vpc_origins(source.aws, ids=ids)


def _attached(source: Source) -> Iterable[Item]:
    """One item for each load balancer: ResourceArn and WebAclArn (None without one)."""
    found = [{"ResourceArn": one["LoadBalancerArn"]} for one in source.items("elbv2.load_balancers")]
    answers = source.aws.map(lambda one: wafv2.acl_of(source.aws, one, one["ResourceArn"]), found)
    return [{**one, "WebAclArn": arn} for one, arn in zip(found, answers, strict=True)]


def _web_acls(source: Source) -> Iterable[Item]:
    """Web ACLs that are named like the workload, tagged so, or attached to something of it."""
    attached = set(values(source.items("wafv2.associations"), "WebAclArn"))
    attached |= set(values(source.items("cloudfront.distributions"), "DistributionConfig", "WebACLId"))
    attached |= owned_arns(source)
    scopes = source.aws.map(lambda scope: wafv2.web_acls(source.aws, scope=scope), ["REGIONAL", "CLOUDFRONT"])
    found = [one for acls in scopes for one in acls if one["ARN"] in attached or source.workload.owns(one, one["Name"])]
    return source.aws.map(lambda one: wafv2.web_acl(source.aws, one), found)


def _certificates(source: Source) -> Iterable[Item]:
    """Certificates that the workload's listeners and distributions use."""
    arns = values(source.items("elbv2.listeners"), "Certificates", "CertificateArn")
    configs = [one["DistributionConfig"] for one in source.items("cloudfront.distributions")]
    arns += values(configs, "ViewerCertificate", "ACMCertificateArn")
    return acm.certificates(source.aws, arns={arn for arn in arns if arn.split(":")[2] == "acm"})


def _buckets(source: Source) -> Iterable[Item]:
    """Buckets that are named like the workload, tagged so, or are an origin of its distributions."""
    origins = values(source.items("cloudfront.distributions"), "DistributionConfig", "Origins", "Items", "DomainName")
    used = {domain.split(".s3")[0] for domain in origins if ".s3" in domain}
    used |= {arn.split(":::")[1] for arn in owned_arns(source) if arn.split(":")[2] == "s3"}
    names = values(source.items("s3.bucket_names"), "Name")
    mine = [name for name in names if name in used or source.workload.owns({}, name)]
    found = s3.buckets(source.aws, names=mine, listed=True)
    return [one for one in found if one["Name"] in used or source.workload.owns(one, one["Name"])]


def _trail_buckets(source: Source) -> Iterable[Item]:
    parts = ("PublicAccessBlock", "PolicyStatus", "Acl")
    return s3.buckets(source.aws, names=values(source.items("cloudtrail.trails"), "S3BucketName"), parts=parts)


def _terraform_states(source: Source) -> Iterable[Item]:
    """State objects in the workload's buckets that are named for it; other buckets may hold millions of objects."""
    names = [
        one["Name"]
        for one in source.items("s3.bucket_names")
        if source.workload.owns({}, one["Name"]) and terraform_state.is_state_bucket(one["Name"])
    ]
    answers = source.aws.map(lambda name: terraform_state.states(source.aws, name), names)
    return [state for found in answers for state in found]


def _account_block(source: Source) -> Iterable[Item]:
    return s3.account_public_access_block(source.aws)


COLLECTORS = {
    "cloudfront.distributions": Collector("edge", _distributions),
    "cloudfront.cache_policies": Collector("edge", _cache_policies),
    "cloudfront.vpc_origins": Collector("edge", _vpc_origins),
    "wafv2.associations": Collector("edge", _attached),
    "wafv2.web_acls": Collector("edge", _web_acls),
    "acm.certificates": Collector("edge", _certificates),
    "s3.bucket_names": Collector("edge", lambda source: s3.bucket_names(source.aws), workload=False),
    "s3.buckets": Collector("edge", _buckets),
    "s3.trail_buckets": Collector("edge", _trail_buckets),
    "s3.terraform_states": Collector("secrets", _terraform_states),
    "s3control.public_access_block": Collector("edge", _account_block, workload=False),
}
