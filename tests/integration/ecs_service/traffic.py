# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who answers the requests of a load balancer, looked at after each call that changes something."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from local_aws.server import Server

REGION = "us-east-1"


class Traffic:
    """seen: each call that changed something, ECS's own too, and the healthy targets of each target group that has a
    share of the traffic then.
    """

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, int]]] = []

    def look(self, call: Any) -> None:
        if call.region == REGION:
            self.seen.append((call.name, serving(call.ask)))

    def short_of(self, least: int) -> list[tuple[str, dict[str, int]]]:
        """When a request might have met fewer healthy targets than these."""
        return [(call, groups) for call, groups in self.seen if min(groups.values(), default=0) < least]

    @property
    def ways(self) -> list[list[str]]:
        """The target groups that had a share, each time that they changed."""
        names = [sorted(groups) for _call, groups in self.seen]
        return [one for before, one in zip([[], *names], names, strict=False) if one != before]


@contextlib.contextmanager
def watched(server: Server) -> Iterator[Traffic]:
    traffic = Traffic()
    server.front.watchers.append(traffic.look)
    try:
        yield traffic
    finally:
        server.front.watchers.remove(traffic.look)


def serving(ask: Callable[..., dict[str, Any]]) -> dict[str, int]:
    """Healthy targets by target group, of those that a rule of any listener gives weight."""
    groups = {
        share["TargetGroupArn"]
        for rule in _rules(ask)
        for action in rule["Actions"]
        for share in action.get("ForwardConfig", {}).get("TargetGroups", [])
        if share["Weight"]
    }
    return {arn.split("/")[1]: _healthy(ask, arn) for arn in groups}


def _rules(ask: Callable[..., dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those of every listener, the default ones too."""
    for balancer in ask("elbv2", "DescribeLoadBalancers").get("LoadBalancers", []):
        found = ask("elbv2", "DescribeListeners", LoadBalancerArn=balancer["LoadBalancerArn"])
        for listener in found.get("Listeners", []):
            yield from ask("elbv2", "DescribeRules", ListenerArn=listener["ListenerArn"])["Rules"]


def _healthy(ask: Callable[..., dict[str, Any]], arn: str) -> int:
    found = ask("elbv2", "DescribeTargetHealth", TargetGroupArn=arn)["TargetHealthDescriptions"]
    return sum(one["TargetHealth"]["State"] == "healthy" for one in found)
