# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What CloudFront keeps, refuses and makes wait."""

from __future__ import annotations

import copy
import json

import pytest

REGION = "us-east-1"
DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def counted(*items):
    return {"Quantity": len(items), **({"Items": list(items)} if items else {})}


def config(**options):
    """A document with a custom origin and a cache policy."""
    origin = {
        "Id": "alb",
        "DomainName": "alb.example.com",
        "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only"},
    }
    behavior = {"TargetOriginId": "alb", "ViewerProtocolPolicy": "https-only", "CachePolicyId": DISABLED}
    return {
        "CallerReference": "reference",
        "Comment": "cdn",
        "Enabled": True,
        "Origins": counted(origin),
        "DefaultCacheBehavior": behavior,
        **options,
    }


def with_origin(**options):
    whole = config()
    whole["Origins"]["Items"][0].update(options)
    return {name: value for name, value in whole.items() if value is not None}


def with_behavior(**options):
    whole = config()
    whole["DefaultCacheBehavior"].update(options)
    return whole


def bucket(**options):
    whole = with_origin(
        DomainName="b.s3.us-east-1.amazonaws.com", S3OriginConfig={"OriginAccessIdentity": ""}, **options
    )
    del whole["Origins"]["Items"][0]["CustomOriginConfig"]
    return whole


@pytest.fixture
def cloudfront(client):
    return client("cloudfront", region=REGION)


def make(cloudfront, **options):
    return cloudfront.create_distribution(DistributionConfig=config(**options))


def test_the_whole_document_is_kept_and_given_back(cloudfront):
    shield = {"Enabled": True, "OriginShieldRegion": REGION}
    given = with_origin(OriginShield=shield, ResponseCompletionTimeout=60)
    given["DefaultCacheBehavior"]["GrpcConfig"] = {"Enabled": False}
    made = cloudfront.create_distribution(DistributionConfig=given)["Distribution"]
    kept = cloudfront.get_distribution_config(Id=made["Id"])["DistributionConfig"]
    assert kept["Origins"]["Items"][0]["OriginShield"] == shield
    assert kept["Origins"]["Items"][0]["ResponseCompletionTimeout"] == 60
    assert kept["Origins"]["Items"][0]["CustomOriginConfig"]["OriginSslProtocols"]["Items"] == ["SSLv3", "TLSv1"]
    assert not {"ForwardedValues", "MinTTL"} & set(kept["DefaultCacheBehavior"])


def test_an_update_is_of_the_present_version_and_whole(cloudfront, refused):
    made = make(cloudfront)
    identifier = made["Distribution"]["Id"]
    whole = cloudfront.get_distribution_config(Id=identifier)
    document = whole["DistributionConfig"]
    update = cloudfront.update_distribution
    assert refused(update, Id=identifier, DistributionConfig=document) == "InvalidIfMatchVersion"
    changed = update(Id=identifier, IfMatch=whole["ETag"], DistributionConfig={**document, "Comment": "new"})
    assert changed["ETag"] != whole["ETag"]
    assert refused(update, Id=identifier, IfMatch=whole["ETag"], DistributionConfig=document) == "PreconditionFailed"
    part = {name: value for name, value in document.items() if name != "PriceClass"}
    assert refused(update, Id=identifier, IfMatch=changed["ETag"], DistributionConfig=part) == "IllegalUpdate"
    other = {**document, "CallerReference": "other"}
    assert refused(update, Id=identifier, IfMatch=changed["ETag"], DistributionConfig=other) == "IllegalUpdate"


def test_a_reference_makes_one_distribution(cloudfront, refused):
    make(cloudfront)
    assert refused(cloudfront.create_distribution, DistributionConfig=config()) == "DistributionAlreadyExists"


def test_a_distribution_is_on_its_way_for_a_while(cloudfront, control):
    control.settings(transition_polls=2)
    identifier = make(cloudfront)["Distribution"]["Id"]
    states = [cloudfront.get_distribution(Id=identifier)["Distribution"]["Status"] for _unused in range(3)]
    assert states == ["InProgress", "Deployed", "Deployed"]


