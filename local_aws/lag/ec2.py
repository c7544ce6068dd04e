# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2's reads that lag behind its writes.

"The result of an API command you run that affects your Amazon EC2 resources might not be immediately visible to
all subsequent commands you run": https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html. The
codes for what is not found are of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html.
"""

from __future__ import annotations

from local_aws.lag.kinds import Kind, Listed, Single


def _listed(
    operation: str, items: str, key: str, prefix: str, code: str, what: str, *writes: str, tags: str = "Tags"
) -> Kind:
    return Listed(
        service="ec2",
        operation=operation,
        items=items,
        id=(key,),
        names=(f"{key}s",),
        prefix=prefix,
        missing=(code, f"The {what} '{{id}}' does not exist", 400),
        writes=writes,
        tags=tags,
    )


KINDS: tuple[Kind, ...] = (
    _listed(
        "DescribeVpcs", "Vpcs", "VpcId", "vpc-", "InvalidVpcID.NotFound", "vpc ID",
        "CreateVpc", "CreateDefaultVpc", "DeleteVpc", "*VpcCidrBlock", "AssociateDhcpOptions", "ModifyVpcTenancy",
    ),
    _listed(
        "DescribeSubnets", "Subnets", "SubnetId", "subnet-", "InvalidSubnetID.NotFound", "subnet ID",
        "CreateSubnet", "CreateDefaultSubnet", "DeleteSubnet", "ModifySubnetAttribute", "*SubnetCidrBlock",
    ),
    _listed(
        "DescribeRouteTables", "RouteTables", "RouteTableId", "rtb-", "InvalidRouteTableID.NotFound", "routeTable ID",
        "*Route", "*RouteTable*", "CreateVpc", "CreateVpcEndpoint", "DeleteVpcEndpoints", "ModifyVpcEndpoint",
    ),
    _listed(
        "DescribeInternetGateways", "InternetGateways", "InternetGatewayId", "igw-",
        "InvalidInternetGatewayID.NotFound", "internetGateway ID", "*InternetGateway",
    ),
    _listed(
        "DescribeNatGateways", "NatGateways", "NatGatewayId", "nat-", "NatGatewayNotFound", "NAT gateway",
        "*NatGateway*",
    ),
    _listed(
        "DescribeAddresses", "Addresses", "AllocationId", "eipalloc-", "InvalidAllocationID.NotFound", "allocation ID",
        "*Address", "*NatGateway*",
    ),
    _listed(
        "DescribeSecurityGroups", "SecurityGroups", "GroupId", "sg-", "InvalidGroup.NotFound", "security group",
        "*SecurityGroup*", "CreateVpc",
    ),
    _listed(
        "DescribeSecurityGroupRules", "SecurityGroupRules", "SecurityGroupRuleId", "sgr-",
        "InvalidSecurityGroupRuleId.NotFound", "security group rule ID", "*SecurityGroup*", "CreateVpc",
    ),
    _listed(
        "DescribeNetworkAcls", "NetworkAcls", "NetworkAclId", "acl-", "InvalidNetworkAclID.NotFound", "networkAcl ID",
        "*NetworkAcl*", "CreateVpc", "*Subnet",
    ),
    _listed(
        "DescribeVpcEndpoints", "VpcEndpoints", "VpcEndpointId", "vpce-", "InvalidVpcEndpointId.NotFound",
        "Vpc Endpoint Id", "CreateVpcEndpoint", "DeleteVpcEndpoints", "ModifyVpcEndpoint",
    ),
    _listed(
        "DescribeFlowLogs", "FlowLogs", "FlowLogId", "fl-", "InvalidFlowLogId.NotFound", "flow log", "*FlowLogs",
    ),
    _listed(
        "DescribeNetworkInterfaces", "NetworkInterfaces", "NetworkInterfaceId", "eni-",
        "InvalidNetworkInterfaceID.NotFound", "networkInterface ID", "*NetworkInterface*", "*VpcEndpoint*",
        "*NatGateway*", tags="TagSet",
    ),
    Single(
        service="ec2", operation="DescribeVpcAttribute", asks=("VpcId", "Attribute"),
        each={"Attribute": ("enableDnsSupport", "enableDnsHostnames")}, made="Vpc.VpcId",
        missing=("InvalidVpcID.NotFound", "The vpc ID '{id}' does not exist", 400),
        writes=("CreateVpc", "ModifyVpcAttribute"),
    ),
)  # fmt: skip
