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
