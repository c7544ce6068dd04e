# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodeConnections: https://docs.aws.amazon.com/codeconnections/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item, further, tagged


def connections(aws: Aws, *, names: Collection[str], tags: bool = True) -> list[Item]:
    """The connections of these names: ConnectionName, ConnectionArn, ProviderType, ConnectionStatus, with Tags."""
    every = aws.pages("codeconnections", "list_connections", "Connections")
    found = [one for one in every if one["ConnectionName"] in names]
    return aws.map(lambda one: _with_tags(aws, one), found) if tags else found


def _with_tags(aws: Aws, connection: Item) -> Item:
    arn = connection["ConnectionArn"]
    answer = further(aws, connection, "codeconnections", "list_tags_for_resource", ResourceArn=arn)
    return tagged([{**connection, "Tags": (answer or {}).get("Tags")}])[0]
