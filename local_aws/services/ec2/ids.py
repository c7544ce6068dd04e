# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Ids that are none are refused as malformed, before anybody looks whether there is such a thing.

The codes, whose spelling follows no rule, are those of
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. Filters refuse nothing: a value that fits
nothing finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from botocore import xform_name
from moto.core.utils import get_service_model

from local_aws.refusal import Refusal
from local_aws.services.ec2 import aws

# A kind's parameter -> the prefix of its ids, the code of a malformed one, and what AWS calls the kind.
_KINDS = {
    "vpc_id": ("vpc", "InvalidVpcID.Malformed"),
    "subnet_id": ("subnet", "InvalidSubnetID.Malformed"),
    "group_id": ("sg", "InvalidGroupId.Malformed"),
    "security_group_id": ("sg", "InvalidSecurityGroupId.Malformed"),
    "route_table_id": ("rtb", "InvalidRouteTableId.Malformed"),
    "internet_gateway_id": ("igw", "InvalidInternetGatewayId.Malformed"),
    "nat_gateway_id": ("nat", "NatGatewayMalformed"),
    "network_acl_id": ("acl", "InvalidNetworkAclId.Malformed"),
    "vpc_endpoint_id": ("vpce", "InvalidVpcEndpointId.Malformed"),
    "prefix_list_id": ("pl", "InvalidPrefixListId.Malformed"),
    "destination_prefix_list_id": ("pl", "InvalidPrefixListId.Malformed"),
    "network_interface_id": ("eni", "InvalidNetworkInterfaceId.Malformed"),
    "security_group_rule_id": ("sgr", "InvalidSecurityGroupRuleId.Malformed"),
}
# What else is called an id of these kinds in a request: added to and removed from an endpoint.
_VERBS = ("add_", "remove_")
_FORM = r"-[0-9a-f]{8}(?:[0-9a-f]{9})?"


def _kind(parameter: str) -> tuple[str, str] | None:
    name = xform_name(parameter).removesuffix("s")
    for verb in _VERBS:
        name = name.removeprefix(verb)
    return _KINDS.get(name)


def _operations() -> Iterator[str]:
    """Everything that takes an id of these kinds by name."""
    model = get_service_model("ec2")
    for name in model.operation_names:
        shape = model.operation_model(name).input_shape
        if shape and "Placement" not in name and any(_kind(member) for member in shape.members):
            yield name


@aws.before(*_operations())
def well_formed(call: Any) -> None:
    for parameter, value in call.params.items():
        kind = _kind(parameter)
        if kind is None:
            continue
        prefix, code = kind
        for name in value if isinstance(value, list) else [value]:
            if not re.fullmatch(prefix + _FORM, str(name)):
                raise Refusal(code, f'Invalid id: "{name}" (expecting "{prefix}-...")', 400)
