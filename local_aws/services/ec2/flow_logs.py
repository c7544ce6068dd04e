# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Flow logs, and how long EC2's changes show."""

from __future__ import annotations

from typing import Any

from local_aws import transitions
from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws


@aws.before("CreateFlowLogs")
def flow_log_rule(call: Any) -> None:
    params = call.params
    if params.get("MaxAggregationInterval", 600) not in (60, 600):
        raise Refusal("InvalidParameter", "MaxAggregationInterval must be 60 or 600.", 400)
    kind = params.get("LogDestinationType", "cloud-watch-logs")
    if kind != "cloud-watch-logs" and params.get("DeliverLogsPermissionArn"):
        raise Refusal("InvalidParameter", f"DeliverLogsPermissionArn isn't applicable for {kind} delivery", 400)
    role = params.get("DeliverLogsPermissionArn")
    if kind == "cloud-watch-logs" and role:
        name = role.rpartition("/")[2]
        if not any(known.name == name for known in call.backend("iam", region="aws").roles.values()):
            raise Refusal(
                "InvalidParameter", f"LogDestination: the role {role} does not exist or cannot be assumed.", 400
            )


transitions.add(
    transitions.Kind(
        service="ec2", describe="DescribeNatGateways", items="NatGateways", id="NatGatewayId", status="State",
        asks="NatGatewayIds", one="NatGateway", starts={"CreateNatGateway": "pending", "DeleteNatGateway": "deleting"},
        hides=("FailureCode", "FailureMessage"),
    ),
    transitions.Kind(
        service="ec2", describe="DescribeVpcEndpoints", items="VpcEndpoints", id="VpcEndpointId", status="State",
        asks="VpcEndpointIds", one="VpcEndpoint", starts={"CreateVpcEndpoint": "pending"}, hides=("LastError",),
    ),
)  # fmt: skip
