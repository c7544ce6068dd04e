# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError


def test_windows_that_overlap_are_refused(client):
    rds = client("rds")
    asked = {"Engine": "aurora-mysql", "MasterUsername": "admin", "MasterUserPassword": "password1"}
    backup, overlapping = "05:30-06:30", "sun:05:00-sun:06:00"
    windows = {"PreferredBackupWindow": backup, "PreferredMaintenanceWindow": overlapping}
    with pytest.raises(ClientError, match=r"InvalidParameterValue.*must not overlap"):
        rds.create_db_cluster(DBClusterIdentifier="web", **asked, **windows)
    made = rds.create_db_cluster(DBClusterIdentifier="web", **asked, PreferredBackupWindow="03:00-04:00")["DBCluster"]
    assert made["PreferredMaintenanceWindow"] == "wed:23:10-wed:23:40"
    with pytest.raises(ClientError, match="must not overlap"):
        rds.modify_db_cluster(DBClusterIdentifier="web", PreferredBackupWindow="23:30-00:30")
    with pytest.raises(ClientError, match="Invalid window"):
        rds.modify_db_cluster(DBClusterIdentifier="web", PreferredBackupWindow="3-4")
    rds.modify_db_cluster(DBClusterIdentifier="web", **{**windows, "PreferredBackupWindow": "06:00-06:30"})
