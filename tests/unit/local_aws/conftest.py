# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One emulator in this process for all tests; ``client`` gives clients of it, as new for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local_aws import server as local_aws_server
from local_aws.control import Control

REGION = "eu-central-1"


@pytest.fixture(scope="session")
def server() -> Iterator[local_aws_server.Server]:
    with local_aws_server.start(port=0) as running:
        yield running


@pytest.fixture
def control(server: local_aws_server.Server) -> Control:
    found = Control(server.endpoint)
    found.reset()
    return found


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    return boto3.Session(aws_access_key_id="LOCALAWS", aws_secret_access_key="local", region_name=REGION)


@pytest.fixture
def client(server: local_aws_server.Server, control: Control, session: boto3.Session) -> Callable[..., Any]:
    """client(service, region=..., attempts=1, **arguments of boto3's client)"""

    def make(service: str, region: str = REGION, attempts: int = 1, **arguments: Any) -> Any:
        # the proxy is how s3control's host with the account before it gets here
        config = Config(
            retries={"total_max_attempts": attempts, "mode": "standard"},
            proxies={"http": server.endpoint} if service == "s3control" else None,
            parameter_validation=arguments.pop("parameter_validation", True),
        )
        return session.client(service, region_name=region, endpoint_url=server.endpoint, config=config, **arguments)

    return make


@pytest.fixture
def refused() -> Callable[..., str]:
    """refused(call, **arguments) -> the code of the error with which AWS refuses it."""

    def code(call: Callable[..., Any], **arguments: Any) -> str:
        with pytest.raises(ClientError) as caught:
            call(**arguments)
        return str(caught.value.response["Error"]["Code"])

    return code
