# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import elbv2

DENIED = {"service": "elbv2", "code": "AccessDenied", "message": "no"}
FORWARD = {"Type": "forward"}
FIXED = {"Type": "fixed-response"}
TO_HTTPS = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS"}}
TO_HTTP = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTP"}}


def listener(protocol, *actions, **changes):
    rules = [{"Priority": str(number), "Actions": [action]} for number, action in enumerate(actions, 1)]
    return {
        "ListenerArn": f"arn:{protocol}",
        "LoadBalancerArn": "arn:alb",
        "Protocol": protocol,
        "Port": 443 if protocol == "HTTPS" else 80,
        "Rules": rules,
        **changes,
    }


UNREAD = listener("HTTP", Rules=None, Errors={"describe_rules": DENIED})


@pytest.mark.parametrize(
    ("listeners", "status"),
    [
        ([listener("HTTPS", FORWARD)], "PASS"),
        ([listener("HTTPS", FORWARD), listener("HTTP", TO_HTTPS)], "PASS"),
        ([listener("HTTPS", FORWARD), listener("HTTP", FORWARD)], "FAIL"),
        ([listener("HTTP", TO_HTTPS)], "FAIL"),
        ([listener("HTTPS", FORWARD, LoadBalancerArn="arn:other")], "FAIL"),
        ([], "FAIL"),
        ([listener("HTTPS", FORWARD), UNREAD], "UNKNOWN"),
    ],
)
def test_https(judge, listeners, status):
    balancers = [{"LoadBalancerArn": "arn:alb", "Type": "application"}]
    collections = {"elbv2.load_balancers": balancers, "elbv2.listeners": listeners}
    assert judge(elbv2.alb_https_listener, collections) == [status]


def test_only_application_load_balancers_speak_https(judge):
    balancers = [{"LoadBalancerArn": "arn:nlb", "Type": "network"}]
    assert judge(elbv2.alb_https_listener, {"elbv2.load_balancers": balancers}) == ["NOT_APPLICABLE"]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (listener("HTTP", TO_HTTPS), "PASS"),
        (listener("HTTP", TO_HTTPS, FIXED), "PASS"),
        (listener("HTTP", TO_HTTPS, FORWARD), "FAIL"),
        (listener("HTTP", TO_HTTP), "FAIL"),
        (listener("HTTP", Rules=None, DefaultActions=[FORWARD]), "FAIL"),
        (listener("HTTPS", FORWARD), "NOT_APPLICABLE"),
        (UNREAD, "UNKNOWN"),
    ],
)
def test_redirect(judge, found, status):
    assert judge(elbv2.alb_http_redirect, {"elbv2.listeners": [found]}) == [status]


@pytest.mark.parametrize(
    ("found", "status"),
    [
        (listener("HTTPS", Certificates=[{"CertificateArn": "arn:aws:acm:us-east-1:1:certificate/c"}]), "PASS"),
        (listener("HTTPS", Certificates=[{"CertificateArn": "arn:aws:iam::1:server-certificate/c"}]), "FAIL"),
        (listener("HTTPS"), "FAIL"),
        (listener("HTTP"), "NOT_APPLICABLE"),
    ],
)
def test_acm_certificate(judge, found, status):
    assert judge(elbv2.alb_acm_certificate, {"elbv2.listeners": [found]}) == [status]


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        ({"NotAfter": "2026-03-20T12:00:00Z"}, "PASS"),
        ({"NotAfter": "2026-03-19T12:00:00Z"}, "FAIL"),
        ({"NotAfter": "2026-01-01T00:00:00Z"}, "FAIL"),
        ({"Status": "PENDING_VALIDATION"}, "FAIL"),
    ],
)
def test_not_expiring(judge, certificate, status):
    certificates = {"acm.certificates": [{"CertificateArn": "arn:c", **certificate}]}
    assert judge(elbv2.acm_certificate_not_expiring, certificates) == [status]


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        ({"RenewalEligibility": "ELIGIBLE", "Type": "AMAZON_ISSUED"}, "PASS"),
        ({"RenewalEligibility": "INELIGIBLE", "Type": "IMPORTED"}, "FAIL"),
        ({"RenewalEligibility": "ELIGIBLE", "RenewalSummary": {"RenewalStatus": "FAILED"}}, "FAIL"),
        ({}, "FAIL"),
    ],
)
def test_renewal(judge, certificate, status):
    certificates = {"acm.certificates": [{"CertificateArn": "arn:c", **certificate}]}
    assert judge(elbv2.acm_renewal_eligible, certificates) == [status]


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", "PASS"),
        ("ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "PASS"),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "PASS"),
        ("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", "FAIL"),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", "FAIL"),
        ("ELBSecurityPolicy-2016-08", "FAIL"),
        (None, "FAIL"),
    ],
)
def test_tls_policy(judge, policy, status):
    assert judge(elbv2.alb_tls_policy, {"elbv2.listeners": [listener("HTTPS", SslPolicy=policy)]}) == [status]


def test_a_policy_is_of_https(judge):
    assert judge(elbv2.alb_tls_policy, {"elbv2.listeners": [listener("HTTP")]}) == ["NOT_APPLICABLE"]


@pytest.mark.parametrize(
    ("check", "key", "values"),
    [
        (
            elbv2.alb_drop_invalid_headers,
            "routing.http.drop_invalid_header_fields.enabled",
            {"true": "PASS", "false": "FAIL", None: "FAIL"},
        ),
        (
            elbv2.alb_desync_mitigation,
            "routing.http.desync_mitigation_mode",
            {"strictest": "PASS", "defensive": "PASS", "monitor": "FAIL"},
        ),
    ],
)
def test_attributes(judge, check, key, values):
    for found, status in values.items():
        balancer = {"LoadBalancerArn": "arn:b", "Type": "application", "Attributes": {key: found}}
        assert judge(check, {"elbv2.load_balancers": [balancer]}) == [status]
    hidden = {
        "LoadBalancerArn": "arn:b",
        "Type": "application",
        "Errors": {"describe_load_balancer_attributes": DENIED},
    }
    assert judge(check, {"elbv2.load_balancers": [hidden]}) == ["UNKNOWN"]
    other = {"LoadBalancerArn": "arn:b", "Type": "network"}
    assert judge(check, {"elbv2.load_balancers": [other]}) == ["NOT_APPLICABLE"]
