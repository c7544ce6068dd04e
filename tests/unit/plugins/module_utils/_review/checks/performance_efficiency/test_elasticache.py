# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.performance_efficiency import (
    elasticache,
)

GROUPS, NODES = "elasticache.replication_groups", "elasticache.cache_clusters"


@pytest.mark.parametrize(
    ("collections", "status"),
    [
        ({GROUPS: [{"ARN": "arn:g", "Status": "available"}]}, "PASS"),
        ({GROUPS: [{"ARN": "arn:g", "Status": "create-failed"}]}, "FAIL"),
        ({NODES: [{"ARN": "arn:n", "CacheClusterStatus": "available"}]}, "PASS"),
        ({NODES: [{"ARN": "arn:n", "CacheClusterStatus": "available", "ReplicationGroupId": "another"}]}, "FAIL"),
        ({}, "FAIL"),
    ],
)
def test_present(judge, collections, status):
    assert judge(elasticache.elasticache_present, collections) == [status]


@pytest.mark.parametrize("denied", [GROUPS, NODES])
def test_denied(judge, denied):
    assert judge(elasticache.elasticache_present, {}, (denied,)) == ["UNKNOWN"]