def test_a_distribution_is_disabled_before_it_is_deleted(cloudfront, refused):
    made = make(cloudfront)
    identifier = made["Distribution"]["Id"]
    assert refused(cloudfront.delete_distribution, Id=identifier, IfMatch=made["ETag"]) == "DistributionNotDisabled"
    whole = cloudfront.get_distribution_config(Id=identifier)
    off = {**whole["DistributionConfig"], "Enabled": False}
    etag = cloudfront.update_distribution(Id=identifier, IfMatch=whole["ETag"], DistributionConfig=off)["ETag"]
    cloudfront.delete_distribution(Id=identifier, IfMatch=etag)
    assert cloudfront.list_distributions()["DistributionList"]["Quantity"] == 0


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (config(Aliases=counted("a.example.com")), "InvalidViewerCertificate"),
        (config(WebACLId="arn:aws:wafv2:us-east-1:123456789012:global/webacl/a/b"), "InvalidWebACLId"),
        (config(WebACLId="arn:aws:wafv2:us-east-1:123456789012:regional/webacl/a/b"), "InvalidWebACLId"),
        (
            config(ViewerCertificate={"ACMCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/c",
                                      "SSLSupportMethod": "sni-only"}),
            "InvalidViewerCertificate",
        ),
        (config(Restrictions={"GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 0}}),
         "InvalidGeoRestrictionParameter"),
        (with_behavior(TargetOriginId="other"), "NoSuchOrigin"),
        (with_behavior(CachePolicyId="11111111-0000-4000-8000-000000000000"), "NoSuchCachePolicy"),
        (with_behavior(OriginRequestPolicyId="11111111-0000-4000-8000-000000000000"), "NoSuchOriginRequestPolicy"),
        (with_behavior(ResponseHeadersPolicyId="11111111-0000-4000-8000-000000000000"), "NoSuchResponseHeadersPolicy"),
        (with_behavior(MinTTL=0), "InvalidArgument"),
        (with_behavior(AllowedMethods=counted("GET", "POST")), "InvalidArgument"),
        (with_origin(VpcOriginConfig={"VpcOriginId": "vo_1"}), "InvalidOrigin"),
        (with_origin(OriginAccessControlId="E1"), "InvalidOriginAccessControl"),
        (with_origin(CustomHeaders={"Quantity": 1}), "InconsistentQuantities"),
        (bucket(OriginAccessControlId="E1"), "InvalidOriginAccessControl"),
    ],
)  # fmt: skip
def test_what_is_not_there_or_does_not_fit_is_refused(cloudfront, refused, document, code):
    assert refused(cloudfront.create_distribution, DistributionConfig=copy.deepcopy(document)) == code
    assert cloudfront.list_distributions()["DistributionList"]["Quantity"] == 0


def control_config(name, kind="s3"):
    return {
        "Name": name,
        "SigningProtocol": "sigv4",
        "SigningBehavior": "always",
        "OriginAccessControlOriginType": kind,
    }


def test_access_controls_have_one_name_and_stay_while_they_are_used(cloudfront, refused):
    made = cloudfront.create_origin_access_control(OriginAccessControlConfig=control_config("a"))
    identifier = made["OriginAccessControl"]["Id"]
    create, update = cloudfront.create_origin_access_control, cloudfront.update_origin_access_control
    assert refused(create, OriginAccessControlConfig=control_config("a")) == "OriginAccessControlAlreadyExists"
    stale = {"Id": identifier, "IfMatch": "E0", "OriginAccessControlConfig": control_config("b")}
    assert refused(update, **stale) == "PreconditionFailed"
    assert (
        refused(cloudfront.create_distribution, DistributionConfig=with_origin(OriginAccessControlId=identifier))
        == "InvalidDomainNameForOriginAccessControl"
    )
    cloudfront.create_distribution(DistributionConfig=bucket(OriginAccessControlId=identifier))
    delete = cloudfront.delete_origin_access_control
    assert refused(delete, Id=identifier, IfMatch=made["ETag"]) == "OriginAccessControlInUse"


