# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The backup window and the maintenance window of a cluster, which RDS refuses where they overlap."""

from __future__ import annotations

import re
from typing import Any

from local_aws.services.rds import aws, catalogue, common

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = 24 * 60
_TIME = re.compile(rf"(?:(?:{'|'.join(_DAYS)}):)?[0-2]\d:[0-5]\d")
_BACKUP, _MAINTENANCE = "PreferredBackupWindow", "PreferredMaintenanceWindow"


# One of these never overlaps with a backup window of less than 20 hours.
_CHOICES = ("wed:02:40-wed:03:10", "wed:23:10-wed:23:40")


@aws.before("CreateDBCluster")
def create_rule(call: Any) -> None:
    """Without a maintenance window RDS chooses one that leaves the backup window free."""
    backup, maintenance = call.params.get(_BACKUP), call.params.get(_MAINTENANCE)
    if call.params.get("Engine") != catalogue.ENGINE or not backup:
        return
    if maintenance:
        _check(backup, maintenance)
    else:
        free = [window for window in _CHOICES if not _overlap(backup, window)]
        call.change(PreferredMaintenanceWindow=(free or list(_CHOICES))[0])


@aws.before("ModifyDBCluster")
def modify_rule(call: Any) -> None:
    if not {_BACKUP, _MAINTENANCE} & set(call.params):
        return
    cluster = common.cluster(call, call.params["DBClusterIdentifier"])
    _check(
        call.params.get(_BACKUP, cluster.preferred_backup_window),
        call.params.get(_MAINTENANCE, cluster.preferred_maintenance_window),
    )


def _check(backup: str, maintenance: str) -> None:
    if _overlap(backup, maintenance):
        raise common.value("The backup window and maintenance window must not overlap.")


def _overlap(backup: str, maintenance: str) -> bool:
    return bool(_minutes(backup, range(7)) & _minutes(maintenance, range(1)))


def _minutes(window: str, days: range) -> set[int]:
    """The minutes of the week that a window covers, on each of the days that it is repeated on."""
    times = window.lower().split("-")
    if len(times) != 2 or not all(_TIME.fullmatch(time) for time in times):
        raise common.value(f"Invalid window {window}.")
    start, end = map(_minute, times)
    cycle = _DAY if len(days) > 1 else 7 * _DAY
    return {(start + day * _DAY + passed) % (7 * _DAY) for day in days for passed in range((end - start) % cycle)}


def _minute(time: str) -> int:
    *day, hours, minutes = time.split(":")
    return (_DAYS.index(day[0]) * _DAY if day else 0) + int(hours) * 60 + int(minutes)
