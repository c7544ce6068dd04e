# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The role network on an AWS that is slow to show, refuses for a while, fails half-way and holds things of others.

As users run it: without WEBAPP_STRICT.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.integration.network.drifts import EVERYWHERE, NAMES, found, id_of, one, routes
from tests.integration.network.test_network_role import PLAYBOOK, TASKS, make_key, tasks
from tests.playbook_run import LocalStack
from tests.writes import writes

PLAIN = {"WEBAPP_STRICT": "0"}
# Endpoints that need no route are begun; here there are none.
WITHOUT_INTERFACES = TASKS.copy()
WITHOUT_INTERFACES.remove("Endpoints of AWS services")
FEW = {"network_interface_endpoints": []}


@pytest.fixture
def empty(stack: LocalStack) -> Iterator[LocalStack]:
    """An account with the key alone, whose knobs and faults are gone afterwards."""
    stack.control.reset()
    make_key(stack)
    yield stack
    stack.control.clear_faults()
    stack.control.reset()


def is_whole(stack: LocalStack) -> None:
    """What the role makes is there once, and configured."""
    boto = stack.boto
    for kind, suffixes in {
        "vpc": ["vpc"],
        "igw": ["igw"],
        "nat": ["nat-1", "nat-2"],
        "address": ["nat-1", "nat-2"],
        "table": ["public-rt", "private-1-rt", "private-2-rt", "database-rt"],
        "acl": ["public-acl", "private-acl", "database-acl"],
        "endpoint": ["s3"],
        "flow_log": ["flow-logs"],
    }.items():
        for suffix in suffixes:
            assert len(found(boto, kind, f"{NAMES['prefix']}-{suffix}")) == 1, (kind, suffix)
    assert len(boto("ec2").describe_addresses()["Addresses"]) == 2
    assert one(boto, NAMES, "igw", "igw")["Attachments"]
    assert routes(boto, NAMES, "public-rt") == {EVERYWHERE: id_of(boto, NAMES, "igw", "igw")}
    assert routes(boto, NAMES, "private-2-rt") == {EVERYWHERE: id_of(boto, NAMES, "nat", "nat-2")}
    for group, rules in {"alb-sg": 2, "ecs-sg": 1, "aurora-sg": 1, "cache-sg": 1, "endpoints-sg": 1}.items():
        assert len(one(boto, NAMES, "group", group)["IpPermissions"]) == rules, group
    for group in ("aurora-sg", "cache-sg", "endpoints-sg"):
        assert one(boto, NAMES, "group", group)["IpPermissionsEgress"] == [], group


@pytest.mark.parametrize(
    "knobs",
    [{"lag_seconds": 1.0}, {"lag_seconds": 1.0, "lag_stagger": True, "lag_flicker": True, "lag_writes": True}],
    ids=["late", "late, staggered, back and forth"],
)
def test_an_aws_that_is_slow_to_show_makes_no_difference(empty: LocalStack, knobs: dict[str, Any]) -> None:
    empty.control.settings(**knobs)
    made = empty.play(PLAYBOOK, extra_vars=FEW, environment=PLAIN).ok()
    assert tasks(made) == WITHOUT_INTERFACES and "[WARNING]" not in made.stdout
    empty.control.settings(lag_seconds=0)
    is_whole(empty)
    assert empty.play(PLAYBOOK, extra_vars=FEW, environment=PLAIN).ok().recap["changed"] == 0


def flow_logs(stack: LocalStack) -> list[dict[str, Any]]:
    logs: list[dict[str, Any]] = stack.boto("ec2").describe_flow_logs()["FlowLogs"]
    return logs


def test_a_flow_log_gets_a_role_that_cannot_be_assumed_yet(empty: LocalStack) -> None:
    empty.play(PLAYBOOK, extra_vars=FEW).ok()
    [before] = flow_logs(empty)
    empty.control.settings(role_seconds=4.0)
    wanted = {**FEW, "network_flow_log_role": "another-role"}
    made = empty.play(PLAYBOOK, "--tags", "network_flow_logs", extra_vars=wanted, environment=PLAIN).ok()
    assert tasks(made) == ["Role that writes the flow logs", "Flow logs"]
    [after] = flow_logs(empty)
    assert after["DeliverLogsPermissionArn"].endswith(":role/another-role")
    assert after["FlowLogId"] != before["FlowLogId"]
    assert empty.play(PLAYBOOK, extra_vars=wanted, environment=PLAIN).ok().recap["changed"] == 0


