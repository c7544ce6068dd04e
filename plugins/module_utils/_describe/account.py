# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The account's contacts: https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html"""

from __future__ import annotations

from .._engine.aws import Aws
from .partitions import needed
from .reading import Item, existing


def alternate_contacts(aws: Aws, *, types: tuple[str, ...] = ("SECURITY",)) -> list[Item]:
    """The alternate contacts that are set: AlternateContactType, EmailAddress, Name, PhoneNumber, Title."""
    needed(aws, "account", "get_alternate_contact")

    def one(kind: str) -> list[Item]:
        return existing(
            lambda: [aws.call("account", "get_alternate_contact", AlternateContactType=kind)["AlternateContact"]]
        )

    return [contact for found in aws.map(one, types) for contact in found]
