# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Macie: https://docs.aws.amazon.com/macie/latest/APIReference/macie.html"""

from __future__ import annotations

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .partitions import needed
from .reading import Item


def sessions(aws: Aws) -> list[Item]:
    """The region's Macie session: status, createdAt; empty where Macie is not enabled.

    GetMacieSession says that with AccessDeniedException too; only the message tells it from a missing permission.
    """
    needed(aws, "macie2", "get_macie_session")
    try:
        return [aws.call("macie2", "get_macie_session")]
    except AwsError as error:
        if error.denied and "not enabled" in error.message.lower():
            return []
        raise