@pytest.mark.parametrize("kind", ["error_after", "drop", "error"])
@pytest.mark.parametrize(
    "action",
    [
        "AllocateAddress",
        "CreateNatGateway",
        "CreateInternetGateway",
        "AttachInternetGateway",
        "AuthorizeSecurityGroup*",
        "CreateFlowLogs",
    ],
)
def test_a_call_that_fails_once_doubles_and_loses_nothing(empty: LocalStack, kind: str, action: str) -> None:
    empty.control.faults({"kind": kind, "action": f"ec2:{action}", "count": 1})
    made = empty.play(PLAYBOOK, extra_vars=FEW, environment=PLAIN).ok()
    assert "[WARNING]" not in made.stdout
    is_whole(empty)


@pytest.mark.parametrize(
    ("action", "task"),
    [("CreateNatGateway", "NAT gateways"), ("CreateVpcEndpoint", "Endpoints of AWS services")],
)
def test_what_aws_could_not_make_is_said_at_once_and_made_by_the_next_run(
    empty: LocalStack, action: str, task: str
) -> None:
    variables = {"network_interface_endpoints": ["logs"], "network_nat_mode": "single"}
    failure = {"action": f"ec2:{action}", "code": "InternalError", "message": "no place left"}
    empty.control.settings(failing=[failure])
    failed = empty.play(PLAYBOOK, extra_vars=variables, environment=PLAIN)
    assert failed.rc != 0 and "(InternalError: no place left)" in " ".join(failed.stdout.split())
    empty.control.settings(failing=[])
    assert task in tasks(empty.play(PLAYBOOK, extra_vars=variables, environment=PLAIN).ok())
    assert len(empty.boto("ec2").describe_addresses()["Addresses"]) == 1, "the address of the failed one is taken"
    assert empty.play(PLAYBOOK, extra_vars=variables, environment=PLAIN).ok().recap["changed"] == 0


def test_an_endpoint_is_put_into_the_zones_of_its_service(empty: LocalStack) -> None:
    empty.control.settings(endpoint_zones={"logs": ["us-east-1b"], "sns": ["us-east-1f"]})
    variables = {"network_interface_endpoints": ["logs"]}
    result = empty.play(PLAYBOOK, extra_vars=variables, environment=PLAIN).ok()
    assert one(empty.boto, NAMES, "endpoint", "logs")["SubnetIds"] == [id_of(empty.boto, NAMES, "subnet", "private-2")]
    assert "does not offer the endpoint service logs in us-east-1a" in " ".join(result.stdout.split())
    words = refused(empty, {"network_interface_endpoints": ["logs", "sns"]})
    assert "the endpoint service sns is in none of us-east-1a, us-east-1b, but in us-east-1f" in words


class TestOthers:
    """Another owner's things that bear names of ours, or stand beside them."""

    def test_they_are_as_they_were(self, empty: LocalStack) -> None:
        empty.play(PLAYBOOK, extra_vars=FEW).ok()
        ec2, vpc = empty.boto("ec2"), id_of(empty.boto, NAMES, "vpc", "vpc")
        empty.boto("s3").create_bucket(Bucket="theirs")
        flow_log = ec2.create_flow_logs(
            ResourceType="VPC",
            ResourceIds=[vpc],
            TrafficType="REJECT",
            LogDestinationType="s3",
            LogDestination="arn:aws:s3:::theirs",
            TagSpecifications=named("vpc-flow-log", "their-flow-logs"),
        )["FlowLogIds"]
        subnet = id_of(empty.boto, NAMES, "subnet", "private-1")
        endpoint = ec2.create_vpc_endpoint(
            VpcId=vpc,
            ServiceName="com.amazonaws.us-east-1.sqs",
            VpcEndpointType="Interface",
            SubnetIds=[subnet],
            TagSpecifications=named("vpc-endpoint", "mywebapp-prod-sqs"),
        )["VpcEndpoint"]["VpcEndpointId"]
        address = ec2.allocate_address(
            Domain="vpc", TagSpecifications=named("elastic-ip", "mywebapp-prod-nat-3", Project="theirs")
        )["AllocationId"]
        gateway_address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        gateway = ec2.create_nat_gateway(
            SubnetId=id_of(empty.boto, NAMES, "subnet", "public-1"),
            AllocationId=gateway_address,
            TagSpecifications=named("natgateway", "mywebapp-prod-nat-3"),
        )["NatGateway"]["NatGatewayId"]

        def theirs() -> list[Any]:
            return [
                ec2.describe_flow_logs(FlowLogIds=flow_log)["FlowLogs"],
                ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"],
                ec2.describe_addresses(AllocationIds=[address, gateway_address])["Addresses"],
                ec2.describe_nat_gateways(NatGatewayIds=[gateway])["NatGateways"],
            ]

        before = theirs()
        result = empty.play(PLAYBOOK, extra_vars=FEW, environment=PLAIN).ok()
        assert result.recap["changed"] == 0 and theirs() == before
        said = " ".join(result.stdout.split())
        assert f"vpc_endpoint mywebapp-prod-sqs ({endpoint}) is not asked for and stays" in said
        assert f"nat_gateway mywebapp-prod-nat-3 ({gateway}) is not asked for and stays" in said


