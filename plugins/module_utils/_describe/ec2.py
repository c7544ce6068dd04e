# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2's network: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .reading import Item, filters, further, tagged

Names: TypeAlias = "Collection[str] | None"


def _named(aws: Aws, operation: str, key: str, names: Names, **wanted: Any) -> list[Item]:
    """One list operation by Name tag and other filters. No names at all is every one; an empty list is none."""
    if names is not None and not names:
        return []
    return tagged(aws.pages("ec2", operation, key, **filters(tag_Name=names, **wanted)))


def vpcs(aws: Aws, *, names: Names = None, ids: Names = None, attributes: bool = True) -> list[Item]:
    """VPCs; attributes: with EnableDnsSupport and EnableDnsHostnames (booleans), two further calls each."""
    found = _named(aws, "describe_vpcs", "Vpcs", names, vpc_id=ids)
    if not attributes:
        return found

    def attribute(pair: tuple[Item, str]) -> None:
        vpc, name = pair
        parameter = name[0].lower() + name[1:]
        answer = further(aws, vpc, "ec2", "describe_vpc_attribute", VpcId=vpc["VpcId"], Attribute=parameter)
        vpc[name] = answer[name]["Value"] if answer else None

    aws.map(attribute, [(vpc, name) for vpc in found for name in ("EnableDnsSupport", "EnableDnsHostnames")])
    return found


def subnets(aws: Aws, *, names: Names = None, ids: Names = None, vpc_id: Any = None) -> list[Item]:
    return _named(aws, "describe_subnets", "Subnets", names, subnet_id=ids, vpc_id=vpc_id)


def route_tables(
    aws: Aws,
    *,
    names: Names = None,
    ids: Names = None,
    vpc_id: Any = None,
    subnet_ids: Names = None,
    nat_gateway_id: Any = None,
) -> list[Item]:
    """Route tables. subnet_ids: those that the subnets are associated with; nat_gateway_id: with a route to it."""
    wanted = {
        "route_table_id": ids,
        "vpc_id": vpc_id,
        "association.subnet_id": subnet_ids,
        "route.nat_gateway_id": nat_gateway_id,
    }
    return _named(aws, "describe_route_tables", "RouteTables", names, **wanted)


def internet_gateways(aws: Aws, *, names: Names = None, ids: Names = None, vpc_id: Any = None) -> list[Item]:
    wanted = {"internet_gateway_id": ids, "attachment.vpc_id": vpc_id}
    return _named(aws, "describe_internet_gateways", "InternetGateways", names, **wanted)


def nat_gateways(aws: Aws, *, names: Names = None, vpc_id: Any = None, ended: bool = False) -> list[Item]:
    """NAT gateways; AWS shows deleted and failed ones for about an hour. ended: those, too.

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
    """
    if names is not None and not names:
        return []
    states = ["pending", "available", "deleting", *(["deleted", "failed"] if ended else [])]
    wanted = filters(tag_Name=names, vpc_id=vpc_id, state=states)
    found = aws.pages("ec2", "describe_nat_gateways", "NatGateways", Filter=wanted["Filters"])
    return tagged(found)


def addresses(aws: Aws, *, names: Names = None, ids: Names = None) -> list[Item]:
    return _named(aws, "describe_addresses", "Addresses", names, allocation_id=ids)


def security_groups(
    aws: Aws, *, names: Names = None, group_names: Names = None, vpc_id: Any = None, ids: Names = None
) -> list[Item]:
    """Groups with IpPermissions and IpPermissionsEgress. names: Name tags; group_names: the groups' own names."""
    return _named(
        aws, "describe_security_groups", "SecurityGroups", names, group_name=group_names, vpc_id=vpc_id, group_id=ids
    )


def security_group_rules(aws: Aws, *, group_ids: Collection[str]) -> list[Item]:
    """One item a rule, with its SecurityGroupRuleId and Description."""
    return _named(aws, "describe_security_group_rules", "SecurityGroupRules", None, group_id=group_ids)


def network_acls(aws: Aws, *, names: Names = None, vpc_id: Any = None, subnet_ids: Names = None) -> list[Item]:
    """Network ACLs. subnet_ids: those that the subnets are associated with."""
    wanted = {"vpc_id": vpc_id, "association.subnet_id": subnet_ids}
    return _named(aws, "describe_network_acls", "NetworkAcls", names, **wanted)


def managed_prefix_lists(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """Prefix lists of AWS and of the account by their names, such as com.amazonaws.us-east-1.s3."""
    return _named(aws, "describe_managed_prefix_lists", "PrefixLists", None, prefix_list_name=names)


def vpc_endpoints(aws: Aws, *, names: Names = None, vpc_id: Any = None, failed: bool = False) -> list[Item]:
    """Endpoints that are not deleted. failed: those that AWS could not make, too."""
    found = _named(aws, "describe_vpc_endpoints", "VpcEndpoints", names, vpc_id=vpc_id)
    left_out = {"deleted"} if failed else {"deleted", "failed"}
    return [endpoint for endpoint in found if str(endpoint.get("State", "")).lower() not in left_out]


def vpc_endpoint_services(aws: Aws, *, names: Collection[str]) -> list[Item]:
    """What AWS says of endpoint services, by their full names: zones, private DNS names, whether they take policies.

    What the region does not have is absent from the answer. AWS refuses a list that holds one unknown name, so that the
    whole list of the region is looked through then.
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointServices.html
    """
    if not names:
        return []
    operation, key = "describe_vpc_endpoint_services", "ServiceDetails"
    try:
        return aws.pages("ec2", operation, key, ServiceNames=sorted(names))
    except AwsError as error:
        if error.code != "InvalidServiceName":
            raise
    return [service for service in aws.pages("ec2", operation, key) if service["ServiceName"] in names]


def flow_logs(aws: Aws, *, names: Names = None, resource_id: Any = None) -> list[Item]:
    if names is not None and not names:
        return []
    wanted = filters(tag_Name=names, resource_id=resource_id)
    found = aws.pages("ec2", "describe_flow_logs", "FlowLogs", **({"Filter": wanted["Filters"]} if wanted else {}))
    return tagged(found)


def network_interfaces(aws: Aws, *, vpc_id: Any = None) -> list[Item]:
    return tagged(
        aws.pages("ec2", "describe_network_interfaces", "NetworkInterfaces", **filters(vpc_id=vpc_id)), "TagSet"
    )


def availability_zones(aws: Aws) -> list[Item]:
    """The region's Availability Zones that can be used; Local and Wavelength Zones, which one opts into, are others."""
    wanted = filters(state="available", zone_type="availability-zone")
    return aws.call("ec2", "describe_availability_zones", **wanted)["AvailabilityZones"]
