# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One local_aws for each test process, forgotten between modules."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest

from local_aws.server import Server, start
from local_aws.stacks import as_reviewed
from tests.playbook_run import LocalStack


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that the processes end together: xdist hands out the files in this order."""
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.get_closest_marker("long") is None, -tests[item.path], item.path))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with start(port=0) as running:
        before = dict(os.environ)
        os.environ.update(running.environment())
        yield running
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture(scope="module")
def stack(server: Server) -> LocalStack:
    """An empty account."""
    local = LocalStack(server.endpoint)
    local.control.clear_faults()
    local.control.reset()
    return local


@pytest.fixture(scope="module")
def reviewed_stack(stack: LocalStack) -> LocalStack:
    """The account of the review: mywebapp-prod as it was found."""
    as_reviewed.load(stack.endpoint)
    return stack