def named(kind: str, name: str, **tags: str) -> list[dict[str, Any]]:
    pairs = {"Name": name, **tags}
    return [{"ResourceType": kind, "Tags": [{"Key": key, "Value": value} for key, value in pairs.items()]}]


def refused(stack: LocalStack, variables: dict[str, Any], *arguments: str) -> str:
    """What is said of variables that cannot work; nothing is changed."""
    stack.control.clear_calls()
    result = stack.play(PLAYBOOK, *arguments, extra_vars=variables, environment=PLAIN)
    assert result.rc != 0 and writes(stack.control) == []
    return " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"network_alb_ports": [70000]}, "ports go from 0 to 65535"),
        ({"network_alb_prefix_lists": ["com.amazonaws.global.cloudfront.origin-facing"]}, "quota is 60 (L-0EA8095F"),
        ({"network_peer_cidrs": [f"10.{n}.0.0/16" for n in range(1, 16)]}, "quota is 20 (L-2AEEBF1A"),
        ({"network_interface_endpoints": ["s3"]}, "a gateway endpoint costs nothing"),
        ({"network_interface_endpoints": ["nonsense"]}, "AWS has no interface endpoints for nonsense"),
        ({"network_extra_rules": {"esc": {"ingress": []}}}, "esc"),
        ({"network_extra_rules": {"ecs": {"ingress": [{"from_port": 1, "cidr": "x"}]}}}, "'x' is no CIDR"),
        ({"network_flow_log_retention_days": 31}, "network_flow_log_retention_days"),
        ({"network_nat_mode": "none", "network_gateway_endpoints": []}, "no way to S3"),
        ({"network_app_egress_cidrs": [], "network_interface_endpoints": []}, "leaves the tasks no way to ecr.api"),
        ({"stack_project": "sg-shop", "network_logs_kms_key": ""}, "begins with sg-"),
        ({"stack_project": "x" * 60, "network_logs_kms_key": ""}, "IAM takes up to 64"),
        ({"stack_project": "my shop?", "network_logs_kms_key": ""}, "AWS takes up to 255 of"),
        ({"network_vpc": "vpc-0a1b2c3d"}, "vpc vpc-0a1b2c3d does not exist in region us-east-1"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value)[:30],
)
def test_what_aws_would_refuse_in_the_middle_is_refused_first(
    empty: LocalStack, variables: dict[str, Any], words: str
) -> None:
    assert words in refused(empty, variables)


class TestText:
    """What -e, surveys and ini inventories make of variables."""

    def test_it_means_what_it_says(self, empty: LocalStack) -> None:
        text = [
            *("-e", "network_acls_enabled=false", "-e", "network_alb_ports=443", "-e", "network_gateway_endpoints=s3"),
            *(
                "-e",
                "network_interface_endpoints=logs",
                "-e",
                "network_alb_cidrs=192.0.2.0/24",
                "-e",
                "stack_cost_center=4711",
            ),
        ]
        empty.play(PLAYBOOK, *text).ok()
        boto = empty.boto
        [rule] = one(boto, NAMES, "group", "alb-sg")["IpPermissions"]
        assert (rule["FromPort"], rule["ToPort"]) == (443, 443)
        assert [one_range["CidrIp"] for one_range in rule["IpRanges"]] == ["192.0.2.0/24"]
        assert found(boto, "acl", "mywebapp-prod-public-acl") == []
        assert [len(found(boto, "endpoint", f"mywebapp-prod-{name}")) for name in ("s3", "logs", "ecr-api")] == [
            1,
            1,
            0,
        ]
        assert empty.play(PLAYBOOK, *text).ok().recap["changed"] == 0


