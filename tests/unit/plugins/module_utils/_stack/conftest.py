# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The stack as it was reviewed, loaded once behind an emulator of this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.discovery import collect
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot

from local_aws import server as local_aws_server
from local_aws.control import Control
from local_aws.stacks import as_reviewed


@pytest.fixture(scope="session")
def loaded() -> Iterator[dict[str, Any]]:
    """What as_reviewed.load() made, with endpoint_url."""
    with local_aws_server.start(port=0) as running:
        yield as_reviewed.load(running.endpoint)


@pytest.fixture(scope="session")
def connect(loaded: dict[str, Any]) -> Callable[[], Aws]:
    """connect() -> the caller's Aws, with nothing in the environment."""
    endpoint = loaded["endpoint_url"]
    # The proxy is how s3control's host with the account before it gets there.
    options = {"endpoint_url": endpoint, "config": {"proxies": {"http": endpoint}}}
    keys = {"access_key": "LOCALAWS", "secret_key": "local"}
    return lambda: Aws(make_session(keys), "us-east-1", client_options=options)


@pytest.fixture
def control(loaded: dict[str, Any]) -> Iterator[Control]:
    found = Control(loaded["endpoint_url"])
    yield found
    found.clear_faults()


@pytest.fixture
def aws(connect: Callable[[], Aws]) -> Aws:
    return connect()


@pytest.fixture
def gather(aws: Aws) -> Callable[..., Snapshot]:
    """gather("network", ...) -> the snapshot of these groups or collectors; gather() of everything."""

    def run(*names: str, **other: Any) -> Snapshot:
        return collect(aws, project="mywebapp", environment="prod", gather=names or None, **other)

    return run


@pytest.fixture(scope="session")
def whole(connect: Callable[[], Aws]) -> tuple[Snapshot, list[str]]:
    """The snapshot of everything, and the calls that it took."""
    aws = connect()
    found = collect(aws, project="mywebapp", environment="prod", dr_region="us-west-2")
    return found, list(aws.calls)
