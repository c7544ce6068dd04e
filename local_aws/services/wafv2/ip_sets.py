# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sets of addresses, and one name in a scope."""

from __future__ import annotations

import ipaddress
import uuid
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.wafv2 import aws
from local_aws.services.wafv2.common import invalid


@aws.before("CreateIPSet", "UpdateIPSet")
def addresses_rule(call: Any) -> None:
    """CIDR notation, and any range but /0: https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateIPSet.html"""
    for address in call.params["Addresses"]:
        try:
            network = ipaddress.ip_network(address)
        except ValueError as error:
            raise invalid(f"The parameter contains formatting that is not valid., parameter: {address}") from error
        if "/" not in address or network.prefixlen == 0:
            raise invalid(f"The parameter contains formatting that is not valid., parameter: {address}")


@aws.before("CreateWebACL", "CreateIPSet")
def name_rule(call: Any) -> None:
    """One name in a scope; moto has another word for it, and takes two sets of one name."""
    backend = call.backend(region="global" if call.params["Scope"] == "CLOUDFRONT" else None)
    made = backend.wacls if call.operation == "CreateWebACL" else backend.ip_sets
    if any(one.name == call.params["Name"] for one in made.values()):
        raise Refusal(
            "WAFDuplicateItemException",
            "AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an "
            "existing one.",
            400,
        )


@aws.after("CreateIPSet", "UpdateIPSet")
def token_of_a_set(call: Any, answer: dict[str, Any]) -> None:
    """One that WAF takes back; moto's are too short for it."""
    backend = call.backend(region="global" if call.params["Scope"] == "CLOUDFRONT" else None)
    made = next(one for one in backend.ip_sets.values() if one.name == call.params["Name"])
    made.lock_token = str(uuid.uuid4())
    if call.operation == "CreateIPSet":
        answer["Summary"]["LockToken"] = made.lock_token
    else:
        answer["NextLockToken"] = made.lock_token
