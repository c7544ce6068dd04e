# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules of security groups are told apart by their peers; a log group takes a key and lets go of it."""

from __future__ import annotations

import json

import pytest

ADMITS_LOGS = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "123456789012", "Service": "logs.eu-central-1.amazonaws.com"},
                "Action": "kms:*",
                "Resource": "*",
            }
        ],
    }
)


@pytest.fixture
def ec2(client):
    return client("ec2")


def permission(peer, **more):
    return [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, **peer(more)}]


def pair(group):
    return lambda more: {"UserIdGroupPairs": [{"GroupId": group, **more}]}


def prefix_list(name):
    return lambda more: {"PrefixListIds": [{"PrefixListId": name, **more}]}


def described(ec2, group):
    [shown] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return [peer.get("Description") for rule in shown["IpPermissions"] for peer in peers(rule)]


def peers(rule):
    return [*rule.get("UserIdGroupPairs", []), *rule.get("PrefixListIds", [])]


def test_descriptions_of_rules_change_and_count_for_nothing_else(ec2, refused):
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group, other = (
        ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"] for name in ("one", "other")
    )
    lists = ec2.describe_managed_prefix_lists()["PrefixLists"]
    for peer in (pair(other), prefix_list(lists[0]["PrefixListId"])):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=permission(peer))
        again = permission(peer, Description="again")
        assert refused(ec2.authorize_security_group_ingress, GroupId=group, IpPermissions=again) == (
            "InvalidPermission.Duplicate"
        )
        ec2.update_security_group_rule_descriptions_ingress(
            GroupId=group, IpPermissions=permission(peer, Description="calls")
        )
        assert described(ec2, group) == ["calls"]
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=permission(peer))
        assert described(ec2, group) == []


def test_a_log_group_takes_a_key_and_lets_go_of_it(client, refused):
    logs, key = client("logs"), client("kms").create_key(Policy=ADMITS_LOGS)["KeyMetadata"]["Arn"]
    logs.create_log_group(logGroupName="one")
    assert refused(logs.associate_kms_key, logGroupName="two", kmsKeyId=key) == "ResourceNotFoundException"
    logs.associate_kms_key(logGroupName="one", kmsKeyId=key)
    assert logs.describe_log_groups(logGroupNamePrefix="one")["logGroups"][0]["kmsKeyId"] == key
    logs.disassociate_kms_key(logGroupName="one")
    assert "kmsKeyId" not in logs.describe_log_groups(logGroupNamePrefix="one")["logGroups"][0]
