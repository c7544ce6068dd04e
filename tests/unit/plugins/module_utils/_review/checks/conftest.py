# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""judge(): what one check says of a snapshot made of the given collections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.engine import review
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.model import Check, Finding
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.parameters import Parameters
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot

DENIED = {"service": "any", "operation": "read", "code": "AccessDenied", "message": "no"}


@pytest.fixture
def findings(snapshot: Callable[..., Snapshot], today: date) -> Callable[..., list[Finding]]:
    """findings(check, collections, denied=(...), **parameters) -> findings; collections left out are empty."""

    def judge(
        check: Check, collections: dict[str, list[dict[str, Any]]], denied: tuple[str, ...] = (), **parameters: Any
    ) -> list[Finding]:
        given = {need: collections.get(need, []) for need in check.needs if need not in denied}
        stack = snapshot(given, dict.fromkeys(denied, DENIED))
        return review(stack, Parameters(**parameters), (), today, [check])

    return judge


@pytest.fixture
def judge(findings: Callable[..., list[Finding]]) -> Callable[..., list[str]]:
    """As findings, the statuses alone."""
    return lambda *given, **named: [one.status.value for one in findings(*given, **named)]
