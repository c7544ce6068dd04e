# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Rules and names of a planned network held against the account's quotas and AWS's limits, before anything is made.

https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._describe.servicequotas import quota
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from . import network_checks as checks

# Quotas of the service vpc, and what an account has that has not asked for more.
GROUP_RULES, ACL_RULES = ("L-0EA8095F", 60.0), ("L-2AEEBF1A", 20.0)


def limit_reasons(aws: Aws, wanted: Mapping[str, Any]) -> Iterator[str]:
    """wanted: security_groups and network_acls as their modules take them, flow_log_role and flow_log_group as names.

    The account's quota is only asked for where the usual one is exceeded.
    """
    groups, acls = wanted["security_groups"], wanted["network_acls"]
    usual = list(checks.rules(groups, acls, GROUP_RULES[1], ACL_RULES[1]))
    if any(code in reason for reason in usual for code, _default in (GROUP_RULES, ACL_RULES)):
        usual = list(checks.rules(groups, acls, _quota(aws, *GROUP_RULES), _quota(aws, *ACL_RULES)))
    yield from usual
    if wanted.get("flow_log_role"):
        yield from checks.role_name(wanted["flow_log_role"])
    if wanted.get("flow_log_group"):
        yield from checks.log_group_name(wanted["flow_log_group"])


def _quota(aws: Aws, code: str, default: float) -> float:
    """The account's value; who may not ask is held to the usual one."""
    try:
        return max(default, quota(aws, "vpc", code))
    except AwsError as error:
        if not error.denied:
            raise
        return default
