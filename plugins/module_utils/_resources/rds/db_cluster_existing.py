# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a cluster that is in use already keeps unless it is asked for by name: its engine version, its password."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.MajorVersionUpgrade.html
MAJOR_UPGRADE = (
    "another major version takes parameter groups of its family and a rehearsal: upgrade by a blue/green deployment "
    "(aws rds create-blue-green-deployment) or a copy of the cluster, then set aurora_engine_version, "
    "aurora_parameter_family and a new aurora_parameter_group"
)


def without_kept(item: Mapping[str, Any], found: Mapping[str, Any] | None) -> tuple[dict[str, Any], list[str]]:
    """The item without what the cluster (None: not there) keeps, and what is to be said of that. Pure."""
    wanted = {key: value for key, value in item.items() if key not in {"engine_upgrade", "master_password_takeover"}}
    if found is None:
        return wanted, []
    name, warnings = item["name"], []
    version, kept = item.get("engine_version"), found["engine_version"]
    if version:
        wanted["engine_version"] = version_after(kept, version, bool(item.get("engine_upgrade")))
    if version and ((older(kept, version) and not item.get("engine_upgrade")) or branch(kept) != branch(version)):
        remedy = ""
        if branch(kept) < branch(version):
            remedy = f"; {MAJOR_UPGRADE}"
        elif older(kept, version):
            remedy = "; set aurora_engine_upgrade: true to upgrade it, with an outage"
        warnings.append(f"{name} is left on engine version {kept}, {version} is asked for{remedy}")
    takes_over = item.get("manage_master_password") and not found["manage_master_password"]
    if takes_over and not item.get("master_password_takeover"):
        wanted["manage_master_password"] = None
        warnings.append(
            f"{name} keeps its master password, which RDS does not manage: to hand it to RDS makes the password void "
            "at once and cuts off whoever logs in with it; set aurora_master_password_takeover: true when nobody does"
        )
    return wanted, warnings


def version_after(found: str, asked: str, upgrade: bool) -> str:
    """The engine version of an existing cluster after a run: never older nor another major one, and newer only where
    an upgrade may be."""
    return asked if upgrade and older(found, asked) and branch(found) == branch(asked) else found


def older(one: str, other: str) -> bool:
    return _numbers(one) < _numbers(other)


def branch(version: str) -> tuple[int, ...]:
    """The database's own version, which the parameter groups' family goes with: 8.0 of 8.0.mysql_aurora.3.10.0."""
    return _numbers(version)[:2]


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))
