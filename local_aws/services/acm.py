# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificates: issued only when the records that prove their domains stand in Route 53, and in use by what names them.

https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
"""

from __future__ import annotations

import time
from typing import Any

from moto import settings as moto_settings

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("acm")

# moto would issue each certificate after a minute, whatever Route 53 holds.
moto_settings.ACM_VALIDATION_WAIT = 10**9

_PENDING, _ISSUED, _OWN = "PENDING_VALIDATION", "ISSUED", "AMAZON_ISSUED"
# What a certificate has once it is issued.
_OF_ISSUED = ("IssuedAt", "NotAfter", "NotBefore", "Serial", "SignatureAlgorithm")
# What ListCertificates shows without Includes.keyTypes: https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html
_SHOWN_KEYS = ("RSA_1024", "RSA_2048")
_SUMMARY = (
    "CertificateArn", "DomainName", "Status", "Type", "KeyAlgorithm", "KeyUsages", "ExtendedKeyUsages",
    "RenewalEligibility", "NotBefore", "NotAfter", "CreatedAt", "IssuedAt", "ImportedAt",
)  # fmt: skip
_MOST_NAMES = 100


@aws.before("RequestCertificate")
def lower_case(call: Any) -> None:
    """ACM keeps names in lower case."""
    params = call.params
    further = params.get("SubjectAlternativeNames")
    call.change(
        DomainName=params["DomainName"].lower(),
        SubjectAlternativeNames=[name.lower() for name in further] if further else None,
    )
    for name in (params["DomainName"], *(further or ())):
        if "*" in name.removeprefix("*.") or "." not in name:
            raise Refusal("InvalidDomainValidationOptionsException", f"{name} is not a valid domain name", 400)


@aws.after("RequestCertificate")
def requested(call: Any, answer: dict[str, Any]) -> None:
    known = call.state("requested")
    if answer["CertificateArn"] not in known:
        algorithm = call.original.get("KeyAlgorithm", "RSA_2048")
        known[answer["CertificateArn"]] = {"algorithm": algorithm}
        _is_over(call, known[answer["CertificateArn"]], "records", counts=False)


@aws.before("DescribeCertificate", "ListCertificates", "GetCertificate", "DeleteCertificate")
def validation(call: Any) -> None:
    """Issue what can be: the records are looked for whenever somebody looks."""
    for arn, certificate in call.backend()._certificates.items():
        if certificate.status == _PENDING and certificate.type == _OWN:
            progress = call.state("requested").setdefault(arn, {})
            if _is_proved(call, certificate) and _is_over(call, progress, "proved", counts=_looks_at(call, arn)):
                certificate.status = _ISSUED


def _looks_at(call: Any, arn: str) -> bool:
    return bool(call.operation == "DescribeCertificate" and call.params["CertificateArn"] == arn)


def _is_proved(call: Any, certificate: Any) -> bool:
    options = certificate.describe()["Certificate"]["DomainValidationOptions"]
    wanted = {one["ResourceRecord"]["Name"].lower(): one["ResourceRecord"]["Value"] for one in options}
    return all(value.lower().rstrip(".") in _values(call, name) for name, value in wanted.items())


def _values(call: Any, name: str) -> set[str]:
    """What the public zones of the account say to a CNAME."""
    zones = call.ask("route53", "ListHostedZones")["HostedZones"]
    found: set[str] = set()
    for zone in zones:
        if zone["Config"].get("PrivateZone") or not f".{name}".endswith(f".{zone['Name']}"):
            continue
        records = call.ask(
            "route53",
            "ListResourceRecordSets",
            HostedZoneId=zone["Id"].rpartition("/")[2],
            StartRecordName=name,
            StartRecordType="CNAME",
        )["ResourceRecordSets"]
        for record in records:
            if record["Type"] == "CNAME" and record["Name"].rstrip(".").lower() == name.rstrip("."):
                found |= {one["Value"].rstrip(".").lower() for one in record.get("ResourceRecords", [])}
    return found


def _is_over(call: Any, progress: dict[str, Any], what: str, counts: bool) -> bool:
    """A step that takes as long as a transition has ended. counts: this is one of the looks that it lasts for."""
    knobs = call.front.settings
    began = progress.setdefault(what, {"at": time.monotonic(), "polls": 0})
    over = began["polls"] >= knobs.transition_polls and time.monotonic() - began["at"] >= knobs.transition_seconds
    began["polls"] += counts and not over
    return bool(over)


@aws.after("DescribeCertificate")
def shown(call: Any, answer: dict[str, Any]) -> None:
    certificate = answer["Certificate"]
    _correct(call, certificate)
    known = call.state("requested").get(certificate["CertificateArn"])
    if certificate["Status"] == _PENDING and known and not _is_over(call, known, "records", counts=True):
        for option in certificate["DomainValidationOptions"]:
            option.pop("ResourceRecord", None)


def _correct(call: Any, certificate: dict[str, Any]) -> None:
    """What moto does not know, or takes for known too early."""
    arn = certificate["CertificateArn"]
    certificate["InUseBy"] = _in_use_by(call, arn)
    if certificate["Type"] != _OWN:
        return
    known = call.state("requested").get(arn, {})
    certificate["KeyAlgorithm"] = known.get("algorithm", certificate["KeyAlgorithm"])
    issued = certificate["Status"] == _ISSUED
    certificate["RenewalEligibility"] = "ELIGIBLE" if issued and certificate["InUseBy"] else "INELIGIBLE"
    if not issued:
        for name in _OF_ISSUED:
            certificate.pop(name, None)


def _in_use_by(call: Any, arn: str) -> list[str]:
    """ARNs of load balancers and distributions."""
    found = [
        balancer.arn
        for balancer in call.backend("elbv2").load_balancers.values()
        if any(arn in listener.certificates for listener in balancer.listeners.values())
    ]
    if call.region == "us-east-1":
        listed = call.ask("cloudfront", "ListDistributions").get("DistributionList", {})
        found += [
            one["ARN"]
            for one in listed.get("Items", [])
            if (one.get("ViewerCertificate") or {}).get("ACMCertificateArn") == arn
        ]
    return found


@aws.adds
def list_certificates(
    call: Any, *, certificate_statuses: Any = None, includes: Any = None, max_items: int = 0, next_token: str = ""
) -> dict[str, Any]:
    """Without keyTypes, keys of RSA with 1024 and 2048 bits alone."""
    keys = (includes or {}).get("keyTypes") or _SHOWN_KEYS
    every = [_summary(_described(call, arn)) for arn in call.backend()._certificates]
    found = [
        one
        for one in every
        if one["KeyAlgorithm"] in keys and (not certificate_statuses or one["Status"] in certificate_statuses)
    ]
    start, size = int(next_token or 0), max_items or 1000
    more = {"NextToken": str(start + size)} if len(found) > start + size else {}
    return {"CertificateSummaryList": found[start : start + size], **more}


def _described(call: Any, arn: str) -> dict[str, Any]:
    certificate: dict[str, Any] = call.moto("DescribeCertificate", CertificateArn=arn)["Certificate"]
    _correct(call, certificate)
    return certificate


def _summary(certificate: dict[str, Any]) -> dict[str, Any]:
    names = certificate.get("SubjectAlternativeNames") or [certificate["DomainName"]]
    return {
        **{name: certificate[name] for name in _SUMMARY if name in certificate},
        "SubjectAlternativeNameSummaries": names[:_MOST_NAMES],
        "HasAdditionalSubjectAlternativeNames": len(names) > _MOST_NAMES,
        "InUse": bool(certificate["InUseBy"]),
        "Exported": False,
    }


@aws.before("DeleteCertificate")
def in_use(call: Any) -> None:
    arn = call.params["CertificateArn"]
    if arn in call.backend()._certificates and _in_use_by(call, arn):
        message = f"Certificate {arn} in account {call.account} is in use."
        raise Refusal("ResourceInUseException", message, 400)


@aws.adds
def update_certificate_options(call: Any, *, certificate_arn: str, options: dict[str, Any]) -> None:
    """Of an issued certificate, its transparency logging alone."""
    certificate = call.backend()._certificates.get(certificate_arn)
    if certificate is None:
        raise Refusal("ResourceNotFoundException", f"Could not find certificate {certificate_arn}.", 400)
    if certificate.status != _ISSUED:
        raise Refusal("InvalidStateException", f"Certificate {certificate_arn} is not ISSUED", 400)
    certificate.cert_options.update(options)
