# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificate Manager: https://docs.aws.amazon.com/acm/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item

# Without them ListCertificates shows RSA keys of 1024 and 2048 bits alone:
# https://docs.aws.amazon.com/acm/latest/APIReference/API_Filters.html
_KEY_TYPES = [
    "RSA_1024",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "EC_prime256v1",
    "EC_secp384r1",
    "EC_secp521r1",
]


def certificates(aws: Aws, *, arns: Collection[str], tagged: bool = False) -> list[Item]:
    """The named certificates as DescribeCertificate gives them, each read in its own region; with Tags if asked."""

    def one(arn: str) -> Item:
        home = aws.in_region(arn.split(":")[3])
        found: Item = home.call("acm", "describe_certificate", CertificateArn=arn)["Certificate"]
        if tagged:
            found["Tags"] = to_dict(home.call("acm", "list_tags_for_certificate", CertificateArn=arn).get("Tags"))
        return found

    return aws.map(one, sorted(arns))


def summaries(aws: Aws, *, domain_names: Collection[str]) -> list[Item]:
    """Certificates of this region with one of the names as their first, in the short form of ListCertificates.

    SubjectAlternativeNameSummaries holds all names; where there are more than a hundred, those that it is cut to.
    """
    found = aws.pages("acm", "list_certificates", "CertificateSummaryList", Includes={"keyTypes": _KEY_TYPES})
    return [
        {**one, "SubjectAlternativeNameSummaries": one.get("SubjectAlternativeNameSummaries") or [one["DomainName"]]}
        for one in found
        if one["DomainName"] in domain_names
    ]
