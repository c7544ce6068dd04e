# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What somebody may have changed by hand: put in by boto3, seen by --check, repaired by the role."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Boto = Callable[..., Any]
Names = Mapping[str, str]

NAMES = {
    "prefix": "mywebapp-prod",
    "log_group": "/aws/vpc/flow-logs/mywebapp-prod",
    "role": "mywebapp-prod-flow-logs",
}
EVERYWHERE = "0.0.0.0/0"
OPEN_POLICY = json.dumps({"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]})
# By kind: the operation that lists it, the list in its answer, the id of each.
KINDS = {
    "vpc": ("describe_vpcs", "Vpcs", "VpcId"),
    "subnet": ("describe_subnets", "Subnets", "SubnetId"),
    "igw": ("describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    "nat": ("describe_nat_gateways", "NatGateways", "NatGatewayId"),
    "address": ("describe_addresses", "Addresses", "AllocationId"),
    "table": ("describe_route_tables", "RouteTables", "RouteTableId"),
    "group": ("describe_security_groups", "SecurityGroups", "GroupId"),
    "acl": ("describe_network_acls", "NetworkAcls", "NetworkAclId"),
    "endpoint": ("describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    "flow_log": ("describe_flow_logs", "FlowLogs", "FlowLogId"),
}


@dataclass(frozen=True)
class Drift:
    """put_in(boto, names) makes it; repaired(boto, names) is true when it is gone; task: the one that sees it."""

    name: str
    task: str
    put_in: Callable[[Boto, Names], Any]
    repaired: Callable[[Boto, Names], Any]


def found(boto: Boto, kind: str, name: str) -> list[dict[str, Any]]:
    """The things of a kind with a name that are not being deleted."""
    operation, key, _unused = KINDS[kind]
    filters = {"Filter" if kind in ("nat", "flow_log") else "Filters": [{"Name": "tag:Name", "Values": [name]}]}
    things = getattr(boto("ec2"), operation)(**filters)[key]
    return [one for one in things if str(one.get("State")).lower() not in ("deleting", "deleted")]


def one(boto: Boto, names: Names, kind: str, suffix: str) -> dict[str, Any]:
    [thing] = found(boto, kind, f"{names['prefix']}-{suffix}")
    return thing


def id_of(boto: Boto, names: Names, kind: str, suffix: str) -> str:
    return str(one(boto, names, kind, suffix)[KINDS[kind][2]])


def untag(kind: str, suffix: str) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("ec2").delete_tags(
        Resources=[id_of(boto, names, kind, suffix)], Tags=[{"Key": "CostCenter"}]
    )


def tagged(kind: str, suffix: str) -> Callable[[Boto, Names], bool]:
    return lambda boto, names: "CostCenter" in {tag["Key"] for tag in one(boto, names, kind, suffix)["Tags"]}


def routes(boto: Boto, names: Names, suffix: str) -> dict[str, Any]:
    """Default routes to their targets."""
    table = one(boto, names, "table", suffix)
    return {
        route["DestinationCidrBlock"]: route.get("NatGatewayId") or route.get("GatewayId")
        for route in table["Routes"]
        if route.get("DestinationCidrBlock") == EVERYWHERE
    }


def default_route(suffix: str, target: str, *, replace: bool) -> Callable[[Boto, Names], Any]:
    def put_in(boto: Boto, names: Names) -> None:
        change = boto("ec2").replace_route if replace else boto("ec2").create_route
        leads_to = {"GatewayId" if target == "igw" else "NatGatewayId": id_of(boto, names, target[:3], target)}
        table = id_of(boto, names, "table", suffix)
        change(RouteTableId=table, DestinationCidrBlock=EVERYWHERE, **leads_to)

    return put_in


def delete_default_route(boto: Boto, names: Names) -> None:
    table = id_of(boto, names, "table", "private-1-rt")
    boto("ec2").delete_route(RouteTableId=table, DestinationCidrBlock=EVERYWHERE)


def users(boto: Boto, names: Names, kind: str, suffix: str) -> set[str]:
    """The subnets behind a route table or an ACL."""
    return {link["SubnetId"] for link in one(boto, names, kind, suffix)["Associations"] if link.get("SubnetId")}


def move_to_public_table(boto: Boto, names: Names) -> None:
    private, subnet = one(boto, names, "table", "private-1-rt"), id_of(boto, names, "subnet", "private-1")
    [link] = [each for each in private["Associations"] if each.get("SubnetId") == subnet]
    public = id_of(boto, names, "table", "public-rt")
    boto("ec2").replace_route_table_association(AssociationId=link["RouteTableAssociationId"], RouteTableId=public)


def move_to_default_acl(boto: Boto, names: Names) -> None:
    subnet = id_of(boto, names, "subnet", "database-1")
    [link] = [each for each in one(boto, names, "acl", "database-acl")["Associations"] if each["SubnetId"] == subnet]
    vpc = [{"Name": "vpc-id", "Values": [id_of(boto, names, "vpc", "vpc")]}, {"Name": "default", "Values": ["true"]}]
    [default] = boto("ec2").describe_network_acls(Filters=vpc)["NetworkAcls"]
    boto("ec2").replace_network_acl_association(
        AssociationId=link["NetworkAclAssociationId"], NetworkAclId=default["NetworkAclId"]
    )


def permission(port: int) -> list[dict[str, Any]]:
    return [{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": EVERYWHERE}]}]


def admit(suffix: str, port: int) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("ec2").authorize_security_group_ingress(
        GroupId=id_of(boto, names, "group", suffix), IpPermissions=permission(port)
    )


def let_out(boto: Boto, names: Names) -> None:
    everything = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": EVERYWHERE}]}]
    group = id_of(boto, names, "group", "aurora-sg")
    boto("ec2").authorize_security_group_egress(GroupId=group, IpPermissions=everything)


def shut_out_the_tasks(boto: Boto, names: Names) -> None:
    group = one(boto, names, "group", "aurora-sg")
    [there] = group["IpPermissions"]
    peers = [{"GroupId": pair["GroupId"]} for pair in there["UserIdGroupPairs"]]
    rule = {key: there[key] for key in ("IpProtocol", "FromPort", "ToPort")}
    boto("ec2").revoke_security_group_ingress(
        GroupId=group["GroupId"], IpPermissions=[{**rule, "UserIdGroupPairs": peers}]
    )


def default_group(boto: Boto, names: Names) -> dict[str, Any]:
    wanted = [
        {"Name": "vpc-id", "Values": [id_of(boto, names, "vpc", "vpc")]},
        {"Name": "group-name", "Values": ["default"]},
    ]
    return boto("ec2").describe_security_groups(Filters=wanted)["SecurityGroups"][0]


def open_default_group(boto: Boto, names: Names) -> None:
    group = default_group(boto, names)["GroupId"]
    boto("ec2").authorize_security_group_ingress(GroupId=group, IpPermissions=permission(22))


def admit_ssh(boto: Boto, names: Names) -> None:
    boto("ec2").create_network_acl_entry(
        NetworkAclId=id_of(boto, names, "acl", "private-acl"),
        RuleNumber=50,
        Protocol="6",
        RuleAction="allow",
        Egress=False,
        CidrBlock=EVERYWHERE,
        PortRange={"From": 22, "To": 22},
    )


def numbers(boto: Boto, names: Names, suffix: str) -> set[int]:
    return {entry["RuleNumber"] for entry in one(boto, names, "acl", suffix)["Entries"] if not entry["Egress"]}


def endpoint(suffix: str, **changes: Any) -> Callable[[Boto, Names], Any]:
    return lambda boto, names: boto("ec2").modify_vpc_endpoint(
        VpcEndpointId=id_of(boto, names, "endpoint", suffix), **changes
    )


def remove_table_from_endpoint(boto: Boto, names: Names) -> None:
    table = id_of(boto, names, "table", "private-2-rt")
    endpoint("s3", RemoveRouteTableIds=[table])(boto, names)


def rejected_traffic_only(boto: Boto, names: Names) -> None:
    there = one(boto, names, "flow_log", "flow-logs")
    boto("ec2").delete_flow_logs(FlowLogIds=[there["FlowLogId"]])
    boto("ec2").create_flow_logs(
        ResourceType="VPC",
        ResourceIds=[there["ResourceId"]],
        TrafficType="REJECT",
        LogGroupName=there["LogGroupName"],
        DeliverLogsPermissionArn=there["DeliverLogsPermissionArn"],
    )


def delete_flow_log(boto: Boto, names: Names) -> None:
    boto("ec2").delete_flow_logs(FlowLogIds=[id_of(boto, names, "flow_log", "flow-logs")])


def log_group(boto: Boto, names: Names) -> dict[str, Any]:
    return boto("logs").describe_log_groups(logGroupNamePrefix=names["log_group"])["logGroups"][0]


def widen_role(boto: Boto, names: Names) -> None:
    boto("iam").put_role_policy(RoleName=names["role"], PolicyName="more", PolicyDocument=WIDE)


WIDE = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]})


def no_dns_names(boto: Boto, names: Names) -> None:
    vpc = id_of(boto, names, "vpc", "vpc")
    boto("ec2").modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": False})


def dns_names(boto: Boto, names: Names) -> bool:
    vpc = id_of(boto, names, "vpc", "vpc")
    answer = boto("ec2").describe_vpc_attribute(VpcId=vpc, Attribute="enableDnsHostnames")
    return bool(answer["EnableDnsHostnames"]["Value"])


def give_public_addresses(boto: Boto, names: Names) -> None:
    subnet = id_of(boto, names, "subnet", "private-1")
    boto("ec2").modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})


DRIFTS = [
    Drift("no DNS names in the VPC", "VPC", no_dns_names, dns_names),
    Drift("a tag of the VPC is gone", "VPC", untag("vpc", "vpc"), tagged("vpc", "vpc")),
    Drift(
        "public addresses in a private subnet",
        "Subnets",
        give_public_addresses,
        lambda boto, names: not one(boto, names, "subnet", "private-1")["MapPublicIpOnLaunch"],
    ),
    Drift("a tag of a subnet is gone", "Subnets", untag("subnet", "database-2"), tagged("subnet", "database-2")),
    Drift("a tag of the internet gateway is gone", "Internet gateway", untag("igw", "igw"), tagged("igw", "igw")),
    Drift("a tag of a NAT gateway is gone", "NAT gateways", untag("nat", "nat-1"), tagged("nat", "nat-1")),
    Drift("a tag of an address is gone", "NAT gateways", untag("address", "nat-2"), tagged("address", "nat-2")),
    Drift(
        "the database has a way out",
        "Route tables",
        default_route("database-rt", "nat-1", replace=False),
        lambda boto, names: not routes(boto, names, "database-rt"),
    ),
    Drift(
        "a private route leads through the other zone",
        "Route tables",
        default_route("private-2-rt", "nat-1", replace=True),
        lambda boto, names: routes(boto, names, "private-2-rt") == {EVERYWHERE: id_of(boto, names, "nat", "nat-2")},
    ),
    Drift(
        "a private route is gone",
        "Route tables",
        delete_default_route,
        lambda boto, names: routes(boto, names, "private-1-rt") == {EVERYWHERE: id_of(boto, names, "nat", "nat-1")},
    ),
    Drift(
        "a private subnet uses the public table",
        "Route tables",
        move_to_public_table,
        lambda boto, names: id_of(boto, names, "subnet", "private-1") in users(boto, names, "table", "private-1-rt"),
    ),
    Drift(
        "SSH to the tasks from everywhere",
        "Security groups",
        admit("ecs-sg", 22),
        lambda boto, names: len(one(boto, names, "group", "ecs-sg")["IpPermissions"]) == 1,
    ),
    Drift(
        "the database may speak to everybody",
        "Security groups",
        let_out,
        lambda boto, names: not one(boto, names, "group", "aurora-sg")["IpPermissionsEgress"],
    ),
    Drift(
        "the tasks may not reach the database",
        "Security groups",
        shut_out_the_tasks,
        lambda boto, names: len(one(boto, names, "group", "aurora-sg")["IpPermissions"]) == 1,
    ),
    Drift(
        "the default group is open",
        "Security groups",
        open_default_group,
        lambda boto, names: not default_group(boto, names)["IpPermissions"],
    ),
    Drift(
        "the network ACL admits SSH",
        "Network ACLs",
        admit_ssh,
        lambda boto, names: 50 not in numbers(boto, names, "private-acl"),
    ),
    Drift(
        "a subnet is behind the default network ACL",
        "Network ACLs",
        move_to_default_acl,
        lambda boto, names: id_of(boto, names, "subnet", "database-1") in users(boto, names, "acl", "database-acl"),
    ),
    Drift(
        "the S3 endpoint admits everything",
        "Endpoints of AWS services",
        endpoint("s3", PolicyDocument=OPEN_POLICY),
        lambda boto, names: "starport-layer-bucket" in one(boto, names, "endpoint", "s3")["PolicyDocument"],
    ),
    Drift(
        "a table does not lead to the S3 endpoint",
        "Endpoints of AWS services",
        remove_table_from_endpoint,
        lambda boto, names: len(one(boto, names, "endpoint", "s3")["RouteTableIds"]) == 2,
    ),
    Drift(
        "an endpoint without private DNS",
        "Endpoints of AWS services",
        endpoint("ecr-dkr", PrivateDnsEnabled=False),
        lambda boto, names: one(boto, names, "endpoint", "ecr-dkr")["PrivateDnsEnabled"],
    ),
    Drift(
        "flow logs are kept for ever",
        "Log group of the flow logs",
        lambda boto, names: boto("logs").delete_retention_policy(logGroupName=names["log_group"]),
        lambda boto, names: log_group(boto, names).get("retentionInDays") == 365,
    ),
    Drift(
        "flow logs are not encrypted",
        "Log group of the flow logs",
        lambda boto, names: boto("logs").disassociate_kms_key(logGroupName=names["log_group"]),
        lambda boto, names: log_group(boto, names).get("kmsKeyId"),
    ),
    Drift(
        "the flow logs' role may do more",
        "Role that writes the flow logs",
        widen_role,
        lambda boto, names: (
            boto("iam").list_role_policies(RoleName=names["role"])["PolicyNames"] == ["write-flow-logs"]
        ),
    ),
    Drift(
        "only rejected traffic is recorded",
        "Flow logs",
        rejected_traffic_only,
        lambda boto, names: one(boto, names, "flow_log", "flow-logs")["TrafficType"] == "ALL",
    ),
    Drift(
        "no traffic is recorded",
        "Flow logs",
        delete_flow_log,
        lambda boto, names: one(boto, names, "flow_log", "flow-logs")["FlowLogStatus"] == "ACTIVE",
    ),
]
