# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Route 53: https://docs.aws.amazon.com/Route53/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .reading import Item


def hosted_zones(aws: Aws) -> list[Item]:
    """Every hosted zone, public and private: Id (without /hostedzone/), Name (with the dot at its end), Config."""
    found = aws.pages("route53", "list_hosted_zones", "HostedZones")
    return [{**one, "Id": one["Id"].rpartition("/")[2]} for one in found]


def hosted_zone(aws: Aws, identifier: str) -> Item:
    """A hosted zone with its NameServers."""
    found = aws.call("route53", "get_hosted_zone", Id=identifier)
    servers = (found.get("DelegationSet") or {}).get("NameServers") or []
    return {**found["HostedZone"], "Id": identifier, "NameServers": servers}


def tags(aws: Aws, identifier: str) -> dict[str, str]:
    """Tags of a hosted zone."""
    answer = aws.call("route53", "list_tags_for_resource", ResourceType="hostedzone", ResourceId=identifier)
    return to_dict(answer["ResourceTagSet"]["Tags"])


def records(aws: Aws, *, zones: Collection[str]) -> dict[str, list[Item]]:
    """All record sets of the zones, by the zone's id."""
    ids = sorted(zones)
    found = aws.map(
        lambda one: aws.pages("route53", "list_resource_record_sets", "ResourceRecordSets", HostedZoneId=one), ids
    )
    return dict(zip(ids, found, strict=True))
