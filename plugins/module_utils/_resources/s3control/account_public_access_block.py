# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The account's block of public access to buckets, which is one for all regions.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html
"""

from __future__ import annotations

from collections.abc import Sequence

from ..._describe import s3
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State

SETTINGS = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The one there is, under the account's id; an account without it has every setting off."""
    (found,) = s3.account_public_access_block(aws)
    return {aws.account_id: {"name": aws.account_id, **{name: bool(found.get(key)) for name, key in SETTINGS.items()}}}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """PutPublicAccessBlock replaces all four, so what is not asked for is sent as it is."""
    wanted = {key: bool(desired.get(name, found[name])) for name, key in SETTINGS.items()}
    aws.call("s3control", "put_public_access_block", AccountId=aws.account_id, PublicAccessBlockConfiguration=wanted)


def create(aws: Aws, desired: State) -> None:
    """As update; never needed, as read always finds it."""
    update(aws, dict.fromkeys(SETTINGS, False), desired, frozenset(SETTINGS))


ACCOUNT_PUBLIC_ACCESS_BLOCK = Kind(
    name="account_public_access_block", role="edge", read=read, create=create, update=update
)
