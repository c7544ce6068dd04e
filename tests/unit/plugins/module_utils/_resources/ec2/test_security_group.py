# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.security_group import (
    SECURITY_GROUP,
    check,
    keeps,
    read,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

WEB = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr": "0.0.0.0/0"}


def test_new_rules_come_before_old_ones_go():
    aws = Ec2()
    old = {**WEB, "from_port": 22, "to_port": 22, "description": "by hand"}
    new = {"protocol": "tcp", "from_port": 443, "to_port": 443, "security_group": "sg-2"}
    update(aws, {"id": "sg-1", "ingress": [old, WEB], "egress": []}, {"ingress": [new, WEB]}, frozenset({"ingress"}))
    assert [operation for operation, _unused in aws.sent] == [
        "authorize_security_group_ingress",
        "revoke_security_group_ingress",
    ]
    assert aws.sent[0][1]["IpPermissions"][0]["UserIdGroupPairs"] == [{"GroupId": "sg-2"}]
    assert aws.sent[1][1]["IpPermissions"][0]["IpRanges"] == [{"CidrIp": "0.0.0.0/0"}], "by its peer alone"


def test_a_description_changes_without_a_gap():
    aws = Ec2()
    update(aws, {"id": "sg-1", "egress": [WEB]}, {"egress": [{**WEB, "description": "web"}]}, frozenset({"egress"}))
    assert [operation for operation, _unused in aws.sent] == ["update_security_group_rule_descriptions_egress"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"protocol": "tcp", "from_port": 1}, "exactly one of"),
        ({**WEB, "security_group": "sg-1"}, "exactly one of"),
        ({"protocol": "tcp", "cidr": "10.0.0.0/8"}, "needs from_port"),
        ({**WEB, "cidr": "everybody"}, "is no CIDR"),
        ({**WEB, "cidr": "10.0.0.1"}, "is no CIDR"),
    ],
)
def test_what_no_argument_spec_can_say_is_refused(wrong, words):
    assert words in check({"ingress": [wrong]})[0]
    assert check({"ingress": [WEB], "egress": []}) == []


def test_groups_are_looked_for_in_their_vpc_alone():
    group = {"GroupName": "default", "GroupId": "sg-9", "VpcId": "vpc-1", "Description": "default VPC security group"}
    aws = Ec2({"describe_security_groups": {"SecurityGroups": [{**group, "IpPermissions": []}]}})
    found = read(aws, [{"name": "default", "vpc": "vpc-1"}])
    assert found["default"]["ingress"] == [] and found["default"]["tags"] == {}
    assert {"Name": "vpc-id", "Values": ["vpc-1"]} in aws.sent[0][1]["Filters"]


def test_a_vpc_that_is_not_there_yet_has_no_groups():
    aws = Ec2()
    assert read(aws, [{"name": "default", "vpc": "vpc v (known after apply)"}]) == {} and aws.sent == []


def test_groups_may_name_each_other():
    assert SECURITY_GROUP.references["ingress.security_group"].kind is None


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ({"name": "sg-shop-alb-sg"}, "begins with sg-"),
        ({"name": "shop/alb?"}, "name 'shop/alb?': AWS takes"),
        ({"name": "x" * 256}, "up to 255"),
        ({"name": "shop", "description": "it's"}, 'description "it\'s": AWS takes'),
    ],
)
def test_names_that_aws_refuses_are_refused_first(group, words):
    assert words in check(group)[0]


def test_a_peer_of_another_account_is_revoked_with_its_owner():
    """A group of another account is only known with it."""
    foreign = [{"GroupId": "sg-9", "UserId": "210987654321"}, {"GroupId": "sg-8", "UserId": "123456789012"}]
    group = {
        "GroupName": "g",
        "GroupId": "sg-1",
        "OwnerId": "123456789012",
        "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "UserIdGroupPairs": foreign}],
    }
    aws = Ec2({"describe_security_groups": {"SecurityGroups": [group]}})
    state = read(aws, [{"name": "g"}])["g"]
    update(aws, state, {"ingress": []}, frozenset({"ingress"}))
    [(operation, sent)] = aws.changes
    assert operation == "revoke_security_group_ingress"
    pairs = [pair for one in sent["IpPermissions"] for pair in one["UserIdGroupPairs"]]
    assert pairs == [{"GroupId": "sg-8"}, {"GroupId": "sg-9", "UserId": "210987654321"}]


def test_each_rule_that_goes_is_said():
    peer = {"protocol": "tcp", "from_port": 3306, "to_port": 3307, "security_group": "sg-2", "owner": "111122223333"}
    found = {
        "name": "db",
        "id": "sg-1",
        "ingress": [WEB, {**peer, "description": "Reports"}],
        "egress": [{"protocol": "-1", "cidr": "0.0.0.0/0"}],
    }
    wanted = {"name": "db", "ingress": [WEB], "egress": []}
    [said] = keeps(wanted, found)[1]
    assert "security_group db (sg-1) loses rules" in said and "network_extra_rules" in said
    assert ": ingress tcp 3306-3307 111122223333/sg-2 (Reports); egress all protocols 0.0.0.0/0. " in said
    assert keeps({**wanted, "ingress": found["ingress"], "egress": None}, found)[1] == [], "no direction is asked for"
    assert keeps(wanted, {**found, "ingress": [], "egress": []})[1] == keeps(wanted, None)[1] == []


def test_what_aws_gives_a_default_group_goes_without_a_word():
    found = {
        "name": "default",
        "id": "sg-1",
        "ingress": [{"protocol": "-1", "security_group": "sg-1"}],
        "egress": [{"protocol": "-1", "cidr": "0.0.0.0/0"}],
    }
    wanted = {"name": "default", "ingress": [], "egress": []}
    assert keeps(wanted, found)[1] == []
    assert "tcp 80 0.0.0.0/0" in keeps(wanted, {**found, "ingress": [WEB]})[1][0]
