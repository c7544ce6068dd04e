# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of security groups: what people write, what AWS keeps, and what it refuses."""

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.security_rules import (
    canonical,
    compared,
    expanded,
    permission,
    rule,
    rules,
    same_rules,
    weight,
    wrong,
)

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


def test_canonical_leaves_what_it_does_not_understand():
    assert canonical("nonsense") == "nonsense"


OFFICE = {"cidr": "192.0.2.0/24"}


def kept(given):
    """What AWS gives back of a rule that was sent: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html"""
    sent = permission(given)
    names = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
    assert sent["IpProtocol"] not in names and sent["IpProtocol"] == sent["IpProtocol"].lower()
    return rules([{**sent, "Ipv6Ranges": sent.get("Ipv6Ranges", [])}])


@pytest.mark.parametrize(
    "given",
    [
        {"protocol": "TCP", "from_port": 8443, **OFFICE},
        {"protocol": "6", "from_port": 8443, **OFFICE},
        {"protocol": "17", "from_port": 53, **OFFICE},
        {"protocol": "icmp", "from_port": -1, **OFFICE},
        {"protocol": "icmp", "from_port": 8, "to_port": -1, **OFFICE},
        {"protocol": "icmp", "from_port": 8, **OFFICE},
        {"protocol": "icmpv6", "from_port": -1, "cidr": "2001:db8::/32"},
        {"protocol": "58", "cidr": "2001:db8::/32"},
        {"protocol": "50", **OFFICE},
        {"protocol": "50", "from_port": 0, "to_port": 0, **OFFICE},
        {"protocol": "all", **OFFICE},
        {"protocol": "-1", **OFFICE},
        {"protocol": "tcp", "from_port": 8443, "cidr": "192.0.2.77/24"},
        {"protocol": "tcp", "from_port": 8443, "cidr": "2001:DB8:0:0::/32"},
        {"protocol": "tcp", "from_port": 0, "to_port": 65535, **OFFICE},
    ],
    ids=lambda given: f"{given['protocol']} {given.get('from_port')} {given['cidr']}",
)
def test_a_second_run_changes_nothing_however_a_rule_is_written(given):
    made = rule(given)
    assert list(wrong(made)) == []
    assert same_rules(kept(made), [made])


def test_echo_requests_are_type_8_with_every_code():
    assert permission(rule({"protocol": "icmp", "from_port": 8, **OFFICE})) == {
        "IpProtocol": "icmp",
        "FromPort": 8,
        "ToPort": -1,
        "IpRanges": [{"CidrIp": "192.0.2.0/24"}],
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"protocol": "tcp", "from_port": 70000, **OFFICE}, "ports go from 0 to 65535"),
        ({"protocol": "udp", "from_port": 90, "to_port": 80, **OFFICE}, "to_port 80 is below from_port 90"),
        ({"protocol": "esp", **OFFICE}, "AWS knows tcp, udp"),
        ({"protocol": "256", **OFFICE}, "the numbers 0 to 255"),
        ({"protocol": "icmp", "from_port": -1, "to_port": 3, **OFFICE}, "takes no code"),
        ({"protocol": "tcp", "from_port": 1, "description": "Büro & Köln <x>", **OFFICE}, "AWS takes up to 255"),
        ({"protocol": "tcp", "from_port": 1, "description": "x" * 256, **OFFICE}, "AWS takes up to 255"),
        ({"protocol": "tcp", "from_port": 1, "security_group": "shop/sg-1"}, "shop is no account"),
    ],
)
def test_what_aws_refuses_is_refused_first(given, words):
    assert words in " ".join(wrong(rule(given)))


def test_lists_stand_for_a_rule_each():
    made = expanded(
        [{"protocol": "tcp", "ports": [80, 443], "cidrs": ["a", "b"], "prefix_lists": ["c"], "to_port": None}]
    )
    assert [(one["from_port"], one["cidr"], one["prefix_list"]) for one in made] == [
        (80, "a", None),
        (80, "b", None),
        (80, None, "c"),
        (443, "a", None),
        (443, "b", None),
        (443, None, "c"),
    ]
    assert expanded([{"protocol": "tcp", "ports": [80], "cidrs": []}]) == [], "no peers are no rules"


def test_a_direction_that_is_not_given_is_left_alone():
    assert compared({"name": "g", "ingress": [], "egress": None}) == {"name": "g", "ingress": [], "egress": None}


def test_a_group_of_another_account_keeps_its_owner():
    made = rule({"protocol": "tcp", "from_port": 1, "security_group": "210987654321/sg-0a1b2c3d"})
    assert permission(made)["UserIdGroupPairs"] == [{"GroupId": "sg-0a1b2c3d", "UserId": "210987654321"}]


def test_a_prefix_list_counts_for_many_rules():
    cloudfront = {"prefix_list": "com.amazonaws.global.cloudfront.origin-facing"}
    assert weight([cloudfront, OFFICE, {"prefix_list": "com.amazonaws.us-east-1.s3"}]) == 57
