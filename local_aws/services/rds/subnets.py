# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Subnet groups: what moto lets pass."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.rds import aws, common


@aws.before("CreateDBSubnetGroup", "ModifyDBSubnetGroup")
def subnet_group_rule(call: Any) -> None:
    name, ids = call.params["DBSubnetGroupName"], call.params["SubnetIds"]
    groups = call.backend().subnet_groups
    if call.operation == "CreateDBSubnetGroup" and name in groups:
        raise Refusal("DBSubnetGroupAlreadyExists", f"The DB subnet group '{name}' already exists.", 400)
    if call.operation == "ModifyDBSubnetGroup":
        common.subnet_group(call, name)
    if name.lower() == "default":
        raise common.value("The DB subnet group name 'default' is reserved.")
    known = {subnet.id: subnet for subnet in call.backend("ec2").describe_subnets()}
    missing = [subnet_id for subnet_id in ids if subnet_id not in known]
    if missing:
        raise Refusal("InvalidSubnet", f"The subnet ID '{missing[0]}' does not exist", 400)
    subnets = [known[subnet_id] for subnet_id in ids]
    if len({subnet.vpc_id for subnet in subnets}) > 1:
        raise Refusal("InvalidSubnet", "The subnets of a DB subnet group must be in one VPC.", 400)
    zones = {subnet.availability_zone for subnet in subnets}
    if len(zones) < 2:
        raise Refusal(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: "
            f"{', '.join(sorted(zones))}. Add subnets to cover at least 2 AZs.",
            400,
        )


@aws.before("DeleteDBSubnetGroup")
def delete_rule(call: Any) -> None:
    name = call.params["DBSubnetGroupName"]
    common.subnet_group(call, name)
    backend = call.backend()
    users = [*backend.clusters.values(), *backend.databases.values()]
    if any((user.db_subnet_group_name or "").lower() == name.lower() for user in users):
        raise Refusal(
            "InvalidDBSubnetGroupStateFault",
            f"Cannot delete the subnet group '{name}' because at least one database is still using it.",
            400,
        )


@aws.before("ModifyDBSubnetGroup")
def remember(call: Any) -> None:
    name = call.params["DBSubnetGroupName"]
    call.state("modified_subnet_groups")[name] = common.subnet_group(call, name)


@aws.after("ModifyDBSubnetGroup")
def stays(call: Any, answer: dict[str, Any]) -> None:
    """moto forgets the group that it changes."""
    name = call.params["DBSubnetGroupName"]
    call.backend().subnet_groups[name] = call.state("modified_subnet_groups").pop(name)
