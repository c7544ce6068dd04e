# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import (
    elasticache,
)


@pytest.mark.parametrize(("upgrades", "status"), [(True, "PASS"), (False, "FAIL"), (None, "FAIL")])
def test_minor_upgrades(judge, upgrades, status):
    group = {"ARN": "arn:g", "AutoMinorVersionUpgrade": upgrades}
    collections = {"elasticache.replication_groups": [group], "elasticache.cache_clusters": []}
    assert judge(elasticache.elasticache_auto_minor_upgrade, collections) == [status]
