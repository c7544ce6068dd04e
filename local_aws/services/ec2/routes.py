# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Routes lead to one target, which is there and of the table's own VPC.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws, common

_TARGETS = (
    "CarrierGatewayId", "CoreNetworkArn", "EgressOnlyInternetGatewayId", "GatewayId", "InstanceId", "LocalGatewayId",
    "LocalTarget", "NatGatewayId", "NetworkInterfaceId", "TransitGatewayId", "VpcEndpointId", "VpcPeeringConnectionId",
)  # fmt: skip


@aws.before("CreateRoute", "ReplaceRoute")
def target_rule(call: Any) -> None:
    given = [name for name in _TARGETS if call.params.get(name)]
    if not given:
        raise Refusal("MissingParameter", "The request must contain a target of the route", 400)
    if len(given) > 1:
        raise Refusal(
            "InvalidParameterCombination", f"The parameter {given[0]} cannot be used with the parameter {given[1]}", 400
        )
    table = call.backend().route_tables.get(call.params["RouteTableId"])
    if table is not None:
        _same_network(call, table)


def _same_network(call: Any, table: Any) -> None:
    backend, gateway_id = call.backend(), call.params.get("GatewayId", "")
    nat_id = call.params.get("NatGatewayId")
    if gateway_id.startswith("igw-"):
        gateway = backend.internet_gateways.get(gateway_id)
        if gateway is not None and getattr(gateway.vpc, "id", None) != table.vpc_id:
            raise _elsewhere(table.id, f"network gateway {gateway_id}")
    if nat_id:
        nat = backend.nat_gateways.get(nat_id)
        if nat is None:
            raise common.not_found("InvalidNatGatewayID.NotFound", "natGateway ID", nat_id)
        if nat.vpc_id != table.vpc_id:
            raise _elsewhere(table.id, f"interface {nat_id}")


def _elsewhere(table: str, target: str) -> Refusal:
    return Refusal("InvalidParameterValue", f"route table {table} and {target} belong to different networks", 400)
