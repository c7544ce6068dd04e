# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Security groups: what is open to the internet, and whether each tier admits the one before it alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, not_applicable
from ..common import listed, verdict
from ..networks import WORLD

_HUB = "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"
_GUIDE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html"
_LAST_PORT = 65535
_WITH_PORTS = frozenset({"tcp", "udp", "6", "17"})
# Those of Security Hub's EC2.19, and the cache's.
_HIGH_RISK = (
    *(20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601),
    *(6379, 8080, 8088, 8888, 9200, 9300, 11211, 27017),
)


@check(
    id="sg_no_open_all_ports",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="critical",
    resource_type="AwsEc2SecurityGroup",
    title="No security group opens all ports to the internet",
    needs=("ec2.security_groups",),
    role="network",
    recommendation="Take the rule from the group; the network role keeps its own groups to the ports they need.",
    source=f"{_HUB}#ec2-18",
)
def sg_no_open_all_ports(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No ingress rule for all protocols or all ports from 0.0.0.0/0 or ::/0."""
    for group in stack.items("ec2.security_groups"):
        opened = [_text(rule) for rule in _from_world(group) if _ports(rule) == (0, _LAST_PORT)]
        yield verdict(not opened, group_arn(stack, group), f"{_named(group)} opens to the internet: {listed(opened)}")


@check(
    id="sg_no_open_high_risk_ports",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="high",
    resource_type="AwsEc2SecurityGroup",
    title="No security group opens a high-risk port to the internet",
    needs=("ec2.security_groups",),
    role="network",
    recommendation="Take the rule from the group; administrators connect by Session Manager or ECS Exec, tasks and the"
    " database from the group of the tier before them.",
    source=f"{_HUB}#ec2-19",
)
def sg_no_open_high_risk_ports(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No ingress rule from 0.0.0.0/0 or ::/0 covers one of the ports."""
    for group in stack.items("ec2.security_groups"):
        ranges = [_ports(rule) for rule in _from_world(group)]
        opened = [port for port in _HIGH_RISK if any(low <= port <= high for low, high in ranges)]
        evidence = f"high-risk ports that {_named(group)} opens to the internet: {listed(opened)}"
        yield verdict(not opened, group_arn(stack, group), evidence)


@check(
    id="sg_ecs_ingress_from_alb_only",
    pillar="security",
    best_practice="SEC05-BP01",
    severity="high",
    resource_type="AwsEc2SecurityGroup",
    title="Tasks admit the load balancer alone",
    needs=("ec2.security_groups", "ecs.services", "elbv2.load_balancers"),
    role="network",
    recommendation="Run the network role: the tasks' group admits the load balancer's group and nothing else.",
    source=_GUIDE,
)
def sg_ecs_ingress_from_alb_only(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each source of the tasks' groups is a group of the load balancers."""
    admitted = {group for one in stack.items("elbv2.load_balancers") for group in one.get("SecurityGroups") or ()}
    yield from _admit_only(stack, task_groups(stack), admitted)


@check(
    id="sg_db_ingress_from_app_only",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="high",
    resource_type="AwsEc2SecurityGroup",
    title="The database admits the tasks alone",
    needs=("ec2.security_groups", "rds.db_clusters", "ecs.services"),
    role="network",
    recommendation="Run the network role: the database's group admits the tasks' group and nothing else.",
    source=_GUIDE,
)
def sg_db_ingress_from_app_only(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Each source of the clusters' groups is a group of the tasks."""
    own = {
        group["VpcSecurityGroupId"]
        for cluster in stack.items("rds.db_clusters")
        for group in cluster.get("VpcSecurityGroups") or ()
    }
    yield from _admit_only(stack, own, task_groups(stack))


@check(
    id="sg_alb_only_listener_ports",
    pillar="security",
    best_practice="SEC05-BP02",
    severity="medium",
    resource_type="AwsEc2SecurityGroup",
    title="The load balancer admits its listeners' ports alone",
    needs=("ec2.security_groups", "elbv2.load_balancers", "elbv2.listeners"),
    role="network",
    recommendation="Take the rules for other ports from the group; the network role makes those it needs.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
)
def sg_alb_only_listener_ports(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """No ingress rule of a load balancer's groups covers a port without a listener."""
    groups = {one["GroupId"]: one for one in stack.items("ec2.security_groups")}
    for balancer in stack.items("elbv2.load_balancers"):
        arn = balancer["LoadBalancerArn"]
        ports = {one.get("Port") for one in stack.items("elbv2.listeners") if one.get("LoadBalancerArn") == arn}
        for group in (groups[one] for one in balancer.get("SecurityGroups") or () if one in groups):
            ranges = [(rule, _ports(rule)) for rule in group.get("IpPermissions") or ()]
            wide = [_text(rule) for rule, (low, high) in ranges if not set(range(low, high + 1)) <= ports]
            evidence = f"{_named(group)} admits without a listener: {listed(wide)}"
            yield verdict(not wide, group_arn(stack, group), evidence)


def task_groups(stack: Stack) -> set[str]:
    """Ids of the groups that the services' tasks have."""
    return {
        group
        for service in stack.items("ecs.services")
        for group in service.get("networkConfiguration", {}).get("awsvpcConfiguration", {}).get("securityGroups") or ()
    }


def group_arn(stack: Stack, group: Item) -> str:
    """The group's ARN, made where the answer has none."""
    made = f"arn:{stack.partition}:ec2:{stack.region}:{stack.account_id}:security-group/{group['GroupId']}"
    return str(group.get("SecurityGroupArn") or made)


def _admit_only(stack: Stack, own: Iterable[str], admitted: set[str]) -> Iterator[Result]:
    """A result for each of the own groups: all of its sources are among the admitted groups."""
    wanted = set(own)
    found = [one for one in stack.items("ec2.security_groups") if one["GroupId"] in wanted]
    for group in found:
        others = sorted(source for rule in group.get("IpPermissions") or () for source in _sources(rule) - admitted)
        evidence = f"{_named(group)} admits {listed(sorted(admitted))}; others: {listed(others)}"
        yield verdict(not others, group_arn(stack, group), evidence)
    if not found:
        yield not_applicable("no security group of this tier is in the workload's VPC")


def _from_world(group: Item) -> list[Item]:
    return [rule for rule in group.get("IpPermissions") or () if WORLD & _sources(rule)]


def _sources(rule: Item) -> set[str]:
    """Networks, prefix lists and groups that a rule admits."""
    return (
        {one["CidrIp"] for one in rule.get("IpRanges") or ()}
        | {one["CidrIpv6"] for one in rule.get("Ipv6Ranges") or ()}
        | {one["PrefixListId"] for one in rule.get("PrefixListIds") or ()}
        | {one["GroupId"] for one in rule.get("UserIdGroupPairs") or ()}
    )


def _ports(rule: Item) -> tuple[int, int]:
    """First and last port; an empty range (1, 0) for a protocol without ports."""
    protocol = str(rule.get("IpProtocol"))
    if protocol == "-1":
        return 0, _LAST_PORT
    if protocol not in _WITH_PORTS:
        return 1, 0
    low, high = int(rule.get("FromPort", 0)), int(rule.get("ToPort", _LAST_PORT))
    return (0, _LAST_PORT) if low <= 1 and high == _LAST_PORT else (low, high)


def _named(group: Item) -> str:
    return f"{group['GroupId']} ({group.get('GroupName', '')})"


def _text(rule: Item) -> str:
    if str(rule.get("IpProtocol")) == "-1":
        return "IpProtocol -1"
    return f"{rule.get('IpProtocol')} {rule.get('FromPort')}-{rule.get('ToPort')}"
