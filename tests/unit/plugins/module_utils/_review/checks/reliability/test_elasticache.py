# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.reliability import elasticache


def caches(*groups, clusters=()):
    return {
        "elasticache.replication_groups": [{"ARN": "arn:g", **one} for one in groups],
        "elasticache.cache_clusters": [{"ARN": "arn:c", "Engine": "redis", **one} for one in clusters],
    }


@pytest.mark.parametrize(("days", "status"), [(7, "PASS"), (0, "FAIL"), (None, "FAIL")])
def test_snapshots(judge, days, status):
    assert judge(elasticache.elasticache_backup, caches({"SnapshotRetentionLimit": days})) == [status]


@pytest.mark.parametrize(("state", "status"), [("enabled", "PASS"), ("disabled", "FAIL"), ("enabling", "FAIL")])
def test_failover(judge, state, status):
    assert judge(elasticache.elasticache_auto_failover, caches({"AutomaticFailover": state})) == [status]


def test_a_cluster_that_stands_alone_does_not_fail_over(judge):
    nodes = [{}, {"ReplicationGroupId": "g"}]
    assert judge(elasticache.elasticache_auto_failover, caches(clusters=nodes)) == ["FAIL"]
