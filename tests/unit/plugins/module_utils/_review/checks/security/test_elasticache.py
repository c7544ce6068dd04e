# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.security import elasticache

INTERNET = {"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-1"}


@pytest.mark.parametrize(
    ("subnets", "status"),
    [(["private"], "PASS"), (["private", "public"], "FAIL"), (["elsewhere"], "FAIL"), (None, "FAIL")],
)
def test_private_subnets(judge, subnets, status):
    groups = [{"CacheSubnetGroupName": "g", "Subnets": [{"SubnetIdentifier": one} for one in subnets or ()]}]
    collections = {
        "elasticache.cache_clusters": [{"ARN": "arn:c", **({"CacheSubnetGroupName": "g"} if subnets else {})}],
        "elasticache.subnet_groups": groups,
        "ec2.subnets": [{"SubnetId": one, "VpcId": "vpc-1"} for one in ("private", "public")],
        "ec2.route_tables": [{"VpcId": "vpc-1", "Associations": [{"SubnetId": "public"}], "Routes": [INTERNET]}],
    }
    assert judge(elasticache.elasticache_private_subnet, collections) == [status]


def caches(*groups, clusters=()):
    return {
        "elasticache.replication_groups": [{"ARN": "arn:g", **one} for one in groups],
        "elasticache.cache_clusters": [{"ARN": "arn:c", **one} for one in clusters],
    }


@pytest.mark.parametrize(("encrypted", "status"), [(True, "PASS"), (False, "FAIL")])
def test_encryption_at_rest(judge, encrypted, status):
    group = {"AtRestEncryptionEnabled": encrypted}
    assert judge(elasticache.elasticache_encryption_at_rest, caches(group)) == [status]


def test_a_cluster_that_stands_alone_is_judged_and_a_node_of_a_group_is_not(judge):
    node, single = {"ReplicationGroupId": "g"}, {"Engine": "redis"}
    found = caches({"AtRestEncryptionEnabled": True}, clusters=[node, single, {"Engine": "memcached"}])
    assert judge(elasticache.elasticache_encryption_at_rest, found) == ["FAIL", "PASS"]


@pytest.mark.parametrize(
    ("group", "status"),
    [
        ({"TransitEncryptionEnabled": True, "TransitEncryptionMode": "required"}, "PASS"),
        ({"TransitEncryptionEnabled": True}, "PASS"),
        ({"TransitEncryptionEnabled": True, "TransitEncryptionMode": "preferred"}, "FAIL"),
        ({"TransitEncryptionEnabled": False}, "FAIL"),
    ],
)
def test_encryption_in_transit(judge, group, status):
    assert judge(elasticache.elasticache_encryption_in_transit, caches(group)) == [status]


@pytest.mark.parametrize(
    ("group", "status"),
    [({"UserGroupIds": ["u"]}, "PASS"), ({"AuthTokenEnabled": True}, "PASS"), ({"UserGroupIds": []}, "FAIL")],
)
def test_authentication(judge, group, status):
    assert judge(elasticache.elasticache_auth, caches(group)) == [status]
