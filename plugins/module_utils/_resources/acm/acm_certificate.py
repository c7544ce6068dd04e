# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Public certificates: https://docs.aws.amazon.com/acm/latest/userguide/gs.html

A certificate is called by its domain name, of which there may be several, and its names can never change. So the one
that has all the names asked for is found, an issued one before others; where there is none, another is requested
beside those that are in service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._describe import acm
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, Wait
from ..._engine.tags import to_list
from ..ec2.common import client_token, is_made_here, note_made

ISSUED, PENDING = "ISSUED", "PENDING_VALIDATION"
# A certificate for which ACM does not show yet which records prove the domains.
NO_RECORDS = "PENDING_VALIDATION, without records yet"
_DEAD = frozenset({"EXPIRED", "FAILED", "INACTIVE", "REVOKED", "VALIDATION_TIMED_OUT"})
_OWN = "AMAZON_ISSUED"
# Parameters of a request: https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
_TOKEN_LENGTH = 32


def names_of(item: Mapping[str, Any]) -> frozenset[str]:
    """Domain names that an item asks for, as ACM keeps them."""
    return frozenset(name.lower() for name in (item["name"], *(item.get("subject_alternative_names") or ())))


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    summaries = acm.summaries(aws, domain_names={item["name"].lower() for item in items})
    chosen = {item["name"]: _best(aws, item, summaries) for item in items}
    arns = {name: one["CertificateArn"] for name, one in chosen.items() if one}
    described = {one["CertificateArn"]: one for one in acm.certificates(aws, arns=set(arns.values()), tagged=True)}
    return {name: _state(name, described[arn]) for name, arn in arns.items()}


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """ARNs alone."""
    summaries = acm.summaries(aws, domain_names={item["name"].lower() for item in items})
    chosen = {item["name"]: _best(aws, item, summaries) for item in items}
    return {name: {"arn": one["CertificateArn"]} for name, one in chosen.items() if one}


def _best(aws: Aws, item: State, summaries: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The certificate for an item; one that has failed only where this very task has requested it."""
    wanted = names_of(item)
    fitting = [
        one
        for one in summaries
        if one["DomainName"] == item["name"].lower()
        and wanted <= set(one["SubjectAlternativeNameSummaries"])
        and one["Type"] != "PRIVATE"
        and item.get("key_algorithm") in (None, one["KeyAlgorithm"])
        and (one["Status"] not in _DEAD or is_made_here(one["CertificateArn"]))
    ]
    return max(fitting, key=_worth, default=None)


def _worth(summary: Mapping[str, Any]) -> tuple[Any, ...]:
    """Issued, renewed by ACM, of the most names (for who asks by the domain alone), in use, the newest."""
    return (
        summary["Status"] == ISSUED,
        summary["Type"] == _OWN,
        len(summary["SubjectAlternativeNameSummaries"]),
        bool(summary.get("InUse")),
        str(summary.get("CreatedAt") or ""),
        summary["CertificateArn"],
    )


def _state(name: str, certificate: Mapping[str, Any]) -> State:
    options = certificate.get("DomainValidationOptions") or []
    records = _records(options)
    shown = bool(options) and all(one.get("ResourceRecord") or one.get("ValidationMethod") != "DNS" for one in options)
    status = certificate["Status"]
    return {
        "name": name,
        "arn": certificate["CertificateArn"],
        "subject_alternative_names": sorted(certificate.get("SubjectAlternativeNames") or []),
        "key_algorithm": certificate.get("KeyAlgorithm"),
        "type": certificate.get("Type"),
        "in_use_by": sorted(certificate.get("InUseBy") or []),
        "not_after": certificate.get("NotAfter"),
        "validation_records": records,
        "status": NO_RECORDS if status == PENDING and not shown else status,
        "status_reason": certificate.get("FailureReason"),
        "tags": certificate["Tags"],
    }


def _records(options: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The records that prove the domains; a name and its wildcard share one."""
    records = {record["Name"]: record for one in options for record in [one.get("ResourceRecord")] if record}
    return [{"name": name, "type": one["Type"], "value": one["Value"]} for name, one in sorted(records.items())]


def not_issued(certificate: Mapping[str, Any]) -> str:
    """What is said of a certificate (in AWS's shape) that cannot serve."""
    records = _records(certificate.get("DomainValidationOptions") or ())
    return (
        f"acm_certificate {certificate['DomainName']} ({certificate['CertificateArn']}) is {certificate['Status']} and "
        f"cannot serve; {records_to_make(records)}"
    )


def records_to_make(records: Iterable[Mapping[str, str]]) -> str:
    """The records as a sentence."""
    listed = ", ".join(f"{one['type']} {one['name']} with the value {one['value']}" for one in records)
    return f"it is issued once its domain's zone has {listed}; run again then" if listed else "request another one"


def create(aws: Aws, desired: State) -> None:
    """May be repeated: within a task the token makes ACM answer with the same certificate."""
    further = sorted(names_of(desired) - {desired["name"].lower()})
    options: dict[str, Any] = {"SubjectAlternativeNames": further} if further else {}
    if desired.get("key_algorithm"):
        options["KeyAlgorithm"] = desired["key_algorithm"]
    if desired.get("tags"):
        options["Tags"] = to_list(desired["tags"])
    answer = aws.call_once(
        "acm",
        "request_certificate",
        DomainName=desired["name"].lower(),
        ValidationMethod="DNS",
        IdempotencyToken=client_token(aws, "acm_certificate", aws.region, *sorted(names_of(desired)))[:_TOKEN_LENGTH],
        **options,
    )
    note_made(answer["CertificateArn"])


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """AddTagsToCertificate and RemoveTagsFromCertificate; both may be repeated."""
    if to_set:
        aws.call("acm", "add_tags_to_certificate", CertificateArn=found["arn"], Tags=to_list(to_set))
    if to_remove:
        tags = [{"Key": key} for key in to_remove]
        aws.call("acm", "remove_tags_from_certificate", CertificateArn=found["arn"], Tags=tags)


def has_names(found: Any, desired: Any) -> bool:
    """A certificate with more names than asked for serves as well."""
    return {name.lower() for name in desired} <= set(found or ())


def check(desired: State) -> list[str]:
    """https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"""
    reasons = []
    if len(desired["name"]) > 64:
        reasons.append("ACM takes 64 characters for the first name of a certificate; name a shorter one first")
    wild = [name for name in sorted(names_of(desired)) if "*" in name.removeprefix("*.")]
    reasons += [f"{name}: a wildcard is the first label alone, as in *.example.com" for name in wild]
    return reasons


ACM_CERTIFICATE = Kind(
    name="acm_certificate",
    role="edge",
    read=read,
    lookup=lookup,
    create=create,
    tag=tag,
    equal={"subject_alternative_names": has_names},
    wait=Wait(ready=frozenset({ISSUED, PENDING}), failed=_DEAD, timeout=300),
    check=check,
)

# Minutes as a rule once the records stand: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
ISSUED_CERTIFICATE = replace(ACM_CERTIFICATE, wait=Wait(ready=frozenset({ISSUED}), failed=_DEAD, timeout=3600, poll=15))
