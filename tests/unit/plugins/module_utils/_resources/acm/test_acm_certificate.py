# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.wait import failures, on_the_way
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.acm.acm_certificate import (
    ACM_CERTIFICATE,
    ISSUED_CERTIFICATE,
    NO_RECORDS,
    create,
    lookup,
    read,
    records_to_make,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2, tags

RECORD = {"Name": "_a.example.com.", "Type": "CNAME", "Value": "_b.acm."}


class Acm(Ec2):
    """Certificates by ARN."""

    account_id = "123456789012"

    def in_region(self, _region):
        return self


def arn(number):
    return f"arn:aws:acm:us-east-1:123456789012:certificate/{number}"


def aws(*summaries, **certificate):
    listed = [
        {
            "CertificateArn": arn(number),
            "DomainName": "example.com",
            "SubjectAlternativeNameSummaries": ["example.com"],
            "Status": "ISSUED",
            "Type": "AMAZON_ISSUED",
            "KeyAlgorithm": "RSA_2048",
            **one,
        }
        for number, one in enumerate(summaries, start=1)
    ]
    detail = {
        "CertificateArn": arn(1),
        "DomainName": "example.com",
        "SubjectAlternativeNames": ["example.com"],
        "Status": "ISSUED",
        "DomainValidationOptions": [{"ValidationMethod": "DNS", "ResourceRecord": RECORD}] * 2,
        **certificate,
    }
    return Acm(
        {
            "list_certificates": {"CertificateSummaryList": listed},
            "describe_certificate": {"Certificate": detail},
            "list_tags_for_certificate": {"Tags": tags(a="b")},
            "request_certificate": {"CertificateArn": arn(9)},
        }
    )


def chosen(*summaries, **wish):
    found = lookup(aws(*summaries), [{"name": "example.com", **wish}])
    return int(found["example.com"]["arn"].rpartition("/")[2]) if found else None


def test_the_best_of_several_is_taken():
    pending, more = (
        {"Status": "PENDING_VALIDATION"},
        {"SubjectAlternativeNameSummaries": ["example.com", "b.example.com"]},
    )
    assert chosen(pending, {}) == 2, "an issued one"
    assert chosen({"Type": "IMPORTED"}, {}) == 2, "one that ACM renews"
    assert chosen({"InUse": True}, more) == 2, "the one with the most names, for who asks by the domain alone"
    assert chosen({}, {"InUse": True}, {}) == 2, "one in use"
    assert chosen({"CreatedAt": "2026-02-01"}, {"CreatedAt": "2026-01-01"}) == 1, "the newest"


def test_one_that_does_not_have_the_names_or_the_key_is_not_taken():
    assert chosen({}, subject_alternative_names=["b.example.com"]) is None
    assert chosen({"SubjectAlternativeNameSummaries": ["example.com", "b.example.com"]},
                  subject_alternative_names=["B.example.com"]) == 1  # fmt: skip
    assert chosen({}, key_algorithm="EC_prime256v1") is None
    assert chosen({"Type": "PRIVATE"}) is None and chosen({"DomainName": "other.com"}) is None


def test_a_dead_one_counts_for_the_task_alone_that_has_requested_it():
    for status in ("EXPIRED", "FAILED", "REVOKED", "VALIDATION_TIMED_OUT"):
        assert chosen({"Status": status}) is None
    why = {"CertificateArn": arn(9), "Status": "FAILED"}
    failed = aws(why, **why, FailureReason="CAA_ERROR")
    create(failed, {"name": "example.com", "tags": {}})
    state = read(failed, [{"name": "example.com"}])["example.com"]
    assert "FAILED (CAA_ERROR)" in failures(ACM_CERTIFICATE, {"example.com": state})


def test_records_are_waited_for_and_each_is_named_once():
    wish = {"name": "example.com"}
    state = read(aws({}), [wish])["example.com"]
    assert state["validation_records"] == [{"name": RECORD["Name"], "type": "CNAME", "value": RECORD["Value"]}]
    assert "CNAME _a.example.com. with the value _b.acm." in records_to_make(state["validation_records"])
    early = {"Status": "PENDING_VALIDATION", "DomainValidationOptions": [{"ValidationMethod": "DNS"}]}
    state = read(aws({}, **early), [wish])["example.com"]
    assert state["status"] == NO_RECORDS and on_the_way(ACM_CERTIFICATE, {"example.com": state})


def test_only_who_wants_it_issued_waits_for_that():
    state = read(aws({}, Status="PENDING_VALIDATION"), [{"name": "example.com"}])["example.com"]
    assert not on_the_way(ACM_CERTIFICATE, {"a": state}) and on_the_way(ISSUED_CERTIFICATE, {"a": state})


def test_a_request_can_be_repeated():
    calls = aws()
    wish = {"name": "Example.com", "subject_alternative_names": ["www.Example.com", "example.com"], "tags": {"a": "b"}}
    create(calls, wish)
    create(calls, wish)
    (_first, sent), (_second, again) = calls.changes[-2:]
    assert sent["IdempotencyToken"] == again["IdempotencyToken"] and len(sent["IdempotencyToken"]) == 32
    assert sent["DomainName"] == "example.com" and sent["SubjectAlternativeNames"] == ["www.example.com"]


def test_names_in_capitals_are_no_difference():
    state = read(aws({}), [{"name": "Example.com"}])["Example.com"]
    wish = {"name": "Example.com", "subject_alternative_names": ["EXAMPLE.com"], "tags": {"a": "b"}}
    assert not plan(ACM_CERTIFICATE, state, wish).needed