RULES = [
    {"protocol": "TCP", "from_port": 8443, "cidr": "192.0.2.0/24"},
    {"protocol": "6", "from_port": 8444, "cidr": "192.0.2.0/24"},
    {"protocol": 17, "from_port": 53, "cidr": "192.0.2.0/24"},
    {"protocol": "icmp", "from_port": 8, "to_port": -1, "cidr": "192.0.2.0/24"},
    {"protocol": "icmp", "from_port": 3, "cidr": "192.0.2.0/24"},
    {"protocol": "58", "from_port": -1, "cidr": "2001:db8::/32"},
    {"protocol": "50", "cidr": "192.0.2.0/24"},
    {"protocol": "all", "cidr": "198.51.100.77/24"},
    {"from_port": "8445", "to_port": "8446", "cidr": "192.0.2.0/24"},
    {"from_port": 8447, "cidr": "2001:DB8:0:0::/32"},
    {"from_port": 8080, "security_group": "mywebapp-prod-alb-sg", "description": "Another word for it"},
]


def test_rules_are_settled_by_the_first_run_however_they_are_written(empty: LocalStack) -> None:
    variables = {**FEW, "network_extra_rules": {"ecs": {"ingress": RULES}}}
    empty.play(PLAYBOOK, extra_vars=variables).ok()
    again = empty.play(PLAYBOOK, "--tags", "network_firewalls", extra_vars=variables).ok()
    assert again.recap["changed"] == 0


class TestTags:
    """--tags of one component, or of another role, on a new account."""

    def test_another_role_s_tag_needs_nothing_of_this_one(self, stack: LocalStack) -> None:
        stack.control.reset()
        assert stack.play(PLAYBOOK, "--tags", "secrets").ok().recap["changed"] == 0

    def test_a_component_needs_no_key(self, stack: LocalStack) -> None:
        stack.control.reset()
        assert tasks(stack.play(PLAYBOOK, "--tags", "network_vpc").ok()) == ["VPC", "Subnets"]
        assert "playbooks/roles/secrets.yml" in refused(stack, {}, "--tags", "network_flow_logs")


def test_tasks_that_may_reach_few_addresses_reach_aws(empty: LocalStack) -> None:
    empty.play(PLAYBOOK, extra_vars={"network_app_egress_cidrs": []}).ok()
    rules = one(empty.boto, NAMES, "group", "ecs-sg")["IpPermissionsEgress"]
    https = [rule for rule in rules if rule["FromPort"] == 443]
    groups = {pair["GroupId"] for rule in https for pair in rule["UserIdGroupPairs"]}
    lists = [one_list["PrefixListId"] for rule in https for one_list in rule["PrefixListIds"]]
    assert groups == {id_of(empty.boto, NAMES, "group", "endpoints-sg")} and len(lists) == 1
    assert not [rule for rule in https if rule["IpRanges"]]


def test_flow_logs_may_go_to_a_bucket_by_a_bounded_role_or_none(empty: LocalStack) -> None:
    allowed = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:*", "Resource": "*"}]}'
    made = empty.boto("iam").create_policy(PolicyName="boundary", PolicyDocument=allowed)
    boundary = made["Policy"]["Arn"]
    bounded = {**FEW, "network_permissions_boundary": boundary, "network_iam_path": "/service/"}
    empty.play(PLAYBOOK, extra_vars=bounded).ok()
    role = empty.boto("iam").get_role(RoleName="mywebapp-prod-flow-logs")["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary and role["Path"] == "/service/"
    empty.boto("s3").create_bucket(Bucket="records")
    to_bucket = {
        **bounded,
        "network_flow_log_bucket": "arn:aws:s3:::records",
        "network_flow_log_traffic": "REJECT",
        "network_flow_log_format": "${version} ${srcaddr} ${dstaddr} ${action}",
    }
    assert tasks(empty.play(PLAYBOOK, extra_vars=to_bucket).ok()) == ["Flow logs"]
    [flow_log] = flow_logs(empty)
    assert flow_log["LogDestination"] == "arn:aws:s3:::records" and flow_log["TrafficType"] == "REJECT"
    assert flow_log["LogFormat"] == "${version} ${srcaddr} ${dstaddr} ${action}"
    assert empty.play(PLAYBOOK, extra_vars=to_bucket).ok().recap["changed"] == 0
