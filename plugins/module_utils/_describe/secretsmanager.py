# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Secrets Manager; never a value: https://docs.aws.amazon.com/secretsmanager/latest/apireference/"""

from __future__ import annotations

import json
from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item, each_named, further, tagged


def secrets(aws: Aws, *, names: Collection[str] | None = None, policies: bool = True) -> list[Item]:
    """Secrets as DescribeSecret gives them, with Tags and, but for replicas, ResourcePolicy (a document or None).

    names: exact names; without them every secret, as ListSecrets gives it.
    """
    if names is None:
        return tagged(aws.pages("secretsmanager", "list_secrets", "SecretList"))
    found = tagged(each_named(aws, names, lambda name: [aws.call("secretsmanager", "describe_secret", SecretId=name)]))
    if policies:
        # A replica's policy is its primary's, and asked for in that region only.
        aws.map(lambda secret: add_policy(aws, secret), [secret for secret in found if not is_replica(aws, secret)])
    return found


def is_replica(aws: Aws, secret: Item) -> bool:
    """The secret's primary is in another region."""
    return secret.get("PrimaryRegion", aws.region) != aws.region


def add_policy(aws: Aws, secret: Item) -> None:
    """Put ResourcePolicy, a document or None, on a secret."""
    answer = further(aws, secret, "secretsmanager", "get_resource_policy", SecretId=secret["ARN"])
    policy = (answer or {}).get("ResourcePolicy")
    secret["ResourcePolicy"] = json.loads(policy) if policy else None
