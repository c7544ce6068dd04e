# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Application load balancers: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/

A network or gateway load balancer of the same name is refused: its type cannot change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..._describe import elbv2
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, Reference, State, Wait, same_members
from ..ec2.security_group import SECURITY_GROUP
from ..ec2.subnet import SUBNET
from ..ec2.vpc import VPC
from .common import attributes_to_set, busy, given_tags, name_reasons, same_attributes, tag
from .common import eventual as not_seen

APPLICATION, INTERNAL = "application", "internal"
# The order counts: what logs need comes last, as a bucket that refuses them must not keep the rest from being set.
_LOGS = ("access_logs.", "connection_logs.", "health_check_logs.")
# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html
_MOST_ATTRIBUTES = 20


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    names = {item["name"] for item in items}
    asked = {item["name"] for item in items if item.get("attributes")}
    found = elbv2.load_balancers(aws, names=names)

    def state(balancer: dict[str, Any]) -> State:
        with_attributes = balancer["LoadBalancerName"] in asked
        attributes = elbv2.load_balancer_attributes(aws, balancer) if with_attributes else None
        return _state(balancer, attributes)

    return {one["name"]: one for one in aws.map(state, found)}


def _state(balancer: dict[str, Any], attributes: dict[str, str] | None) -> State:
    zones = balancer.get("AvailabilityZones") or []
    status = balancer.get("State") or {}
    return {
        "name": balancer["LoadBalancerName"],
        "arn": balancer["LoadBalancerArn"],
        "dimension": dimension(balancer["LoadBalancerArn"]),
        "dns_name": balancer.get("DNSName"),
        "hosted_zone_id": balancer.get("CanonicalHostedZoneId"),
        "scheme": balancer.get("Scheme"),
        "type": balancer.get("Type"),
        "vpc": balancer.get("VpcId"),
        "subnets": sorted(zone["SubnetId"] for zone in zones),
        "zones": sorted(zone["ZoneName"] for zone in zones),
        "security_groups": sorted(balancer.get("SecurityGroups") or []),
        "ip_address_type": balancer.get("IpAddressType"),
        "attributes": attributes,
        "status": status.get("Code"),
        "status_reason": status.get("Reason"),
        "tags": balancer["Tags"],
    }


def dimension(arn: str) -> str:
    """How CloudWatch calls it: "app/mywebapp-prod-alb/50dc6c495c0c9188"."""
    return arn.partition(":loadbalancer/")[2]


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Without tags and attributes."""
    found = elbv2.load_balancers(aws, names={item["name"] for item in items}, tagged=False)
    return {
        one["LoadBalancerName"]: {
            "arn": one["LoadBalancerArn"],
            "dimension": dimension(one["LoadBalancerArn"]),
            "vpc": one.get("VpcId"),
            "dns_name": one.get("DNSName"),
            "hosted_zone_id": one.get("CanonicalHostedZoneId"),
        }
        for one in found
    }


def create(aws: Aws, desired: State) -> None:
    address = {"IpAddressType": desired["ip_address_type"]} if desired.get("ip_address_type") else {}
    aws.call_once(
        "elbv2",
        "create_load_balancer",
        Name=desired["name"],
        Type=APPLICATION,
        Scheme=desired["scheme"],
        Subnets=desired["subnets"],
        SecurityGroups=desired["security_groups"],
        **address,
        **given_tags(desired),
    )


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """One setting after the other, each may be repeated; attributes last, as their bucket may refuse."""
    balancer = {"LoadBalancerArn": found["arn"]}
    if "security_groups" in fields:
        aws.call("elbv2", "set_security_groups", **balancer, SecurityGroups=desired["security_groups"])
        yield frozenset({"security_groups"})
    if "subnets" in fields:
        aws.call("elbv2", "set_subnets", **balancer, Subnets=desired["subnets"])
        yield frozenset({"subnets"})
    if "ip_address_type" in fields:
        aws.call("elbv2", "set_ip_address_type", **balancer, IpAddressType=desired["ip_address_type"])
        yield frozenset({"ip_address_type"})
    if "attributes" in fields:
        for batch in _batches(attributes_to_set(found, desired)):
            aws.call("elbv2", "modify_load_balancer_attributes", **balancer, Attributes=batch)
            yield frozenset()
        yield frozenset({"attributes"})


def _batches(attributes: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    logs = [one for one in attributes if one["Key"].startswith(_LOGS)]
    rest = [one for one in attributes if not one["Key"].startswith(_LOGS)]
    for group in (rest, logs):
        for start in range(0, len(group), _MOST_ATTRIBUTES):
            yield group[start : start + _MOST_ATTRIBUTES]


def eventual(error: AwsError) -> bool:
    """Also a bucket whose policy has just been put: ELB writes a test object when its logs are switched on.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html; its words are
    "Access Denied for bucket" and "S3Bucket validation transient issue".
    """
    bucket = error.code == "InvalidConfigurationRequest" and "bucket" in error.message.lower()
    return not_seen(error) or (error.service == "elbv2" and bucket)


def check(desired: State) -> list[str]:
    reasons = name_reasons("load_balancer", desired["name"])
    if len(set(desired["subnets"])) < 2:
        reasons.append("an application load balancer needs subnets in at least two zones; name another one")
    return reasons


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """A new one is internal where nothing is said; one that is there keeps its scheme."""
    new = {"scheme": INTERNAL} if found is None and not desired.get("scheme") else {}
    return {**desired, "type": APPLICATION, **new}, []


_STAYS = (
    "a load balancer keeps it for life; leave the option as found, or give another name to make another load balancer "
    "and move the traffic to it"
)

LOAD_BALANCER = Kind(
    name="load_balancer",
    role="ecs_service",
    read=read,
    lookup=lookup,
    create=create,
    update=update,
    tag=tag,
    references={
        "vpc": Reference(VPC),
        "subnets": Reference(SUBNET),
        "security_groups": Reference(SECURITY_GROUP),
    },
    unchangeable={"scheme": _STAYS, "type": _STAYS, "vpc": _STAYS},
    equal={"subnets": same_members, "security_groups": same_members, "attributes": same_attributes},
    # active_impaired: it serves, and AWS has no resources to scale it.
    wait=Wait(ready=frozenset({"active", "active_impaired"}), failed=frozenset({"failed"}), timeout=900),
    eventual=eventual,
    busy=busy,
    check=check,
    keeps=keeps,
)

# Listeners and target groups go on one that is on its way, and what needs it active can wait for it later.
STARTED_LOAD_BALANCER = replace(
    LOAD_BALANCER,
    wait=Wait(ready=frozenset({"active", "active_impaired", "provisioning"}), failed=frozenset({"failed"})),
)
