# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.security_group import (
    SECURITY_GROUP,
    canonical,
    check,
    permission,
    read,
    rule,
    rules,
    same_rules,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

WEB = {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr": "0.0.0.0/0"}


def asked(**given):
    return {"protocol": "tcp", "from_port": None, "to_port": None, "cidr": None, **given}


@pytest.mark.parametrize(
    ("given", "made"),
    [
        (asked(from_port=80, cidr="0.0.0.0/0"), WEB),
        (asked(from_port=80, to_port=90, cidr="10.1.2.3/16"), {**WEB, "to_port": 90, "cidr": "10.1.0.0/16"}),
        (asked(protocol="all", from_port=1, security_group="sg-1"), {"protocol": "-1", "security_group": "sg-1"}),
        (
            asked(from_port=1, prefix_list="pl-1"),
            {"protocol": "tcp", "from_port": 1, "to_port": 1, "prefix_list": "pl-1"},
        ),
    ],
)
def test_a_rule_of_the_options_becomes_comparable(given, made):
    assert rule(given) == made


def test_a_permission_of_aws_becomes_one_rule_for_each_peer():
    found = rules(
        [
            {
                "IpProtocol": "tcp",
                "FromPort": 443,
                "ToPort": 443,
                "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "inside"}],
                "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
                "UserIdGroupPairs": [{"GroupId": "sg-1", "UserId": "1"}],
                "PrefixListIds": [{"PrefixListId": "pl-1"}],
            },
            {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        ]
    )
    peers = [one.get("cidr") or one.get("security_group") or one.get("prefix_list") for one in found]
    assert sorted(peers) == ["0.0.0.0/0", "10.0.0.0/8", "::/0", "pl-1", "sg-1"]
    assert {one.get("description") for one in found} == {None, "inside"}
    assert [rules([permission(one)]) for one in found] == [[one] for one in found], "there and back again"


def test_order_and_descriptions_that_nobody_asked_for_do_not_count():
    other = {**WEB, "from_port": 443, "to_port": 443}
    assert same_rules([{**WEB, "description": "old"}, other], [other, WEB])
    assert not same_rules([{**WEB, "description": "old"}], [{**WEB, "description": "new"}])
    assert not same_rules([WEB], [{**WEB, "description": "new"}])
    assert not same_rules([WEB, other], [WEB]) and same_rules(None, [])


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


def test_canonical_leaves_what_it_does_not_understand():
    assert canonical("nonsense") == "nonsense"


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
