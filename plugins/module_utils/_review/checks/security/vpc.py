# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The VPC: flow logs, tiers of subnets, network ACLs, private endpoints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...prices import monthly
from ...results import Item, failed, not_applicable, passed
from ..common import fact, listed, verdict
from ..networks import WORLD, public_subnets

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide"
_HUB = "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"
_ADMIN_PORTS = (22, 3389)
_TCP_AND_ALL = frozenset({"-1", "6", "17"})
# What tasks in private subnets call all the time.
_PRIVATE_SERVICES = ("ecr.api", "ecr.dkr", "logs", "secretsmanager")


@check(
    id="vpc_flow_logs_enabled",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="high",
    resource_type="AwsEc2Vpc",
    title="The VPC has a flow log",
    needs=("ec2.vpcs", "ec2.flow_logs"),
    role="network",
    item="SEC-4",
    cost="raises",
    recommendation="Run the network role: it makes the VPC's flow log and its log group.",
    source=f"{_GUIDE}/flow-logs.html",
)
def vpc_flow_logs_enabled(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """A flow log of the VPC itself whose FlowLogStatus is ACTIVE."""
    logs = stack.items("ec2.flow_logs")
    for vpc in stack.items("ec2.vpcs"):
        own = [one for one in logs if one.get("ResourceId") == vpc["VpcId"]]
        active = [one["FlowLogId"] for one in own if one.get("FlowLogStatus") == "ACTIVE"]
        if active:
            yield passed(_vpc_arn(stack, vpc), f"FlowLogStatus of {listed(active)} is ACTIVE")
        else:
            yield failed(_vpc_arn(stack, vpc), f"active flow logs of {vpc['VpcId']}: none, of {len(own)} in all")


@check(
    id="vpc_flow_logs_all_traffic",
    pillar="security",
    best_practice="SEC04-BP01",
    severity="low",
    resource_type="AwsEc2FlowLog",
    title="Flow logs record all traffic and arrive",
    needs=("ec2.flow_logs",),
    role="network",
    item="SEC-4",
    cost="raises",
    recommendation="Run the network role: it makes a flow log of TrafficType ALL, with a role that may write to its"
    " log group.",
    source=f"{_GUIDE}/flow-logs.html",
)
def vpc_flow_logs_all_traffic(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """TrafficType is ALL and DeliverLogsStatus is not FAILED."""
    for log in stack.items("ec2.flow_logs"):
        kind, delivery = log.get("TrafficType"), log.get("DeliverLogsStatus")
        evidence = f"{fact('TrafficType', kind)}, {fact('DeliverLogsStatus', delivery)}"
        yield verdict(kind == "ALL" and delivery != "FAILED", _arn(stack, "vpc-flow-log", log["FlowLogId"]), evidence)


@check(
    id="vpc_default_sg_closed",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="medium",
    resource_type="AwsEc2SecurityGroup",
    title="The VPC's default security group lets nothing through",
    needs=("ec2.security_groups",),
    role="network",
    recommendation="Run the network role: it takes the rules from the default group. First move what still uses it.",
    source=f"{_HUB}#ec2-2",
)
def vpc_default_sg_closed(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The group called default has no rule, in or out."""
    for group in stack.items("ec2.security_groups"):
        if group.get("GroupName") == "default":
            rules = (len(group.get("IpPermissions") or ()), len(group.get("IpPermissionsEgress") or ()))
            evidence = f"the group default has {rules[0]} IpPermissions and {rules[1]} IpPermissionsEgress"
            yield verdict(not any(rules), _arn(stack, "security-group", group["GroupId"]), evidence)


@check(
    id="nacl_no_open_admin_ports",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="medium",
    resource_type="AwsEc2NetworkAcl",
    title="Network ACLs keep the internet from SSH and RDP",
    needs=("ec2.network_acls",),
    role="network",
    recommendation="Run the network role: its network ACLs for the subnets admit no administration port.",
    source=f"{_HUB}#ec2-21",
)
def nacl_no_open_admin_ports(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The first entry in number that matches decides, as in AWS. ACLs without a subnet decide nothing."""
    for acl in stack.items("ec2.network_acls"):
        arn = _arn(stack, "network-acl", acl["NetworkAclId"])
        if not acl.get("Associations"):
            yield not_applicable("the network ACL has no subnet", arn)
            continue
        opened = [port for port in _ADMIN_PORTS if _admits(acl, port)]
        subnets = f"for {len(acl['Associations'])} subnets"
        yield verdict(not opened, arn, f"ports open to 0.0.0.0/0 or ::/0 {subnets}: {listed(opened)}")


@check(
    id="subnet_no_auto_public_ip",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="medium",
    resource_type="AwsEc2Subnet",
    title="Subnets that are not public give no public addresses",
    needs=("ec2.subnets", "ec2.route_tables"),
    role="network",
    recommendation="Run the network role: it switches MapPublicIpOnLaunch off where the subnet is not public.",
    source=f"{_HUB}#ec2-15",
)
def subnet_no_auto_public_ip(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """MapPublicIpOnLaunch of the subnets without a route to an internet gateway."""
    public = public_subnets(stack.items("ec2.subnets"), stack.items("ec2.route_tables"))
    for subnet in stack.items("ec2.subnets"):
        if subnet["SubnetId"] not in public:
            gives = bool(subnet.get("MapPublicIpOnLaunch"))
            yield verdict(not gives, subnet["SubnetArn"], fact("MapPublicIpOnLaunch", gives))


@check(
    id="subnet_tiers_separate",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="high",
    resource_type="AwsEc2Subnet",
    title="Load balancer, application and database have subnets of their own",
    needs=("ec2.subnets", "ec2.route_tables", "rds.db_subnet_groups", "ecs.services", "elbv2.load_balancers"),
    role="network",
    recommendation="Give each tier its subnets (network role); then move services and the database into theirs. A"
    " database changes its subnets only by a restore.",
    source=f"{_GUIDE}/vpc-example-private-subnets-nat.html",
)
def subnet_tiers_separate(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No subnet serves two tiers, and neither application nor database stands in a public subnet."""
    public = public_subnets(stack.items("ec2.subnets"), stack.items("ec2.route_tables"))
    tiers = _tiers(stack)
    for subnet in stack.items("ec2.subnets"):
        used, gateway = tiers.get(subnet["SubnetId"]), public.get(subnet["SubnetId"])
        if used:
            wrong = len(used) > 1 or (gateway and used != {"public"})
            evidence = f"holds the tier {listed(sorted(used))}, {fact('route to an internet gateway', gateway)}"
            yield verdict(not wrong, subnet["SubnetArn"], evidence)


@check(
    id="vpc_endpoints_private_services",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="low",
    resource_type="AwsEc2VpcEndpoint",
    title="Private subnets reach AWS's services by endpoints",
    needs=("ec2.vpcs", "ec2.vpc_endpoints"),
    role="network",
    item="COST-2",
    cost="either",
    recommendation="Run the network role with the interface endpoints: they keep this traffic off the NAT gateways, and"
    " over two zones cost about what they save.",
    source="https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
)
def vpc_endpoints_private_services(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Interface endpoints for ECR, CloudWatch Logs and Secrets Manager."""
    endpoints = stack.items("ec2.vpc_endpoints")
    for vpc in stack.items("ec2.vpcs"):
        names = {one.get("ServiceName", "") for one in endpoints if one.get("VpcId") == vpc["VpcId"]}
        missing = [one for one in _PRIVATE_SERVICES if not any(name.endswith(f".{one}") for name in names)]
        if missing:
            usd = monthly("vpc.interface_endpoint", len(missing) * 2)  # in two zones
            yield failed(_vpc_arn(stack, vpc), f"VpcEndpoints lack {listed(missing)}", monthly_usd=usd)
        else:
            yield passed(_vpc_arn(stack, vpc), f"VpcEndpoints include {listed(_PRIVATE_SERVICES)}")


def _tiers(stack: Stack) -> dict[str, set[str]]:
    """SubnetId -> the tiers that use it. An internal load balancer may share the application's subnets."""
    tiers: dict[str, set[str]] = defaultdict(set)
    for balancer in stack.items("elbv2.load_balancers"):
        if balancer.get("Scheme") == "internet-facing":
            for zone in balancer.get("AvailabilityZones") or ():
                tiers[zone["SubnetId"]].add("public")
    for service in stack.items("ecs.services"):
        for subnet in service.get("networkConfiguration", {}).get("awsvpcConfiguration", {}).get("subnets") or ():
            tiers[subnet].add("application")
    for group in stack.items("rds.db_subnet_groups"):
        for subnet in group.get("Subnets") or ():
            tiers[subnet["SubnetIdentifier"]].add("database")
    return tiers


def _admits(acl: Item, port: int) -> bool:
    entries = [one for one in acl.get("Entries") or () if not one.get("Egress") and _covers(one, port)]
    first = min(entries, key=lambda one: int(one["RuleNumber"]), default=None)
    return first is not None and first["RuleAction"] == "allow"


def _covers(entry: Item, port: int) -> bool:
    """The entry is about the whole internet and the port; entries about parts of it decide nothing here."""
    if (
        not WORLD & {entry.get("CidrBlock"), entry.get("Ipv6CidrBlock")}
        or str(entry.get("Protocol")) not in _TCP_AND_ALL
    ):
        return False
    ports = entry.get("PortRange")
    return not ports or int(ports["From"]) <= port <= int(ports["To"])


def _vpc_arn(stack: Stack, vpc: Item) -> str:
    return _arn(stack, "vpc", vpc["VpcId"])


def _arn(stack: Stack, kind: str, name: str) -> str:
    return f"arn:{stack.partition}:ec2:{stack.region}:{stack.account_id}:{kind}/{name}"
