# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The network: each zone has a way out of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import not_applicable
from ..common import verdict
from ..nat import nat_routes


@check(
    id="nat_per_az",
    pillar="reliability",
    best_practice="REL10-BP01",
    severity="medium",
    resource_type="AwsEc2Subnet",
    title="Private subnets leave through a NAT gateway of their own zone",
    needs=("ec2.subnets", "ec2.route_tables", "ec2.nat_gateways"),
    role="network",
    item="COST-2",
    cost="raises",
    recommendation="Set network_nat_mode to per_az or regional; or say in wa_review_parameters.nat_policy that a single"
    " gateway is meant.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
)
def nat_per_az(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The NAT gateway of each subnet's route works and is in the subnet's zone, or is a regional one."""
    for route in nat_routes(
        stack.items("ec2.subnets"), stack.items("ec2.route_tables"), stack.items("ec2.nat_gateways")
    ):
        if parameters.nat_policy in {"single", "none"}:
            yield not_applicable(f"nat_policy is {parameters.nat_policy}", route.arn)
        else:
            yield verdict(route.near, route.arn, route.evidence)
