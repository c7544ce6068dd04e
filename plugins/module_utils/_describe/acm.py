# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Certificate Manager: https://docs.aws.amazon.com/acm/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item


def certificates(aws: Aws, *, arns: Collection[str]) -> list[Item]:
    """The named certificates as DescribeCertificate gives them, each read in its own region."""

    def one(arn: str) -> Item:
        home = aws.in_region(arn.split(":")[3])
        return home.call("acm", "describe_certificate", CertificateArn=arn)["Certificate"]

    return aws.map(one, sorted(arns))
