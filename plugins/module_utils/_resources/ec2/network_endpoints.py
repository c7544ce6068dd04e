# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The endpoints of a planned network, in the shape of the module's options. Pure.

https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .network_checks import served
from .network_found import Found, Item

GATEWAY, INTERFACE = "gateway", "interface"
# What earlier runs may have made, and is to go when it is not asked for any more.
KNOWN = (
    *("s3", "dynamodb", "ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "kms", "sts"),
    *("monitoring", "xray", "sns", "sqs", "events", "ec2"),
)


@dataclass(frozen=True)
class Asked:
    """gateways, interfaces: short names of services. own: endpoints in the module's shape, of which service alone is
    needed. policies: documents by "interface", "s3" and "dynamodb". groups: security groups of the interfaces."""

    gateways: Sequence[str] = ()
    interfaces: Sequence[str] = ()
    own: Sequence[Mapping[str, Any]] = ()
    policies: Mapping[str, Any] = field(default_factory=dict)
    groups: Sequence[str] = ()


def endpoints(
    prefix: str, asked: Asked, zones: Sequence[str], subnets: Sequence[str], tables: Sequence[str], found: Found
) -> Iterator[dict[str, Any]]:
    """zones, subnets: the private subnets and their zones. tables: those of the private subnets."""
    names = set()
    for one in (
        *({"service": service, "type": GATEWAY} for service in asked.gateways),
        *({"service": service, "type": INTERFACE} for service in asked.interfaces),
        *asked.own,
    ):
        made = _endpoint(prefix, one, asked, zones, subnets, tables, found)
        names.add(made["name"])
        yield made
    for service in KNOWN:
        name = _name(prefix, service)
        if name not in names:
            yield {"name": name, "service": service, "state": "absent"}


def _name(prefix: str, service: str) -> str:
    """A full name's last part stands for it."""
    short = service.rpartition(".")[2] if service.count(".") > 1 else service.replace(".", "-")
    return f"{prefix}-{short}"


def _endpoint(
    prefix: str,
    one: Mapping[str, Any],
    asked: Asked,
    zones: Sequence[str],
    subnets: Sequence[str],
    tables: Sequence[str],
    found: Found,
) -> dict[str, Any]:
    """In the zones that the service supports, with private DNS and a policy where it takes them."""
    given = {key: value for key, value in one.items() if value is not None}
    service, kind = given["service"], given.get("type", INTERFACE)
    common = {"name": _name(prefix, service), "service": service, "type": kind}
    if kind == GATEWAY:
        return {**common, "route_tables": list(tables), "policy": asked.policies.get(service), **given}
    detail = (found.services or {}).get(service)
    return {
        **common,
        "subnets": [subnet for subnet, zone in zip(subnets, zones, strict=True) if zone in served(detail, zones)],
        "security_groups": list(asked.groups),
        "private_dns": _has_private_dns(service, detail),
        "policy": asked.policies.get(INTERFACE) if _takes_policies(detail) else None,
        **given,
    }


def _has_private_dns(service: str, detail: Item | None) -> bool:
    """Private DNS of S3's interfaces would take its gateway's traffic, so it is only on where it is asked for."""
    if service in ("s3", "dynamodb"):
        return False
    return detail is None or bool(detail.get("PrivateDnsName") or detail.get("PrivateDnsNames"))


def _takes_policies(detail: Item | None) -> bool:
    return detail is None or bool(detail.get("VpcEndpointPolicySupported"))


def own_reasons(
    prefix: str, asked: Asked, zones: Sequence[str], subnets: Sequence[str], found: Found, region: str
) -> Iterator[str]:
    """What cannot work among the user's own endpoints."""
    if len(subnets) != len(zones):
        return
    taken = [_name(prefix, service) for service in (*asked.gateways, *asked.interfaces)]
    for number, one in enumerate(asked.own):
        where = f"network_endpoints[{number}]"
        service = one.get("service")
        if not service:
            yield f"{where} has no service; name one, such as sqs, or the full name of another account's"
            continue
        made = _endpoint(prefix, one, asked, zones, subnets, [], found)
        if made["name"] in taken:
            yield f"{where} ({service}) is called {made['name']} as another one is; give it a name"
        taken.append(made["name"])
        # Another account's service may be hidden from who may use it.
        if made["type"] == GATEWAY or service.count(".") > 1 or found.services is None:
            continue
        detail = found.services.get(service)
        if detail is None:
            yield f"{where}: AWS has no interface endpoints for {service} in {region}"
        elif not made["subnets"]:
            offered = ", ".join(sorted(detail["AvailabilityZones"]))
            yield f"{where}: {service} is in none of {', '.join(zones)}, but in {offered}"
