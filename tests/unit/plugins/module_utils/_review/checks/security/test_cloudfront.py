# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import cloudfront

BUCKET = {"Id": "s3", "DomainName": "b.s3.us-east-1.amazonaws.com"}
WEBSITE = {
    "Id": "site",
    "DomainName": "b.s3-website-us-east-1.amazonaws.com",
    "CustomOriginConfig": {"OriginProtocolPolicy": "http-only"},
}
VPC_ORIGIN = {"Id": "vpc", "DomainName": "internal.example", "VpcOriginConfig": {"VpcOriginId": "vo-1"}}


def custom(policy):
    return {"Id": "alb", "DomainName": "alb.example", "CustomOriginConfig": {"OriginProtocolPolicy": policy}}


def distribution(*origins, viewers=("redirect-to-https",), **config):
    default, *further = [{"ViewerProtocolPolicy": policy, "PathPattern": f"/{policy}"} for policy in viewers]
    behaviours = {"DefaultCacheBehavior": default, "CacheBehaviors": {"Quantity": len(further), "Items": further}}
    return {"ARN": "arn:d", "DistributionConfig": {"Origins": {"Items": list(origins)}, **behaviours, **config}}


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        ({"ACMCertificateArn": "arn:c", "CloudFrontDefaultCertificate": False}, "PASS"),
        ({"ACMCertificateArn": "", "CloudFrontDefaultCertificate": True}, "FAIL"),
        ({"IAMCertificateId": "id", "CloudFrontDefaultCertificate": False}, "FAIL"),
    ],
)
def test_certificate(judge, certificate, status):
    distributions = {"cloudfront.distributions": [distribution(ViewerCertificate=certificate)]}
    assert judge(cloudfront.cloudfront_custom_certificate, distributions) == [status]


@pytest.mark.parametrize(
    ("viewers", "status"),
    [
        (["redirect-to-https"], "PASS"),
        (["redirect-to-https", "https-only"], "PASS"),
        (["redirect-to-https", "allow-all"], "FAIL"),
        (["allow-all"], "FAIL"),
    ],
)
def test_viewers(judge, viewers, status):
    distributions = {"cloudfront.distributions": [distribution(viewers=viewers)]}
    assert judge(cloudfront.cloudfront_viewer_https, distributions) == [status]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (distribution(custom("https-only"), viewers=["allow-all"]), "PASS"),
        (distribution(custom("http-only")), "FAIL"),
        (distribution(custom("match-viewer")), "PASS"),
        (distribution(custom("match-viewer"), viewers=["allow-all"]), "FAIL"),
        (distribution(custom("https-only"), WEBSITE), "FAIL"),
        (distribution(BUCKET), "NOT_APPLICABLE"),
    ],
)
def test_origins(judge, found, status):
    assert judge(cloudfront.cloudfront_origin_https, {"cloudfront.distributions": [found]}) == [status]


@pytest.mark.parametrize(("policy", "status"), [("https-only", "PASS"), ("http-only", "FAIL")])
def test_a_vpc_origin_says_itself_how_it_is_reached(judge, policy, status):
    collections = {
        "cloudfront.distributions": [distribution(VPC_ORIGIN)],
        "cloudfront.vpc_origins": [{"Id": "vo-1", "VpcOriginEndpointConfig": {"OriginProtocolPolicy": policy}}],
    }
    assert judge(cloudfront.cloudfront_origin_https, collections) == [status]


def test_vpc_origins_matter_only_where_there_is_one(judge):
    found = {"cloudfront.distributions": [distribution(VPC_ORIGIN), distribution(custom("https-only"))]}
    assert judge(cloudfront.cloudfront_origin_https, found, ("cloudfront.vpc_origins",)) == ["UNKNOWN", "PASS"]


