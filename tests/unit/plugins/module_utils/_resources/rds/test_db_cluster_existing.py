# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_cluster_existing import (
    version_after,
    without_kept,
)

NEW, OLD = "8.0.mysql_aurora.3.10.3", "8.0.mysql_aurora.3.9.9"
ITEM = {"name": "c", "engine_version": "8.0.mysql_aurora.3.10.0", "manage_master_password": None}


@pytest.mark.parametrize(
    ("found", "upgrade", "kept", "words"),
    [
        (NEW, False, NEW, None),
        (NEW, True, NEW, None),
        (OLD, False, OLD, "set aurora_engine_upgrade: true"),
        (OLD, True, ITEM["engine_version"], None),
        ("8.4.mysql_aurora.4.0.0", True, "8.4.mysql_aurora.4.0.0", "is left on engine version 8.4"),
        (ITEM["engine_version"], False, ITEM["engine_version"], None),
    ],
)
def test_an_engine_is_never_downgraded_and_upgraded_only_on_request(found, upgrade, kept, words):
    wanted, warnings = without_kept(
        {**ITEM, "engine_upgrade": upgrade}, {"engine_version": found, "manage_master_password": False}
    )
    assert wanted["engine_version"] == kept == version_after(found, ITEM["engine_version"], upgrade)
    assert len(warnings) == bool(words) and (not words or words in warnings[0])
    assert "engine_upgrade" not in wanted


def test_the_password_of_a_cluster_in_use_is_taken_over_only_on_request():
    item, used = {**ITEM, "manage_master_password": True}, {**ITEM, "manage_master_password": False}
    wanted, [warning] = without_kept(item, used)
    assert wanted["manage_master_password"] is None and "aurora_master_password_takeover: true" in warning
    wanted, warnings = without_kept({**item, "master_password_takeover": True}, used)
    assert wanted["manage_master_password"] and not warnings
    assert not without_kept(item, {**used, "manage_master_password": True})[1]


def test_a_new_cluster_gets_what_is_asked_for():
    item = {**ITEM, "manage_master_password": True, "engine_upgrade": False, "master_password_takeover": False}
    assert without_kept(item, None) == ({**ITEM, "manage_master_password": True}, [])
