# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The new Security Hub, beside CSPM, which is moto's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("securityhub")


@aws.adds
def enable_security_hub_v2(call: Any, *, tags: Any = None) -> dict[str, Any]:
    arn = f"arn:{call.partition}:securityhub:{call.region}:{call.account}:hubv2/{call.request_id}"
    hub = call.state("hub_v2").setdefault("hub", {"HubV2Arn": arn, "SubscribedAt": datetime.now(UTC).isoformat()})
    return {"HubV2Arn": hub["HubV2Arn"]}


@aws.adds
def describe_security_hub_v2(call: Any) -> dict[str, Any]:
    hub: dict[str, Any] | None = call.state("hub_v2").get("hub")
    if hub is None:
        raise Refusal("ResourceNotFoundException", "Security Hub V2 is not enabled for this account", 404)
    return hub


@aws.adds
def disable_security_hub_v2(call: Any) -> dict[str, Any]:
    describe_security_hub_v2(call)
    call.state("hub_v2").clear()
    return {}
