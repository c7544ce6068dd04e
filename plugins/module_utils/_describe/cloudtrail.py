# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudTrail: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item, further


def trails(aws: Aws) -> list[Item]:
    """Trails that record in this region, shadows of other regions' trails too, with Status and EventSelectors."""
    found: list[Item] = aws.call("cloudtrail", "describe_trails", includeShadowTrails=True)["trailList"]

    def add(trail: Item) -> None:
        home, arn = aws.in_region(trail.get("HomeRegion")), trail["TrailARN"]
        trail["Status"] = further(home, trail, "cloudtrail", "get_trail_status", Name=arn)
        trail["EventSelectors"] = further(home, trail, "cloudtrail", "get_event_selectors", TrailName=arn)

    aws.map(add, found)
    return found
