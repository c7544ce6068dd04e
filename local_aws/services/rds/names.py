# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The master user's name and the port, as the API reference of CreateDBCluster limits them.

https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from local_aws.services.rds import common

_MASTER_USER = re.compile(r"[a-zA-Z][a-zA-Z0-9]{0,15}")
# RDS's own user, and those of https://dev.mysql.com/doc/refman/8.4/en/keywords.html that people think of.
_RESERVED = frozenset(
    {
        "rdsadmin",
        "change",
        "database",
        "databases",
        "default",
        "group",
        "key",
        "keys",
        "order",
        "read",
        "require",
        "schema",
        "select",
        "system",
        "table",
        "trigger",
        "usage",
        "values",
        "write",
    }
)


def check_master_user(name: str) -> None:
    """1 to 16 letters or numbers, a letter first, and no reserved word of the engine."""
    if not _MASTER_USER.fullmatch(name):
        raise common.value(
            f"The parameter MasterUsername is not a valid identifier: {name}. It must be 1 to 16 letters or numbers, "
            "the first one a letter."
        )
    if name.lower() in _RESERVED:
        raise common.value(f"MasterUsername {name} cannot be used as it is a reserved word used by the engine")


def check_port(params: Mapping[str, Any]) -> None:
    port = params.get("Port")
    if port is not None and not 1150 <= port <= 65535:
        raise common.value(f"Invalid database port {port}: valid values are 1150-65535.")
