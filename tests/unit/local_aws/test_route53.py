# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Records that a zone does not take, and how names are shown."""

from __future__ import annotations

import pytest

CDN = {"HostedZoneId": "Z2FDTNDATAQYW2", "DNSName": "D1.cloudfront.net", "EvaluateTargetHealth": False}


@pytest.fixture
def route53(client):
    return client("route53", region="us-east-1")


@pytest.fixture
def zone(route53):
    return route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]


def values(*texts, ttl=60):
    return {"TTL": ttl, "ResourceRecords": [{"Value": text} for text in texts]}


def batch(zone, *records):
    changes = [
        {"Action": "UPSERT", "ResourceRecordSet": {"Name": name, "Type": kind, **rest}} for name, kind, rest in records
    ]
    return {"HostedZoneId": zone, "ChangeBatch": {"Changes": changes}}


def test_a_reference_makes_one_zone(route53, zone, refused):
    assert refused(route53.create_hosted_zone, Name="example.org", CallerReference="1") == "HostedZoneAlreadyExists"


def test_names_are_shown_in_lower_case_with_a_dot_and_codes(route53, zone):
    star, www = ("*.Example.com", "TXT", values('"x"')), ("WWW.example.com", "A", {"AliasTarget": CDN})
    route53.change_resource_record_sets(**batch(zone, star, www))
    sets = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    found = {one["Name"]: one for one in sets}
    assert {"\\052.example.com.", "www.example.com."} <= set(found)
    assert found["www.example.com."]["AliasTarget"]["DNSName"] == "d1.cloudfront.net."


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (("www.myexample.com", "A", values("192.0.2.1")), "InvalidChangeBatch"),
        (("example.com", "CNAME", values("www.example.org")), "InvalidChangeBatch"),
        (("used.example.com", "CNAME", values("www.example.org")), "InvalidChangeBatch"),
        (("www.example.com", "TXT", values("bare")), "InvalidChangeBatch"),
        (("www.example.com", "A", {"AliasTarget": {**CDN, "EvaluateTargetHealth": True}}), "InvalidChangeBatch"),
        (("www.example.com", "A", {"AliasTarget": CDN, "TTL": 60}), "InvalidInput"),
    ],
)
def test_records_that_a_zone_does_not_take(route53, zone, refused, record, code):
    route53.change_resource_record_sets(**batch(zone, ("used.example.com", "A", values("192.0.2.1"))))
    before = route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
    good = ("good.example.com", "A", values("192.0.2.2"))
    assert refused(route53.change_resource_record_sets, **batch(zone, good, record)) == code
    assert route53.list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"] == before
