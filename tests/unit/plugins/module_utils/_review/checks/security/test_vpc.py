# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import vpc

VPC = {"VpcId": "vpc-1"}
INTERNET = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}


def subnet(name, **changes):
    return {"SubnetId": name, "SubnetArn": f"arn:{name}", "VpcId": "vpc-1", **changes}


def public_table(*names):
    return {"VpcId": "vpc-1", "Associations": [{"SubnetId": name} for name in names], "Routes": [INTERNET]}


@pytest.mark.parametrize(
    ("logs", "status"),
    [
        ([{"ResourceId": "vpc-1", "FlowLogId": "fl-1", "FlowLogStatus": "ACTIVE"}], "PASS"),
        ([{"ResourceId": "vpc-1", "FlowLogId": "fl-1", "FlowLogStatus": "INACTIVE"}], "FAIL"),
        ([{"ResourceId": "vpc-2", "FlowLogId": "fl-1", "FlowLogStatus": "ACTIVE"}], "FAIL"),
        ([], "FAIL"),
    ],
)
def test_flow_logs_enabled(judge, logs, status):
    assert judge(vpc.vpc_flow_logs_enabled, {"ec2.vpcs": [VPC], "ec2.flow_logs": logs}) == [status]


@pytest.mark.parametrize(
    ("log", "status"),
    [
        ({"TrafficType": "ALL", "DeliverLogsStatus": "SUCCESS"}, "PASS"),
        ({"TrafficType": "ALL"}, "PASS"),
        ({"TrafficType": "ALL", "DeliverLogsStatus": "FAILED"}, "FAIL"),
        ({"TrafficType": "REJECT", "DeliverLogsStatus": "SUCCESS"}, "FAIL"),
    ],
)
def test_all_traffic(judge, log, status):
    assert judge(vpc.vpc_flow_logs_all_traffic, {"ec2.flow_logs": [{"FlowLogId": "fl-1", **log}]}) == [status]


@pytest.mark.parametrize(
    ("group", "status"),
    [
        ({"IpPermissions": [], "IpPermissionsEgress": []}, "PASS"),
        ({"IpPermissions": [], "IpPermissionsEgress": [{"IpProtocol": "-1"}]}, "FAIL"),
        ({"IpPermissions": [{"IpProtocol": "-1"}], "IpPermissionsEgress": []}, "FAIL"),
        ({"GroupName": "app", "IpPermissions": [{"IpProtocol": "-1"}]}, "NOT_APPLICABLE"),
    ],
)
def test_default_group(judge, group, status):
    groups = [{"GroupId": "sg-1", "GroupName": "default", **group}]
    assert judge(vpc.vpc_default_sg_closed, {"ec2.security_groups": groups}) == [status]


def entry(number, action="allow", protocol="6", ports=None, cidr="0.0.0.0/0", egress=False):
    ranged = {"PortRange": {"From": ports[0], "To": ports[1]}} if ports else {}
    return {
        "RuleNumber": number,
        "RuleAction": action,
        "Protocol": protocol,
        "CidrBlock": cidr,
        "Egress": egress,
        **ranged,
    }


LAST = entry(32767, "deny", "-1")


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ([LAST], "PASS"),
        ([entry(100, protocol="-1"), LAST], "FAIL"),
        ([entry(100, ports=(22, 22)), LAST], "FAIL"),
        ([entry(100, ports=(1024, 65535)), LAST], "FAIL"),
        ([entry(90, "deny", ports=(3389, 3389)), entry(100, ports=(1024, 65535)), LAST], "PASS"),
        ([entry(110, "deny", ports=(3389, 3389)), entry(100, ports=(1024, 65535)), LAST], "FAIL"),
        ([entry(100, ports=(443, 443)), LAST], "PASS"),
        ([entry(100, ports=(22, 22), cidr="10.0.0.0/16"), LAST], "PASS"),
        ([entry(100, protocol="1"), LAST], "PASS"),
        ([entry(100, protocol="-1", egress=True), LAST], "PASS"),
        ([{**entry(100, ports=(22, 22), cidr=None), "Ipv6CidrBlock": "::/0"}, LAST], "FAIL"),
    ],
)
def test_network_acl(judge, entries, status):
    acl = {"NetworkAclId": "acl-1", "Associations": [{"SubnetId": "subnet-1"}], "Entries": entries}
    assert judge(vpc.nacl_no_open_admin_ports, {"ec2.network_acls": [acl]}) == [status]


def test_an_acl_without_subnets_decides_nothing(judge):
    acl = {"NetworkAclId": "acl-1", "Associations": [], "Entries": [entry(100, protocol="-1")]}
    assert judge(vpc.nacl_no_open_admin_ports, {"ec2.network_acls": [acl]}) == ["NOT_APPLICABLE"]


def test_only_subnets_that_are_not_public_are_held_to_give_no_addresses(findings):
    collections = {
        "ec2.subnets": [
            subnet("public", MapPublicIpOnLaunch=True),
            subnet("leaky", MapPublicIpOnLaunch=True),
            subnet("private", MapPublicIpOnLaunch=False),
        ],
        "ec2.route_tables": [public_table("public")],
    }
    found = findings(vpc.subnet_no_auto_public_ip, collections)
    assert [(one.resource, one.status.value) for one in found] == [("arn:leaky", "FAIL"), ("arn:private", "PASS")]


def stack(application=("app",), database=("db",), balancer=("web",), scheme="internet-facing", public=("web",)):
    network = {"awsvpcConfiguration": {"subnets": list(application)}}
    return {
        "ec2.subnets": [subnet("web"), subnet("app"), subnet("db"), subnet("unused")],
        "ec2.route_tables": [public_table(*public)],
        "rds.db_subnet_groups": [{"Subnets": [{"SubnetIdentifier": one} for one in database]}],
        "ecs.services": [{"networkConfiguration": network}],
        "elbv2.load_balancers": [{"Scheme": scheme, "AvailabilityZones": [{"SubnetId": one} for one in balancer]}],
    }


@pytest.mark.parametrize(
    ("changes", "failing"),
    [
        ({}, set()),
        ({"balancer": ["app"], "scheme": "internal"}, set()),
        ({"balancer": ["app"]}, {"arn:app"}),
        ({"database": ["app"]}, {"arn:app"}),
        ({"public": ["web", "db"]}, {"arn:db"}),
        ({"public": ["web", "app"]}, {"arn:app"}),
    ],
)
def test_tiers(findings, changes, failing):
    found = findings(vpc.subnet_tiers_separate, stack(**changes))
    assert {one.resource for one in found if one.status.value == "FAIL"} == failing
    assert found
    assert "arn:unused" not in {one.resource for one in found}


def endpoints(*names):
    return [{"VpcId": "vpc-1", "ServiceName": f"com.amazonaws.us-east-1.{name}"} for name in names]


def test_endpoints(findings, judge):
    check = vpc.vpc_endpoints_private_services
    every = endpoints("ecr.api", "ecr.dkr", "logs", "secretsmanager")
    assert judge(check, {"ec2.vpcs": [VPC], "ec2.vpc_endpoints": every}) == ["PASS"]
    (found,) = findings(check, {"ec2.vpcs": [VPC], "ec2.vpc_endpoints": endpoints("s3", "ecr.api", "ecr.dkr")})
    assert found.evidence == "VpcEndpoints lack logs and secretsmanager"
    assert found.monthly_usd == 29.2
