# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Reads of CloudFront, WAF and Route 53 show what was made or changed one read too late, where a knob says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from local_aws.lag import edge

CASES: list[Any] = []
HOME = "us-east-1"
SEEN = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "web"}
ACL = {"Name": "web", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": SEEN}
ADDRESSES = {"Name": "web", "Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": []}
ACCESS = {"Name": "web", "SigningProtocol": "sigv4", "SigningBehavior": "always", "OriginAccessControlOriginType": "s3"}
TAG = {"Key": "a", "Value": "b"}


DISTRIBUTION = {
    "CallerReference": "reference",
    "Comment": "cdn",
    "Enabled": True,
    "Origins": {
        "Quantity": 1,
        "Items": [
            {
                "Id": "web",
                "DomainName": "web.example.com",
                "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
            }
        ],
    },
    "DefaultCacheBehavior": {
        "TargetOriginId": "web",
        "ViewerProtocolPolicy": "https-only",
        "CachePolicyId": "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    },
}


def case(read: str, old: Any, new: Any) -> Callable[[Any], Any]:
    def add(function: Any) -> Any:
        CASES.append(pytest.param(read, function, old, new, id=f"{read}-{function.__name__}"))
        return function

    return add


@case("cloudfront:GetDistribution", "NoSuchDistribution", "cdn")
def distribution_made(aws: Any) -> Iterator[Any]:
    yield
    identifier = aws("cloudfront").create_distribution(DistributionConfig=DISTRIBUTION)["Distribution"]["Id"]

    def seen() -> Any:
        return aws("cloudfront").get_distribution(Id=identifier)["Distribution"]["DistributionConfig"]["Comment"]

    yield seen


@case("cloudfront:ListDistributions", (0, []), (1, ["cdn"]))
def distribution_listed(aws: Any) -> Iterator[Any]:
    yield
    aws("cloudfront").create_distribution(DistributionConfig=DISTRIBUTION)

    def seen() -> Any:
        found = aws("cloudfront").list_distributions()["DistributionList"]
        return found["Quantity"], [one["Comment"] for one in found.get("Items", [])]

    yield seen


@case("cloudfront:GetDistribution", "cdn", "new")
def distribution_changed(aws: Any) -> Iterator[Any]:
    made = aws("cloudfront").create_distribution(DistributionConfig=DISTRIBUTION)
    identifier = made["Distribution"]["Id"]
    document = {**made["Distribution"]["DistributionConfig"], "Comment": "new"}
    yield
    aws("cloudfront").update_distribution(Id=identifier, IfMatch=made["ETag"], DistributionConfig=document)

    def seen() -> Any:
        return aws("cloudfront").get_distribution(Id=identifier)["Distribution"]["DistributionConfig"]["Comment"]

    yield seen


@case("cloudfront:ListTagsForResource", [], [TAG])
def distribution_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("cloudfront").create_distribution(DistributionConfig=DISTRIBUTION)["Distribution"]["ARN"]
    yield
    aws("cloudfront").tag_resource(Resource=arn, Tags={"Items": [TAG]})
    yield lambda: aws("cloudfront").list_tags_for_resource(Resource=arn)["Tags"].get("Items", [])


def made_and_listed(thing: str, plural: str, given: dict[str, Any], missing: str) -> None:
    """Cases of what one call makes: by its id, and in the list of all."""
    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in thing)[1:]

    def make(aws: Any) -> str:
        return str(getattr(aws("cloudfront"), f"create_{name}")(**given)[thing]["Id"])

    @case(f"cloudfront:Get{thing}", missing, True)
    def by_id(aws: Any) -> Iterator[Any]:
        yield
        identifier = make(aws)
        yield lambda: bool(getattr(aws("cloudfront"), f"get_{name}")(Id=identifier))

    @case(f"cloudfront:List{plural}", 0, 1)
    def in_the_list(aws: Any) -> Iterator[Any]:
        listing = getattr(aws("cloudfront"), f"list_{name.removesuffix('y')}{'ies' if name.endswith('y') else 's'}")
        before = listing()[f"{thing}List"]["Quantity"]
        yield
        make(aws)
        yield lambda: listing()[f"{thing}List"]["Quantity"] - before


KEY = {
    "EnableAcceptEncodingGzip": True, "HeadersConfig": {"HeaderBehavior": "none"},
    "CookiesConfig": {"CookieBehavior": "none"}, "QueryStringsConfig": {"QueryStringBehavior": "none"},
}  # fmt: skip
CACHED = {"Name": "web", "MinTTL": 0, "ParametersInCacheKeyAndForwardedToOrigin": KEY}
HEADERS = {"ContentTypeOptions": {"Override": True}}
made_and_listed("OriginAccessControl", "OriginAccessControls", {"OriginAccessControlConfig": ACCESS},
                "NoSuchOriginAccessControl")  # fmt: skip
made_and_listed("CachePolicy", "CachePolicies", {"CachePolicyConfig": CACHED}, "NoSuchCachePolicy")
made_and_listed(
    "ResponseHeadersPolicy", "ResponseHeadersPolicies",
    {"ResponseHeadersPolicyConfig": {"Name": "web", "SecurityHeadersConfig": HEADERS}}, "NoSuchResponseHeadersPolicy",
)  # fmt: skip


def balancer(aws: Any) -> str:
    subnets = [one["SubnetId"] for one in aws("ec2").describe_subnets()["Subnets"][:2]]
    made = aws("elbv2").create_load_balancer(Name="alb", Subnets=subnets, Scheme="internal")["LoadBalancers"]
    return str(made[0]["LoadBalancerArn"])


def endpoint(aws: Any) -> dict[str, Any]:
    """What a VPC origin is made of, in a VPC that has a gateway."""
    vpc = aws("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
    gateway = aws("ec2").create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    aws("ec2").attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ports = {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"}
    return {"Name": "web", "Arn": balancer(aws), **ports}


@case("cloudfront:GetVpcOrigin", "EntityNotFound", "web")
def way_made(aws: Any) -> Iterator[Any]:
    wanted = endpoint(aws)
    yield
    made = aws("cloudfront").create_vpc_origin(VpcOriginEndpointConfig=wanted)["VpcOrigin"]
    yield lambda: aws("cloudfront").get_vpc_origin(Id=made["Id"])["VpcOrigin"]["VpcOriginEndpointConfig"]["Name"]


@case("cloudfront:ListVpcOrigins", 0, 1)
def way_listed(aws: Any) -> Iterator[Any]:
    wanted = endpoint(aws)
    yield
    aws("cloudfront").create_vpc_origin(VpcOriginEndpointConfig=wanted)
    yield lambda: aws("cloudfront").list_vpc_origins()["VpcOriginList"]["Quantity"]


@case("wafv2:ListWebACLs", 0, 1)
def acl_listed(aws: Any) -> Iterator[Any]:
    yield
    aws("wafv2").create_web_acl(**ACL)
    yield lambda: len(aws("wafv2").list_web_acls(Scope="REGIONAL")["WebACLs"])


@case("wafv2:GetWebACL", "WAFNonexistentItemException", "web")
def acl_made(aws: Any) -> Iterator[Any]:
    yield
    made = aws("wafv2").create_web_acl(**ACL)["Summary"]
    yield lambda: aws("wafv2").get_web_acl(Name="web", Scope="REGIONAL", Id=made["Id"])["WebACL"]["Name"]


@case("wafv2:ListTagsForResource", [], [TAG])
def acl_tagged(aws: Any) -> Iterator[Any]:
    arn = aws("wafv2").create_web_acl(**ACL)["Summary"]["ARN"]
    yield
    aws("wafv2").tag_resource(ResourceARN=arn, Tags=[TAG])
    yield lambda: aws("wafv2").list_tags_for_resource(ResourceARN=arn)["TagInfoForResource"]["TagList"]


@case("wafv2:GetLoggingConfiguration", "WAFNonexistentItemException", True)
def acl_logs(aws: Any) -> Iterator[Any]:
    aws("logs").create_log_group(logGroupName="aws-waf-logs-web")
    group = aws("logs").describe_log_groups()["logGroups"][0]["arn"].removesuffix(":*")
    arn = aws("wafv2").create_web_acl(**ACL)["Summary"]["ARN"]
    yield
    aws("wafv2").put_logging_configuration(LoggingConfiguration={"ResourceArn": arn, "LogDestinationConfigs": [group]})
    yield lambda: bool(aws("wafv2").get_logging_configuration(ResourceArn=arn)["LoggingConfiguration"])


@case("wafv2:GetWebACLForResource", False, True)
def acl_put_before_a_load_balancer(aws: Any) -> Iterator[Any]:
    named = {"ResourceArn": balancer(aws)}
    arn = aws("wafv2").create_web_acl(**ACL)["Summary"]["ARN"]
    yield
    aws("wafv2").associate_web_acl(WebACLArn=arn, **named)
    yield lambda: "WebACL" in aws("wafv2").get_web_acl_for_resource(**named)


@case("wafv2:ListIPSets", 0, 1)
def addresses_listed(aws: Any) -> Iterator[Any]:
    yield
    aws("wafv2").create_ip_set(**ADDRESSES)
    yield lambda: len(aws("wafv2").list_ip_sets(Scope="REGIONAL")["IPSets"])


@case("wafv2:GetIPSet", [], ["192.0.2.0/24"])
def addresses_changed(aws: Any) -> Iterator[Any]:
    aws("wafv2").create_ip_set(**ADDRESSES)
    named = {"Name": "web", "Scope": "REGIONAL", "Id": aws("wafv2").list_ip_sets(Scope="REGIONAL")["IPSets"][0]["Id"]}
    token = aws("wafv2").get_ip_set(**named)["LockToken"]
    yield
    aws("wafv2").update_ip_set(**named, Addresses=["192.0.2.0/24"], LockToken=token)
    yield lambda: aws("wafv2").get_ip_set(**named)["IPSet"]["Addresses"]


@case("route53:ListHostedZones", 0, 1)
def zone_made(aws: Any) -> Iterator[Any]:
    yield
    aws("route53").create_hosted_zone(Name="example.com", CallerReference="1")
    yield lambda: len(aws("route53").list_hosted_zones()["HostedZones"])


@pytest.mark.parametrize(("read", "write", "old", "new"), CASES)
def test_old_then_new(sees, read, write, old, new):
    def at_home(aws: Any) -> Iterator[Any]:
        return write(lambda service: aws(service, region=HOME))

    assert sees(at_home) == [old, new]


def test_every_read_of_the_table_is_tried():
    assert {kind.name for kind in edge.KINDS} == {param.values[0] for param in CASES}
