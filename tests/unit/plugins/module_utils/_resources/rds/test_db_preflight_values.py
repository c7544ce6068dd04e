# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.rds.db_preflight_values import (
    instances_to_make,
    uncovered_zones,
    wrong_names,
    wrong_values,
    wrong_windows,
)

RIGHT = {"instances": ["c-1"], "backup_retention_days": 35, "insights_retention_days": 713}


def test_what_rds_takes_is_not_refused():
    for days in (7, 31, 465, 713, 731, None):
        assert wrong_values({**RIGHT, "insights_retention_days": days}) == []
    assert wrong_values({**RIGHT, "backup_window": "23:45-00:15", "maintenance_window": "Sun:05:00-sun:06:00"}) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"instances": []}, "aurora_instances is empty"),
        ({"backup_retention_days": 0}, "1 to 35 days"),
        ({"backup_retention_days": 36}, "1 to 35 days"),
        ({"insights_retention_days": 30}, "31 times 1 to 23"),
        ({"insights_retention_days": 744}, "31 times 1 to 23"),
        ({"backtrack_seconds": 73 * 3600}, "aurora_backtrack_hours is 73"),
        ({"port": 80}, "1150 to 65535"),
        ({"readers_max": 20}, "up to 15 readers"),
    ],
)
def test_what_rds_refuses_is_said(changes, words):
    [reason] = wrong_values({**RIGHT, **changes})
    assert words in reason


@pytest.mark.parametrize(
    ("backup", "maintenance", "words"),
    [
        ("3:00-4:00", "sun:05:00-sun:06:00", "aurora_backup_window is 3:00-4:00"),
        ("24:00-24:30", "sun:05:00-sun:06:00", "it looks like"),
        ("03:00-03:29", "sun:05:00-sun:06:00", "29 minutes long"),
        ("03:00-04:00", "sunday:05:00-sunday:06:00", "aurora_maintenance_window is"),
        ("03:00-04:00", "sun:05:00-sun:05:10", "10 minutes long"),
        ("05:30-06:30", "sun:05:00-sun:06:00", "overlap"),
        ("23:30-00:30", "mon:00:00-mon:00:30", "overlap"),
        ("00:00-00:30", "sun:23:30-mon:00:15", "overlap"),
    ],
)
def test_windows_that_cannot_be(backup, maintenance, words):
    [reason] = wrong_windows(backup, maintenance)
    assert words in reason


def test_windows_that_touch_do_not_overlap():
    assert wrong_windows("04:00-05:00", "sun:05:00-sun:06:00") == []


def test_a_zone_without_a_subnet_names_both_lists():
    subnets = {"s-1": "a", "s-2": "b"}
    assert uncovered_zones({"c-1": "a", "c-2": None}, subnets) == []
    [reason] = uncovered_zones({"c-1": "a", "c-2": "f"}, subnets)
    assert "asks for f (c-2)" in reason and "lie in a, b" in reason
    assert uncovered_zones({"c-2": "f"}, {**subnets, "s-3": None}) == [], "not all is known"
    assert instances_to_make({"c-1": "a", "c-2": "f"}, [{"DBInstanceIdentifier": "c-2"}]) == {"c-1": "a"}


GOOD = {"cluster": "shop-prod-aurora", "instances": [{"name": "shop-prod-aurora-1"}], "dr_instances": []}


def test_names_that_aws_takes_are_not_refused():
    names = {
        "aurora_master_username": "dbadmin",
        "aurora_subnet_group": "shop_prod.db-subnets",
        "aurora_monitoring_role": "Shop-monitoring@rds",
        "aurora_database_name": "shop",
        "aurora_events_topic": "Shop_events",
        "aurora_parameter_group": "shop-prod-aurora",
    }
    assert wrong_names({**GOOD, "names": names}) == []
    kept = {"aurora_master_username": "admin_user", "aurora_database_name": "3dshop"}
    assert wrong_names({**GOOD, "names": kept}, to_make=False) == [], "an existing cluster has them already"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cluster": "MyWebApp-prod-aurora"}, "aurora_cluster_name is MyWebApp"),
        ({"cluster": "my_app-prod-aurora"}, "aurora_cluster_name is my_app"),
        ({"cluster": "3dshop-prod-aurora"}, "a letter first"),
        ({"cluster": "shop--prod"}, "single hyphens"),
        ({"instances": [{"name": "a" * 64}]}, "63 at most"),
        ({"cluster": "a" * 64}, "63 at most, and these are 64"),
        ({"cross_region": "replica", "dr_instances": [{"name": "c-"}]}, "aurora_dr_instances (c-)"),
        ({"cross_region": "replica", "dr_cluster": "a" * 61 + "-dr"}, "for the cluster in the other region, is aaa"),
        ({"cross_region": "global", "global_cluster": "a" * 57 + "-global"}, "for the global database, is aaa"),
        ({"names": {"aurora_master_username": "admin-user"}}, "aurora_master_username is admin-user"),
        ({"names": {"aurora_master_username": "rdsadmin"}}, "no reserved word"),
        ({"names": {"aurora_master_username": "a" * 17}}, "16 at most"),
        ({"enhanced_monitoring": True, "names": {"aurora_monitoring_role": "r" * 65}}, "64 at most"),
        ({"names": {"aurora_database_name": "3dshop"}}, "a letter first"),
        ({"names": {"aurora_parameter_group": "Shop"}}, "small letters"),
    ],
)
def test_a_name_that_rds_refuses_or_changes_is_said_first(changes, words):
    [reason] = wrong_names({**GOOD, **changes})
    assert words in reason


def test_names_that_this_run_does_not_make_are_not_held_to_anything():
    cluster = "a" * 63
    derived = {"dr_cluster": f"{cluster}-dr", "global_cluster": f"{cluster}-global"}
    elsewhere = {**GOOD, "cluster": cluster, **derived, "dr_instances": [{"name": f"{cluster}-dr-1"}]}
    assert wrong_names({**elsewhere, "cross_region": "none"}) == []
    assert wrong_names({**elsewhere, "cross_region": "backup_copy"}) == []
    assert len(wrong_names({**elsewhere, "cross_region": "replica"})) == 2
    assert len(wrong_names({**elsewhere, "cross_region": "global"})) == 3
    role = {"aurora_monitoring_role": "r" * 65}
    assert wrong_names({**GOOD, "enhanced_monitoring": False, "names": role}) == [], "no role is made"
