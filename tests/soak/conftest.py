# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The accounts are those of the integration tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.integration.conftest import server, stack
from tests.others import BEGINNINGS
from tests.playbook_run import LocalStack
from tests.steps import Step, taken

__all__ = ["server", "stack", "steps"]


@pytest.fixture(scope="module", params=BEGINNINGS)
def steps(request: pytest.FixtureRequest, stack: LocalStack) -> Iterator[dict[str, Step]]:
    with taken(stack, request.param) as found:
        yield found
