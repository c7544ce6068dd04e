# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the EC2 rules share."""

from __future__ import annotations

import fnmatch
import ipaddress
import sys
from typing import Any

from local_aws.refusal import Refusal


def not_found(code: str, kind: str, name: str) -> Refusal:
    return Refusal(code, f"The {kind} '{name}' does not exist", 400)


def subnets(call: Any, ids: list[str]) -> list[Any]:
    known = {subnet.id: subnet for subnet in call.backend("ec2").describe_subnets()}
    for subnet_id in ids:
        if subnet_id not in known:
            raise not_found("InvalidSubnetID.NotFound", "subnet ID", subnet_id)
    return [known[subnet_id] for subnet_id in ids]


def vpc(call: Any, name: str) -> Any:
    vpc = call.backend().vpcs.get(name)
    if vpc is None:
        raise not_found("InvalidVpcID.NotFound", "vpc ID", name)
    return vpc


def used(service: str) -> bool:
    """Whether moto's service has been imported at all: one that has not holds nothing."""
    return f"moto.{service}.models" in sys.modules


def fits(text: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(text, pattern) for pattern in patterns)


def canonical(block: str) -> str:
    """The block without host bits; as it is where it has no prefix or is none."""
    try:
        return str(ipaddress.ip_network(block, strict=False)) if "/" in block else block
    except ValueError:
        return block