def cache_config(name, **options):
    parameters = {
        "EnableAcceptEncodingGzip": True,
        "HeadersConfig": {"HeaderBehavior": "none"},
        "CookiesConfig": {"CookieBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "none"},
    }
    return {"Name": name, "MinTTL": 0, "ParametersInCacheKeyAndForwardedToOrigin": parameters, **options}


def test_policies_have_versions_and_lifetimes_of_their_own(cloudfront, refused):
    made = cloudfront.create_cache_policy(CachePolicyConfig=cache_config("own"))
    identifier = made["CachePolicy"]["Id"]
    assert made["CachePolicy"]["CachePolicyConfig"]["MaxTTL"] == 31536000
    assert refused(cloudfront.create_cache_policy, CachePolicyConfig=cache_config("own")) == "CachePolicyAlreadyExists"
    wrong = cache_config("wrong", DefaultTTL=10, MaxTTL=5)
    assert refused(cloudfront.create_cache_policy, CachePolicyConfig=wrong) == "InvalidArgument"
    theirs = {"Id": DISABLED, "IfMatch": "E23ZP02F085DFQ", "CachePolicyConfig": cache_config("mine")}
    assert refused(cloudfront.update_cache_policy, **theirs) == "IllegalUpdate"
    cloudfront.create_distribution(DistributionConfig=with_behavior(CachePolicyId=identifier))
    assert refused(cloudfront.delete_cache_policy, Id=identifier, IfMatch=made["ETag"]) == "CachePolicyInUse"


def test_lists_have_pages_and_both_types(cloudfront):
    for number in range(3):
        cloudfront.create_cache_policy(CachePolicyConfig=cache_config(f"own-{number}"))
    first = cloudfront.list_cache_policies(Type="custom", MaxItems="2")["CachePolicyList"]
    rest = cloudfront.list_cache_policies(Type="custom", MaxItems="2", Marker=first["NextMarker"])["CachePolicyList"]
    names = [one["CachePolicy"]["CachePolicyConfig"]["Name"] for one in [*first["Items"], *rest["Items"]]]
    assert names == ["own-0", "own-1", "own-2"]
    assert "NextMarker" not in rest
    managed = cloudfront.list_cache_policies(Type="managed")["CachePolicyList"]["Items"]
    assert "Managed-CachingOptimized" in json.dumps(managed, default=str)


@pytest.fixture
def balancer(client):
    """(ARN of an internal load balancer, its VPC without an internet gateway)"""
    ec2, elb = client("ec2", region=REGION), client("elbv2", region=REGION)
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"{REGION}{zone}")["Subnet"]
        for number, zone in enumerate("ab")
    ]
    ids = [one["SubnetId"] for one in subnets]
    made = elb.create_load_balancer(Name="internal", Scheme="internal", Subnets=ids)
    return made["LoadBalancers"][0]["LoadBalancerArn"], vpc


def endpoint(arn, **options):
    return {
        "Name": "alb",
        "Arn": arn,
        "HTTPPort": 80,
        "HTTPSPort": 443,
        "OriginProtocolPolicy": "https-only",
        **options,
    }


def with_vpc_origin(identifier):
    whole = with_origin(VpcOriginConfig={"VpcOriginId": identifier})
    del whole["Origins"]["Items"][0]["CustomOriginConfig"]
    return whole


def test_vpc_origins_want_a_gateway_take_time_and_are_fixed_while_used(client, cloudfront, control, refused, balancer):
    arn, vpc = balancer
    ec2 = client("ec2", region=REGION)
    assert refused(cloudfront.create_vpc_origin, VpcOriginEndpointConfig=endpoint(arn)) == "InvalidArgument"
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    control.settings(transition_polls=3)
    made = cloudfront.create_vpc_origin(VpcOriginEndpointConfig=endpoint(arn))
    identifier = made["VpcOrigin"]["Id"]
    assert made["VpcOrigin"]["Status"] == "Deploying"
    early = with_vpc_origin(identifier)
    assert refused(cloudfront.create_distribution, DistributionConfig=early) == "InvalidArgument"
    control.settings(transition_polls=0)
    while cloudfront.get_vpc_origin(Id=identifier)["VpcOrigin"]["Status"] != "Deployed":
        pass
    groups = ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["SecurityGroups"]
    service = next(one for one in groups if one["GroupName"] == "CloudFront-VPCOrigins-Service-SG")
    assert service["Tags"] == [{"Key": "aws.cloudfront.vpcorigin", "Value": "enabled"}]
    cloudfront.create_distribution(DistributionConfig=with_vpc_origin(identifier))
    change = {"Id": identifier, "IfMatch": made["ETag"], "VpcOriginEndpointConfig": endpoint(arn, HTTPSPort=8443)}
    assert refused(cloudfront.update_vpc_origin, **change) == "CannotUpdateEntityWhileInUse"
    delete = {"Id": identifier, "IfMatch": made["ETag"]}
    assert refused(cloudfront.delete_vpc_origin, **delete) == "CannotDeleteEntityWhileInUse"


def test_additional_metrics_are_a_subscription(cloudfront, refused):
    identifier = make(cloudfront)["Distribution"]["Id"]
    get, create = cloudfront.get_monitoring_subscription, cloudfront.create_monitoring_subscription
    assert refused(get, DistributionId=identifier) == "NoSuchMonitoringSubscription"
    wanted = {"RealtimeMetricsSubscriptionConfig": {"RealtimeMetricsSubscriptionStatus": "Enabled"}}
    create(DistributionId=identifier, MonitoringSubscription=wanted)
    assert get(DistributionId=identifier)["MonitoringSubscription"] == wanted
    again = refused(create, DistributionId=identifier, MonitoringSubscription=wanted)
    assert again == "MonitoringSubscriptionAlreadyExists"
