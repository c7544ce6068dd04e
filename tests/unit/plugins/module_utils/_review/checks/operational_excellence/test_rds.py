# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.checks.operational_excellence import rds

LTS, OTHER = "8.0.mysql_aurora.3.10.0", "8.0.mysql_aurora.3.09.0"


def cluster(engine="aurora-mysql", version=LTS):
    return {"DBClusterArn": "arn:c", "Engine": engine, "EngineVersion": version}


@pytest.mark.parametrize(
    ("engine", "version", "state", "status"),
    [
        ("aurora-mysql", LTS, "available", "PASS"),
        ("aurora-mysql", LTS, "deprecated", "FAIL"),
        ("aurora-mysql", LTS, None, "FAIL"),
        ("aurora-mysql", "5.7.mysql_aurora.2.11.4", "available", "FAIL"),
        ("aurora-mysql", "9.9.mysql_aurora.9.01.0", "available", "PASS"),
        ("aurora-postgresql", "16.4", "available", "PASS"),
        ("aurora-postgresql", "12.9", "available", "FAIL"),
    ],
)
def test_supported(judge, engine, version, state, status):
    offered = [{"Engine": engine, "EngineVersion": version, "Status": state}] if state else []
    collections = {"rds.db_clusters": [cluster(engine, version)], "rds.engine_versions": offered}
    assert judge(rds.aurora_engine_supported, collections) == [status]


@pytest.mark.parametrize(
    ("automatic", "version", "status"),
    [
        (True, OTHER, "PASS"),
        (False, OTHER, "FAIL"),
        (False, LTS, "PASS"),
        (True, LTS, "PASS"),
        (False, "8.0.mysql_aurora.3.04.3", "PASS"),
        (False, "16.4", "FAIL"),
    ],
)
def test_minor_versions(judge, automatic, version, status):
    instance = {"DBInstanceArn": "arn:i", "AutoMinorVersionUpgrade": automatic, "EngineVersion": version}
    assert judge(rds.aurora_auto_minor_upgrade, {"rds.db_instances": [instance]}) == [status]


@pytest.mark.parametrize("check", [rds.aurora_engine_supported, rds.aurora_auto_minor_upgrade])
def test_denied_and_absent(judge, check):
    for denied in check.needs:
        assert judge(check, {"rds.db_clusters": [cluster()]}, (denied,)) == ["UNKNOWN"]
    assert judge(check, {}) == ["NOT_APPLICABLE"]
