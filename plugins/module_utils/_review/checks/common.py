# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What checks of all pillars share: a verdict from a condition, facts written as the API writes them."""

from __future__ import annotations

from typing import Any

from ..engine import Stack
from ..model import Result
from ..results import failed, passed


def verdict(good: bool, resource: str, evidence: str) -> Result:
    """PASS where good, FAIL otherwise, with the same evidence."""
    return passed(resource, evidence) if good else failed(resource, evidence)


def fact(name: str, seen: Any) -> str:
    """ "StorageEncrypted is false": a field of the API and what it holds; None reads as "not set"."""
    if seen is None or seen == "":
        return f"{name} is not set"
    if isinstance(seen, bool):
        return f"{name} is {str(seen).lower()}"
    return f"{name} is {seen}"


def listed(values: Any) -> str:
    """ "a, b and c" in the given order; "none" for nothing."""
    *first, last = list(values) or ["none"]
    return f"{', '.join(map(str, first))} and {last}" if first else str(last)


def workload(stack: Stack) -> str:
    """The resource of what is missing altogether: the workload's name."""
    return f"{stack.project}-{stack.environment}"


def ec2_arn(stack: Stack, kind: str, identifier: str) -> str:
    """The ARN that EC2 does not give with most of its things: ec2_arn(stack, "natgateway", "nat-1")."""
    return f"arn:{stack.partition}:ec2:{stack.region}:{stack.account_id}:{kind}/{identifier}"
