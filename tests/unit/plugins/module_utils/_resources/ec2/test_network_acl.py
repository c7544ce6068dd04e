# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.network_acl import (
    check,
    compared,
    entry,
    rule,
    rules,
    same_rules,
    update,
)
from ansible_collections.wellarchitected.webapp.tests.unit.plugins.module_utils._resources.ec2.ec2_fake import Ec2

ENTRIES = [
    {"RuleNumber": 32767, "Protocol": "-1", "RuleAction": "deny", "Egress": False, "CidrBlock": "0.0.0.0/0"},
    {
        "RuleNumber": 110,
        "Protocol": "1",
        "RuleAction": "allow",
        "Egress": False,
        "CidrBlock": "0.0.0.0/0",
        "IcmpTypeCode": {"Type": 3, "Code": 4},
    },
    {
        "RuleNumber": 100,
        "Protocol": "6",
        "RuleAction": "allow",
        "Egress": False,
        "CidrBlock": "10.0.0.0/16",
        "PortRange": {"From": 80, "To": 90},
        "IcmpTypeCode": {"Type": 0, "Code": 0},
    },
    {"RuleNumber": 100, "Protocol": "-1", "RuleAction": "allow", "Egress": True, "Ipv6CidrBlock": "::/0"},
]


def asked(**given):
    empty = dict.fromkeys(("from_port", "to_port", "icmp_type", "icmp_code"))
    return rule({**empty, "number": 100, "protocol": "tcp", "action": "allow", "cidr": "10.0.0.0/16", **given})


def test_entries_of_aws_become_the_rules_of_the_options():
    web, icmp = rules(ENTRIES, egress=False)
    assert web == asked(from_port=80, to_port=90)
    assert icmp == asked(number=110, protocol="icmp", cidr="0.0.0.0/0", icmp_type=3, icmp_code=4)
    assert rules(ENTRIES, egress=True) == [asked(protocol="all", cidr="::/0")]


@pytest.mark.parametrize("egress", [False, True])
def test_there_and_back_again(egress):
    for one in rules(ENTRIES, egress):
        assert rules([entry(one, egress)], egress) == [one]


def test_numbers_of_protocols_are_their_names():
    assert asked(protocol="6", from_port=22) == asked(from_port=22, to_port=22)
    assert asked(protocol="-1", from_port=22) == asked(protocol="all")
    assert asked(protocol="50")["protocol"] == "50"


def test_every_code_is_meant_where_none_is_given():
    made = asked(protocol="ICMP", icmp_type=8)
    assert rules([entry(made, False)], egress=False) == [made] and made["icmp_code"] == -1


def test_lists_are_rules_numbered_on():
    given = [{"number": 200, "protocol": "tcp", "ports": [80, 443], "cidrs": ["0.0.0.0/0", "::/0"], "action": "allow"}]
    made = compared({"name": "a", "ingress": given, "egress": None})["ingress"]
    assert [(one["number"], one["cidr"], one["from_port"]) for one in made] == [
        (200, "0.0.0.0/0", 80),
        (201, "0.0.0.0/0", 443),
        (202, "::/0", 80),
        (203, "::/0", 443),
    ]


def test_rules_are_the_same_by_number():
    one, two = asked(from_port=80), asked(number=110, from_port=443)
    assert same_rules([one, two], [two, one]) and same_rules(None, [])
    assert not same_rules([one], [one, two]) and not same_rules([one], [asked(from_port=81)])


def test_rules_change_before_subnets_move():
    other = {"Associations": [{"SubnetId": "subnet-1", "NetworkAclAssociationId": "a-1"}, {"SubnetId": "subnet-9"}]}
    aws = Ec2({"describe_network_acls": {"NetworkAcls": [other]}})
    found = {"id": "acl-1", "ingress": [asked(from_port=80), asked(number=200, from_port=22)], "subnets": []}
    wanted = {"ingress": [asked(from_port=443), asked(number=110, from_port=80)], "subnets": ["subnet-1"]}
    update(aws, found, wanted, frozenset({"ingress", "subnets"}))
    assert [operation for operation, _unused in aws.changes] == [
        "replace_network_acl_entry",
        "create_network_acl_entry",
        "delete_network_acl_entry",
        "replace_network_acl_association",
    ]
    assert aws.changes[-1][1] == {"AssociationId": "a-1", "NetworkAclId": "acl-1"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ([asked(from_port=80), asked(from_port=443)], "two rules with the number 100"),
        ([asked(number=32767, from_port=80)], "from 1 to 32766"),
        ([asked()], "needs from_port"),
        ([asked(protocol="icmp")], "needs icmp_type"),
        ([asked(from_port=70000)], "ports go from 0 to 65535"),
        ([asked(protocol="esp")], "is no protocol"),
        ([asked(from_port=80, cidr="everybody")], "is no CIDR"),
    ],
)
def test_what_aws_would_refuse_is_refused_first(wrong, words):
    assert words in check({"ingress": wrong})[0]
    assert check({"ingress": [asked(from_port=80)], "egress": [asked(protocol="all")]}) == []