@pytest.mark.parametrize(
    ("origins", "status"),
    [
        ([{**BUCKET, "OriginAccessControlId": "E1"}], "PASS"),
        ([{**BUCKET, "S3OriginConfig": {"OriginAccessIdentity": "origin-access-identity/cloudfront/E2"}}], "PASS"),
        ([{**BUCKET, "S3OriginConfig": {"OriginAccessIdentity": ""}}], "FAIL"),
        ([BUCKET], "FAIL"),
        ([{**BUCKET, "DomainName": "b.s3.amazonaws.com", "OriginAccessControlId": "E1"}, BUCKET], "FAIL"),
        ([WEBSITE], "FAIL"),
        ([custom("https-only")], "NOT_APPLICABLE"),
    ],
)
def test_access_control(judge, origins, status):
    distributions = {"cloudfront.distributions": [distribution(*origins)]}
    assert judge(cloudfront.cloudfront_origin_access_control, distributions) == [status]


@pytest.mark.parametrize(
    ("wanted", "kind", "status"),
    [
        (True, "whitelist", "PASS"),
        (True, "none", "FAIL"),
        (False, "none", "NOT_APPLICABLE"),
        (False, "whitelist", "NOT_APPLICABLE"),
    ],
)
def test_geo_restriction(judge, wanted, kind, status):
    found = distribution(Restrictions={"GeoRestriction": {"RestrictionType": kind}})
    judged = judge(cloudfront.cloudfront_geo_restriction, {"cloudfront.distributions": [found]}, geo_restriction=wanted)
    assert judged == [status]


@pytest.mark.parametrize(
    ("origins", "buckets", "status"),
    [
        ([BUCKET], ["b"], "PASS"),
        ([BUCKET], ["other"], "FAIL"),
        ([WEBSITE], [], "FAIL"),
        ([custom("https-only")], [], "NOT_APPLICABLE"),
    ],
)
def test_origin_bucket(judge, origins, buckets, status):
    collections = {
        "cloudfront.distributions": [distribution(*origins)],
        "s3.buckets": [{"Name": name} for name in buckets],
    }
    assert judge(cloudfront.cloudfront_origin_bucket_exists, collections) == [status]


def encrypted(*versions, policy="https-only"):
    config = {"OriginProtocolPolicy": policy, "OriginSslProtocols": {"Items": list(versions)}}
    return {"Id": "alb", "DomainName": "alb.example", "CustomOriginConfig": config}


@pytest.mark.parametrize(
    ("origin", "of_vpc", "status"),
    [
        (encrypted("TLSv1.2"), [], "PASS"),
        (encrypted("TLSv1.2", "TLSv1.1"), [], "FAIL"),
        (encrypted("SSLv3", policy="match-viewer"), [], "FAIL"),
        (encrypted("SSLv3", policy="http-only"), [], "NOT_APPLICABLE"),
        (BUCKET, [], "NOT_APPLICABLE"),
        (VPC_ORIGIN, ["TLSv1.2"], "PASS"),
        (VPC_ORIGIN, ["SSLv3", "TLSv1"], "FAIL"),
    ],
)
def test_old_tls(judge, origin, of_vpc, status):
    endpoint = {"OriginProtocolPolicy": "https-only", "OriginSslProtocols": {"Items": of_vpc}}
    collections = {
        "cloudfront.distributions": [distribution(origin)],
        "cloudfront.vpc_origins": [{"Id": "vo-1", "VpcOriginEndpointConfig": endpoint}],
    }
    assert judge(cloudfront.cloudfront_origin_no_deprecated_ssl, collections) == [status]


@pytest.mark.parametrize(
    ("origin", "page", "status"),
    [
        (BUCKET, "index.html", "PASS"),
        (BUCKET, "", "FAIL"),
        (custom("https-only"), "", "NOT_APPLICABLE"),
    ],
)
def test_default_root_object(judge, origin, page, status):
    found = distribution(origin, DefaultRootObject=page)
    found["DistributionConfig"]["DefaultCacheBehavior"]["TargetOriginId"] = origin["Id"]
    assert judge(cloudfront.cloudfront_default_root_object, {"cloudfront.distributions": [found]}) == [status]
