# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import security_groups


def rule(low=443, high=443, protocol="tcp", **sources):
    ports = {} if protocol == "-1" else {"FromPort": low, "ToPort": high}
    return {"IpProtocol": protocol, **ports, **sources}


def world(low=443, high=443, protocol="tcp"):
    return rule(low, high, protocol, IpRanges=[{"CidrIp": "0.0.0.0/0"}])


def world6(low=443, high=443):
    return rule(low, high, Ipv6Ranges=[{"CidrIpv6": "::/0"}])


def pair(group, low=8080, high=8080):
    return rule(low, high, UserIdGroupPairs=[{"GroupId": group}])


def group(name, *rules):
    return {"GroupId": name, "GroupName": name, "IpPermissions": list(rules)}


@pytest.mark.parametrize(
    ("rules", "all_ports", "high_risk"),
    [
        ([], "PASS", "PASS"),
        ([world()], "PASS", "PASS"),
        ([world(protocol="-1")], "FAIL", "FAIL"),
        ([world(0, 65535)], "FAIL", "FAIL"),
        ([world6(1, 65535)], "FAIL", "FAIL"),
        ([world(22, 22)], "PASS", "FAIL"),
        ([world6(3000, 3400)], "PASS", "FAIL"),
        ([world(6379, 6379, "6")], "PASS", "FAIL"),
        ([world(8, -1, "icmp")], "PASS", "PASS"),
        ([rule(22, 22, IpRanges=[{"CidrIp": "10.0.0.0/16"}])], "PASS", "PASS"),
        ([rule(protocol="-1", UserIdGroupPairs=[{"GroupId": "sg-2"}])], "PASS", "PASS"),
    ],
)
def test_open_to_the_internet(judge, rules, all_ports, high_risk):
    collections = {"ec2.security_groups": [group("sg-1", *rules)]}
    assert judge(security_groups.sg_no_open_all_ports, collections) == [all_ports]
    assert judge(security_groups.sg_no_open_high_risk_ports, collections) == [high_risk]


def stack(tasks=(), database=()):
    network = {"awsvpcConfiguration": {"securityGroups": ["sg-task"]}}
    return {
        "ec2.security_groups": [group("sg-task", *tasks), group("sg-db", *database), group("sg-other", world())],
        "ecs.services": [{"networkConfiguration": network}],
        "rds.db_clusters": [{"VpcSecurityGroups": [{"VpcSecurityGroupId": "sg-db"}]}],
        "elbv2.load_balancers": [{"LoadBalancerArn": "arn:alb", "SecurityGroups": ["sg-alb"]}],
    }


@pytest.mark.parametrize(
    ("tasks", "status"),
    [
        ([pair("sg-alb")], "PASS"),
        ([], "PASS"),
        ([pair("sg-alb"), pair("sg-other")], "FAIL"),
        ([world(8080, 8080)], "FAIL"),
        ([rule(PrefixListIds=[{"PrefixListId": "pl-1"}])], "FAIL"),
    ],
)
def test_tasks_admit_the_load_balancer(judge, tasks, status):
    assert judge(security_groups.sg_ecs_ingress_from_alb_only, stack(tasks=tasks)) == [status]


@pytest.mark.parametrize(
    ("database", "status"),
    [
        ([pair("sg-task", 3306, 3306)], "PASS"),
        ([pair("sg-alb", 3306, 3306)], "FAIL"),
        ([rule(3306, 3306, IpRanges=[{"CidrIp": "10.0.0.0/16"}])], "FAIL"),
    ],
)
def test_the_database_admits_the_tasks(judge, database, status):
    assert judge(security_groups.sg_db_ingress_from_app_only, stack(database=database)) == [status]


@pytest.mark.parametrize(
    "check", [security_groups.sg_ecs_ingress_from_alb_only, security_groups.sg_db_ingress_from_app_only]
)
def test_without_the_tier_there_is_nothing_to_judge(judge, check):
    assert judge(check, {"ec2.security_groups": [group("sg-1")]}) == ["NOT_APPLICABLE"]


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ([world(443, 443)], "PASS"),
        ([world(443, 443), world(80, 80)], "PASS"),
        ([world(443, 8443)], "FAIL"),
        ([world(protocol="-1")], "FAIL"),
        ([world(8, -1, "icmp")], "PASS"),
    ],
)
def test_listener_ports(judge, rules, status):
    collections = {
        "ec2.security_groups": [group("sg-alb", *rules)],
        "elbv2.load_balancers": [{"LoadBalancerArn": "arn:alb", "SecurityGroups": ["sg-alb", "sg-elsewhere"]}],
        "elbv2.listeners": [
            {"LoadBalancerArn": "arn:alb", "Port": 443},
            {"LoadBalancerArn": "arn:alb", "Port": 80},
            {"LoadBalancerArn": "arn:other", "Port": 8443},
        ],
    }
    assert judge(security_groups.sg_alb_only_listener_ports, collections) == [status]
