# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Who answers the requests of a load balancer, looked at after each call that changes something."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from local_aws.server import Server

REGION = "us-east-1"
# What answers where there is no listener is as good as a way back.
_NOTHING = {"DefaultActions": [{"Type": "redirect"}]}


class Traffic:
    """seen: each call that changed something, ECS's own too, and the healthy targets of each target group that has a
    share of the traffic then. turned_away: such calls after which CloudFront asks a load balancer in vain.
    """

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, int]]] = []
        self.turned_away: list[str] = []

    def look(self, call: Any) -> None:
        if call.region == REGION:
            self.seen.append((call.name, serving(call.ask)))
            if asked_in_vain(call.ask):
                self.turned_away.append(call.name)

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
    for _name, listener in _listeners(ask):
        yield from ask("elbv2", "DescribeRules", ListenerArn=listener["ListenerArn"])["Rules"]


def _listeners(ask: Callable[..., dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each with the name by which its load balancer is asked."""
    for balancer in ask("elbv2", "DescribeLoadBalancers").get("LoadBalancers", []):
        found = ask("elbv2", "DescribeListeners", LoadBalancerArn=balancer["LoadBalancerArn"])
        yield from ((balancer["DNSName"], listener) for listener in found.get("Listeners", []))


def asked_in_vain(ask: Callable[..., dict[str, Any]]) -> list[str]:
    """Load balancers that a distribution asks where nothing listens, or that send it back to itself."""
    listening = {(name, listener["Port"]): listener for name, listener in _listeners(ask)}
    names = {name for name, _port in listening}
    return [
        name
        for name, port in _asked(ask)
        if name in names
        and "redirect" in [one["Type"] for one in listening.get((name, port), _NOTHING)["DefaultActions"]]
    ]


def _asked(ask: Callable[..., dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Name and port of each origin that is no bucket."""
    for distribution in ask("cloudfront", "ListDistributions")["DistributionList"].get("Items", []):
        for origin in distribution["Origins"]["Items"]:
            way = origin.get("CustomOriginConfig")
            if way:
                by_http = way["OriginProtocolPolicy"] == "http-only"
                yield origin["DomainName"], way["HTTPPort"] if by_http else way["HTTPSPort"]


def _healthy(ask: Callable[..., dict[str, Any]], arn: str) -> int:
    found = ask("elbv2", "DescribeTargetHealth", TargetGroupArn=arn)["TargetHealthDescriptions"]
    return sum(one["TargetHealth"]["State"] == "healthy" for one in found)
