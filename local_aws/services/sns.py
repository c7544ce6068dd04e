# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""SNS: topic policies must be policies."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("sns")


@aws.before("SetTopicAttributes", "CreateTopic")
def policy_rule(call: Any) -> None:
    attributes = call.params.get("Attributes", {})
    name = call.params.get("AttributeName")
    document = call.params.get("AttributeValue") if name == "Policy" else attributes.get("Policy")
    if document:
        try:
            policies.statements(document)
        except ValueError as error:
            raise Refusal("InvalidParameter", f"Invalid parameter: Policy Error: {error}", 400) from error
