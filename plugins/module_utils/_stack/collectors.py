# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""All collectors by id. The list is explicit because Ansible ships only what is imported by name."""

from __future__ import annotations

from . import account, compute, data, edge, network, operations, security, tagging
from .source import Collector

COLLECTORS: dict[str, Collector] = {
    **network.COLLECTORS,
    **data.COLLECTORS,
    **compute.COLLECTORS,
    **edge.COLLECTORS,
    **security.COLLECTORS,
    **operations.COLLECTORS,
    **account.COLLECTORS,
    **tagging.COLLECTORS,
}
