# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What all kinds of a load balancer share: tags by ARN, names, attributes, and errors that pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..._engine.aws import Aws
from ..._engine.converge import tag_text
from ..._engine.errors import AwsError
from ..._engine.kind import State, holds
from ..._engine.tags import to_list

LONGEST_NAME = 32
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")

# What a moment-old network or certificate is refused with. "must have a fully-qualified domain name" is said of a
# certificate for some seconds after it has been issued: https://github.com/hashicorp/terraform-provider-aws/issues/41789
_NOT_SEEN = frozenset({"SubnetNotFound", "InvalidSecurityGroup", "CertificateNotFound", "UnsupportedCertificate"})


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """AddTags and RemoveTags; both may be repeated."""
    if to_set:
        aws.call("elbv2", "add_tags", ResourceArns=[found["arn"]], Tags=to_list(to_set))
    if to_remove:
        aws.call("elbv2", "remove_tags", ResourceArns=[found["arn"]], TagKeys=to_remove)


def given_tags(desired: State) -> dict[str, Any]:
    """The Tags parameter of a create, which takes no empty list."""
    return {"Tags": to_list(desired["tags"])} if desired.get("tags") else {}


def eventual(error: AwsError) -> bool:
    """What the call names was made a moment ago."""
    return error.service == "elbv2" and error.code in _NOT_SEEN


def busy(error: AwsError) -> bool:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html"""
    return error.service == "elbv2" and error.code == "PriorRequestNotComplete"


def name_reasons(kind: str, name: str) -> list[str]:
    """What is wrong with the name of a load balancer or target group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html and
    API_CreateTargetGroup.html
    """
    reasons = []
    if len(name) > LONGEST_NAME:
        reasons.append(f"the name has {len(name)} characters and AWS takes {LONGEST_NAME}; give a shorter one")
    if not _NAME.fullmatch(name):
        reasons.append("the name is of letters, digits and hyphens, and begins and ends with none of the latter")
    if kind == "load_balancer" and name.startswith("internal-"):
        reasons.append("the name begins with internal-, which AWS keeps for its own DNS names; give another one")
    return reasons


def texts(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Attributes as AWS keeps them: text, whatever YAML made of them."""
    return {str(key): tag_text(value) for key, value in attributes.items()}


def same_attributes(found: Any, desired: Any) -> bool:
    """The attributes asked for are as asked for; all others are no matter."""
    return holds(found, texts(desired))


def attributes_to_set(found: State, desired: State) -> list[dict[str, str]]:
    """The Attributes parameter that brings the found ones to the desired ones; only what differs."""
    there = found.get("attributes") or {}
    wanted = texts(desired["attributes"])
    return [{"Key": key, "Value": value} for key, value in sorted(wanted.items()) if there.get(key) != value]
