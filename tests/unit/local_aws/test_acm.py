# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificates: issued by the records in Route 53 alone, and kept while something uses them."""

from __future__ import annotations

import pytest

ZONE = "example.com"


@pytest.fixture
def acm(client):
    return client("acm")


def described(acm, arn):
    return acm.describe_certificate(CertificateArn=arn)["Certificate"]


def records(acm, arn):
    options = described(acm, arn)["DomainValidationOptions"]
    return {one["ResourceRecord"]["Name"]: one["ResourceRecord"]["Value"] for one in options}


def prove(client, wanted, **zone):
    route53 = client("route53")
    made = route53.create_hosted_zone(Name=ZONE, CallerReference=str(len(wanted)) + str(zone), **zone)["HostedZone"]
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {"Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": value}]},
        }
        for name, value in wanted.items()
    ]
    route53.change_resource_record_sets(HostedZoneId=made["Id"], ChangeBatch={"Changes": changes})


def test_names_are_kept_in_lower_case_and_a_wildcard_shares_its_record(acm):
    arn = acm.request_certificate(DomainName="Example.com", SubjectAlternativeNames=["*.EXAMPLE.com"])["CertificateArn"]
    found = described(acm, arn)
    assert found["DomainName"] == ZONE and set(found["SubjectAlternativeNames"]) == {ZONE, "*.example.com"}
    assert len(records(acm, arn)) == 1 and found["KeyAlgorithm"] == "RSA_2048"
    assert not {"NotAfter", "IssuedAt", "Serial"} & set(found), "it is not issued"


def test_it_is_issued_once_every_record_stands(client, acm):
    arn = acm.request_certificate(DomainName=ZONE, SubjectAlternativeNames=["www.example.com"])["CertificateArn"]
    wanted = records(acm, arn)
    prove(client, dict(list(wanted.items())[:1]))
    assert described(acm, arn)["Status"] == "PENDING_VALIDATION"
    prove(client, wanted)
    found = described(acm, arn)
    assert found["Status"] == "ISSUED" and found["NotAfter"]
    assert {one["ValidationStatus"] for one in found["DomainValidationOptions"]} == {"SUCCESS"}


def test_both_steps_take_time_where_a_knob_says_so(client, acm, control):
    control.settings(transition_polls=1)
    arn = acm.request_certificate(DomainName=ZONE)["CertificateArn"]
    assert "ResourceRecord" not in described(acm, arn)["DomainValidationOptions"][0]
    prove(client, records(acm, arn))
    assert [described(acm, arn)["Status"] for _look in range(2)] == ["PENDING_VALIDATION", "ISSUED"]


def test_lists_hide_other_keys_and_say_what_is_in_use(client, acm):
    acm.request_certificate(DomainName="a.example.com")
    acm.request_certificate(DomainName="b.example.com", KeyAlgorithm="EC_prime256v1")
    names = [one["DomainName"] for one in acm.list_certificates()["CertificateSummaryList"]]
    assert names == ["a.example.com"]
    listed = acm.list_certificates(Includes={"keyTypes": ["EC_prime256v1"]})["CertificateSummaryList"]
    assert [(one["DomainName"], one["KeyAlgorithm"], one["InUse"]) for one in listed] == [
        ("b.example.com", "EC_prime256v1", False)
    ]
    assert acm.list_certificates(CertificateStatuses=["ISSUED"])["CertificateSummaryList"] == []


def test_one_in_use_is_kept_and_renews(client, acm, refused):
    arn = acm.request_certificate(DomainName=ZONE)["CertificateArn"]
    assert refused(acm.update_certificate_options, CertificateArn=arn, Options={}) == "InvalidStateException"
    prove(client, records(acm, arn))
    assert described(acm, arn)["RenewalEligibility"] == "INELIGIBLE"
    elb = client("elbv2")
    subnets = [one["SubnetId"] for one in client("ec2").describe_subnets()["Subnets"][:2]]
    (balancer,) = elb.create_load_balancer(Name="alb", Subnets=subnets, Scheme="internal")["LoadBalancers"]
    elb.create_listener(
        LoadBalancerArn=balancer["LoadBalancerArn"],
        Protocol="HTTPS",
        Port=443,
        Certificates=[{"CertificateArn": arn}],
        DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}],
    )
    found = described(acm, arn)
    assert found["InUseBy"] == [balancer["LoadBalancerArn"]] and found["RenewalEligibility"] == "ELIGIBLE"
    assert refused(acm.delete_certificate, CertificateArn=arn) == "ResourceInUseException"


@pytest.mark.parametrize("name", ["localhost.", "a.*.example.com", "plain"])
def test_names_that_are_none(acm, refused, name):
    assert refused(acm.request_certificate, DomainName=name) in (
        "InvalidDomainValidationOptionsException",
        "ValidationException",
    )
