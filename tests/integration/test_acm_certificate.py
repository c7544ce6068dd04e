# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""acm_certificate as a playbook: requested, found, waited for, and named where somebody else keeps the zone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.tasks import play
from tests.playbook_run import LocalStack

DOMAIN = "App.Example.com"
CERTIFICATE = {"name": DOMAIN, "subject_alternative_names": ["www.app.example.com", "*.app.example.com"]}
TAGS = {"Project": "shop"}


def task(*certificates: Any, **options: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    return {
        "Certificate": (
            "acm_certificate",
            {"certificates": list(certificates or [CERTIFICATE]), "tags": TAGS, **options},
        )
    }


@pytest.fixture
def account(stack: LocalStack) -> LocalStack:
    stack.control.reset()
    return stack


def certificates(stack: LocalStack, region: str = "us-east-1") -> list[dict[str, Any]]:
    acm = stack.boto("acm", region)
    found = acm.list_certificates(Includes={"keyTypes": ["RSA_2048", "EC_prime256v1"]})["CertificateSummaryList"]
    return [acm.describe_certificate(CertificateArn=one["CertificateArn"])["Certificate"] for one in found]


def make_records(stack: LocalStack) -> None:
    """The records of all certificates, in a zone of this account."""
    route53 = stack.boto("route53")
    zones = route53.list_hosted_zones()["HostedZones"]
    zone = zones[0] if zones else route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]
    records = {
        one["ResourceRecord"]["Name"]: one["ResourceRecord"]["Value"]
        for certificate in certificates(stack)
        for one in certificate["DomainValidationOptions"]
    }
    changes = [
        {
            "Action": "UPSERT",
            "ResourceRecordSet": {"Name": name, "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": value}]},
        }
        for name, value in records.items()
    ]
    route53.change_resource_record_sets(HostedZoneId=zone["Id"], ChangeBatch={"Changes": changes})


def test_one_is_requested_and_waited_for(account: LocalStack, tmp_path: Path) -> None:
    account.control.settings(transition_polls=2)
    assert play(account, tmp_path, task(), check=True).ok().changed_tasks == ["Certificate"]
    assert certificates(account) == []
    shown = play(account, tmp_path, task(), "-v").ok()
    assert shown.changed_tasks == ["Certificate"]
    assert "_d930b28be6c5927595552b219965053e.app.example.com." in shown.stdout, "records are waited for, and returned"
    (found,) = certificates(account)
    assert found["Status"] == "PENDING_VALIDATION" and found["DomainName"] == "app.example.com"
    make_records(account)
    assert play(account, tmp_path, task(wait=True)).ok().recap["changed"] == 0
    (found,) = certificates(account)
    assert found["Status"] == "ISSUED"
    assert play(account, tmp_path, task(), check=True).ok().recap["changed"] == 0


def test_who_keeps_the_zone_is_told_the_records(account: LocalStack, tmp_path: Path) -> None:
    run = play(account, tmp_path, task(warn=True)).ok()
    said = " ".join(run.stdout.split())
    assert "is PENDING_VALIDATION: it is issued once its domain's zone has CNAME _" in said
    again = play(account, tmp_path, task(warn=True)).ok()
    assert again.recap["changed"] == 0 and "CNAME _" in again.stdout and len(certificates(account)) == 1
    late = play(account, tmp_path, task(wait=True, wait_timeout=1))
    assert late.rc != 0 and "PENDING_VALIDATION after" in " ".join(late.stdout.split())
    make_records(account)
    assert "WARNING" not in play(account, tmp_path, task(warn=True)).ok().stdout


def test_further_names_are_another_certificate(account: LocalStack, tmp_path: Path) -> None:
    play(account, tmp_path, task()).ok()
    make_records(account)
    fewer = {"name": DOMAIN}
    assert play(account, tmp_path, task(fewer)).ok().recap["changed"] == 0, "one with more names serves as well"
    more = {**CERTIFICATE, "subject_alternative_names": [*CERTIFICATE["subject_alternative_names"], "api.example.com"]}
    assert play(account, tmp_path, task(more)).ok().recap["changed"] == 1
    assert sorted(one["Status"] for one in certificates(account)) == ["ISSUED", "PENDING_VALIDATION"]
    assert play(account, tmp_path, task(more)).ok().recap["changed"] == 0
    elliptic = {**CERTIFICATE, "key_algorithm": "EC_prime256v1"}
    assert play(account, tmp_path, task(elliptic)).ok().recap["changed"] == 1
    assert play(account, tmp_path, task(elliptic)).ok().recap["changed"] == 0
    assert len(certificates(account)) == 3


def test_tags_are_repaired_and_regions_kept_apart(account: LocalStack, tmp_path: Path) -> None:
    play(account, tmp_path, task()).ok()
    acm = account.boto("acm")
    (found,) = certificates(account)
    acm.remove_tags_from_certificate(CertificateArn=found["CertificateArn"], Tags=[{"Key": "Project"}])
    assert play(account, tmp_path, task()).ok().recap["changed"] == 1
    tags = acm.list_tags_for_certificate(CertificateArn=found["CertificateArn"])["Tags"]
    assert tags == [{"Key": "Project", "Value": "shop"}]
    assert play(account, tmp_path, task(region="eu-west-1")).ok().recap["changed"] == 1
    assert len(certificates(account)) == len(certificates(account, "eu-west-1")) == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.*.example.com", "a wildcard is the first label alone"), ("a" * 62 + ".com", "64 characters")],
)
def test_bad_input_is_refused(account: LocalStack, tmp_path: Path, name: str, words: str) -> None:
    run = play(account, tmp_path, task({"name": name}))
    assert run.rc != 0 and words in " ".join(run.stdout.split()) and certificates(account) == []
