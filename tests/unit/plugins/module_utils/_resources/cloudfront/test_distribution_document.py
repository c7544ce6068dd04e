# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.cloudfront import (
    distribution_checks,
    distribution_document,
    distribution_origins,
)

FIELDS, fingerprint = distribution_document.FIELDS, distribution_origins.fingerprint
merged, options_of, patched = (
    distribution_document.merged,
    distribution_document.options_of,
    distribution_document.patched,
)
reasons_against = distribution_checks.reasons_against

BEHAVIOR = {
    "TargetOriginId": "static",
    "ViewerProtocolPolicy": "allow-all",
    "AllowedMethods": {
        "Quantity": 2,
        "Items": ["HEAD", "GET"],
        "CachedMethods": {"Quantity": 2, "Items": ["HEAD", "GET"]},
    },
    "Compress": False,
    "GrpcConfig": {"Enabled": False},
    "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "all"}},
    "MinTTL": 0,
    "DefaultTTL": 86400,
    "MaxTTL": 31536000,
}
BUCKET = {
    "Id": "static",
    "DomainName": "b.s3.us-east-1.amazonaws.com",
    "OriginPath": "",
    "CustomHeaders": {"Quantity": 0},
    "ConnectionAttempts": 3,
    "ConnectionTimeout": 10,
    "S3OriginConfig": {"OriginAccessIdentity": "origin-access-identity/cloudfront/E1", "OriginReadTimeout": 30},
}
ALB = {
    "Id": "alb",
    "DomainName": "alb.example",
    "OriginPath": "",
    "CustomHeaders": {"Quantity": 1, "Items": [{"HeaderName": "X-Theirs", "HeaderValue": "theirs"}]},
    "ConnectionAttempts": 3,
    "ConnectionTimeout": 10,
    "CustomOriginConfig": {
        "HTTPPort": 80,
        "HTTPSPort": 443,
        "OriginProtocolPolicy": "http-only",
        "OriginSslProtocols": {"Quantity": 2, "Items": ["SSLv3", "TLSv1"]},
        "OriginReadTimeout": 30,
        "OriginKeepaliveTimeout": 5,
        "IpAddressType": "ipv4",
    },
}
CONFIG = {
    "CallerReference": "theirs",
    "Comment": "cdn",
    "Enabled": True,
    "NewerThanThis": {"Mode": "odd"},
    "Aliases": {"Quantity": 1, "Items": ["old.example.com"]},
    "Origins": {"Quantity": 2, "Items": [BUCKET, ALB]},
    "OriginGroups": {"Quantity": 0},
    "DefaultCacheBehavior": BEHAVIOR,
    "CacheBehaviors": {
        "Quantity": 2,
        "Items": [{**BEHAVIOR, "PathPattern": "/a/*"}, {**BEHAVIOR, "PathPattern": "/b/*"}],
    },
    "CustomErrorResponses": {"Quantity": 0},
    "ViewerCertificate": {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"},
    "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
    "HttpVersion": "http2",
    "IsIPV6Enabled": True,
    "PriceClass": "PriceClass_100",
    "DefaultRootObject": "",
    "WebACLId": "",
}


def changed(config=None, headers=None, **desired):
    """The document after what is asked for."""
    config = config or CONFIG
    found = options_of(config)
    whole = merged(found, {"name": "cdn", **desired})
    fields = frozenset(name for name in FIELDS if whole.get(name) != found.get(name))
    return patched(copy.deepcopy(config), whole, fields, headers or {})


def new(**desired):
    return merged({}, {"name": "cdn", **desired})


def origins(config):
    return {one["Id"]: one for one in config["Origins"]["Items"]}


def test_what_is_asked_for_and_found_changes_nothing():
    found = options_of(CONFIG)
    assert merged(found, {"name": "cdn", **{name: found[name] for name in FIELDS}}) == found
    assert changed(http_version="http2") == CONFIG


def test_a_patch_keeps_what_no_option_knows():
    after = changed(http_version="http2and3", origins=[{"id": "alb", "protocol_policy": "https-only"}])
    assert after == {
        **CONFIG,
        "HttpVersion": "http2and3",
        "Origins": after["Origins"],
    }
    alb = origins(after)["alb"]
    assert alb["CustomOriginConfig"] == {**ALB["CustomOriginConfig"], "OriginProtocolPolicy": "https-only"}
    assert alb["CustomHeaders"] == ALB["CustomHeaders"]


def test_an_access_control_takes_the_place_of_the_older_identity():
    static = origins(changed(origins=[{"id": "static", "origin_access_control": "E2"}]))["static"]
    assert static["OriginAccessControlId"] == "E2"
    assert static["S3OriginConfig"] == {"OriginAccessIdentity": "", "OriginReadTimeout": 30}


def test_another_origin_leaves_the_older_identity_as_it_is():
    static = origins(changed(origins=[{"id": "alb", "http_port": 8080}]))["static"]
    assert static["S3OriginConfig"] == BUCKET["S3OriginConfig"]


def test_a_custom_origin_becomes_a_vpc_origin():
    alb = origins(changed(origins=[{"id": "alb", "load_balancer": "Internal.Example", "vpc_origin": "vo_1"}]))["alb"]
    assert "CustomOriginConfig" not in alb
    assert alb["DomainName"] == "internal.example"
    assert alb["VpcOriginConfig"] == {"VpcOriginId": "vo_1", "OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5}


def test_a_cache_policy_takes_the_place_of_lifetimes_and_forwarding():
    default = changed(default_cache_behavior={"cache_policy": "p"})["DefaultCacheBehavior"]
    assert default["CachePolicyId"] == "p"
    assert not {"ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"} & set(default)
    assert default["GrpcConfig"] == {"Enabled": False}
    without = changed(default_cache_behavior={"compress": True})["DefaultCacheBehavior"]
    assert without["ForwardedValues"] == BEHAVIOR["ForwardedValues"]


@pytest.mark.parametrize(
    ("named", "order"),
    [
        (["/b/*"], ["/a/*", "/b/*"]),
        (["/b/*", "/a/*"], ["/b/*", "/a/*"]),
        (["/new/*", "/a/*"], ["/new/*", "/b/*", "/a/*"]),
        (["/new/*"], ["/a/*", "/b/*", "/new/*"]),
    ],
)
def test_behaviors_keep_their_places_in_the_order_of_the_list(named, order):
    wanted = [{"path_pattern": path, "origin": "alb", "cache_policy": "p"} for path in named]
    after = changed(cache_behaviors=wanted)
    assert [one["PathPattern"] for one in after["CacheBehaviors"]["Items"]] == order


def test_a_new_behavior_has_what_an_update_wants():
    after = changed(cache_behaviors=[{"path_pattern": "/new/*", "origin": "alb", "cache_policy": "p"}])
    behavior = after["CacheBehaviors"]["Items"][-1]
    assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
    assert {"TrustedSigners", "SmoothStreaming", "LambdaFunctionAssociations", "AllowedMethods"} <= set(behavior)


def test_aliases_are_added_and_the_certificate_is_told_by_the_name_of_the_host():
    after = changed(aliases=["www.Example.com"], certificate="arn:c", minimum_protocol_version="TLSv1.2_2021")
    assert after["Aliases"] == {"Quantity": 2, "Items": ["old.example.com", "www.example.com"]}
    assert after["ViewerCertificate"] == {
        "ACMCertificateArn": "arn:c",
        "SSLSupportMethod": "sni-only",
        "MinimumProtocolVersion": "TLSv1.2_2021",
    }


def test_a_first_certificate_brings_modern_tls_and_a_second_one_leaves_it():
    first = changed(certificate="arn:c")
    assert first["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    older = {**CONFIG, "ViewerCertificate": {**first["ViewerCertificate"], "MinimumProtocolVersion": "TLSv1.2_2018"}}
    second = changed(older, certificate="arn:d")
    assert second["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2018"


def test_values_of_headers_are_no_part_of_the_options():
    mark = fingerprint("hush")
    after = changed(headers={mark: "hush"}, origins=[{"id": "alb", "custom_headers": {"x-ours": mark}}])
    sent = {one["HeaderName"]: one["HeaderValue"] for one in origins(after)["alb"]["CustomHeaders"]["Items"]}
    assert sent == {"X-Theirs": "theirs", "x-ours": "hush"}
    assert "hush" not in repr(options_of(after))
    assert "'theirs'" not in repr(options_of(after)["origins"])


def test_an_empty_page_of_an_error_is_not_sent_back():
    config = {
        **CONFIG,
        "CustomErrorResponses": {
            "Quantity": 1,
            "Items": [{"ErrorCode": 403, "ResponsePagePath": "", "ResponseCode": "", "ErrorCachingMinTTL": 5}],
        },
    }
    after = changed(
        config, custom_error_responses=[{"error_code": 404, "response_page_path": "/404.html", "response_code": 404}]
    )
    assert after["CustomErrorResponses"]["Items"] == [
        {"ErrorCode": 403, "ErrorCachingMinTTL": 5},
        {"ErrorCode": 404, "ErrorCachingMinTTL": 10, "ResponsePagePath": "/404.html", "ResponseCode": "404"},
    ]


STATIC = {"id": "static", "domain_name": "b.s3.us-east-1.amazonaws.com"}
DEFAULT = {"origin": "static", "cache_policy": "p"}


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({}, "needs origins and a default_cache_behavior"),
        ({"default_cache_behavior": {**DEFAULT, "origin": "x"}}, "origin is x; there are static"),
        ({"aliases": ["a.example.com"]}, "need a certificate of us-east-1"),
        ({"minimum_protocol_version": "TLSv1.2_2021"}, "needs a certificate"),
        ({"certificate": "arn:aws:acm:eu-west-1:1:certificate/c"}, "is not of us-east-1"),
        ({"web_acl": "arn:aws:wafv2:us-east-1:1:regional/webacl/a/b"}, "is not of the scope CLOUDFRONT"),
        ({"geo_restriction": {"type": "whitelist"}}, "has locations for the types"),
        ({"geo_restriction": {"type": "whitelist", "locations": ["de"]}}, "is no country"),
        ({"default_cache_behavior": {**DEFAULT, "allowed_methods": ["GET", "POST"]}}, "allowed_methods are"),
        ({"default_cache_behavior": {**DEFAULT, "cached_methods": ["GET", "HEAD", "OPTIONS"]}}, "cached_methods are"),
        ({"default_cache_behavior": {"origin": "static", "origin_request_policy": "r"}}, "needs a cache_policy"),
        (
            {"origin_groups": [{"id": "pair", "members": ["static", "other"]}]},
            "that are not there: other",
        ),
        ({"origin_groups": [{"id": "pair", "members": ["static"]}]}, "needs two members"),
        ({"origins": [{**STATIC, "path": "web/"}]}, "begins with a slash"),
        ({"origins": [{"id": "static"}]}, "has no domain_name"),
        ({"custom_error_responses": [{"error_code": 404, "response_code": 200}]}, "or neither"),
    ],
)
def test_what_cloudfront_would_refuse(desired, words):
    base = {"origins": [STATIC], "default_cache_behavior": DEFAULT} if desired else {}
    reasons = reasons_against(new(**{**base, **desired}))
    assert any(words in reason for reason in reasons), reasons


def test_nothing_is_said_against_a_plain_one():
    assert reasons_against(new(origins=[STATIC], default_cache_behavior=DEFAULT)) == []
