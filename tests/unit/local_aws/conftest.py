# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One emulator in this process for all tests; ``client`` gives clients of it, as new for each test."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from local_aws import server as local_aws_server
from local_aws.control import Control

REGION = "eu-central-1"
AURORA_VERSION = "8.0.mysql_aurora.3.10.1"


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


@pytest.fixture(scope="session")
def make_client(server: local_aws_server.Server, session: boto3.Session) -> Callable[..., Any]:
    @functools.cache
    def make(service: str, region: str = REGION, attempts: int = 1, parameter_validation: bool = True) -> Any:
        config = Config(
            retries={"total_max_attempts": attempts, "mode": "standard"},
            # the proxy is how s3control's host with the account before it gets here
            proxies={"http": server.endpoint} if service == "s3control" else None,
            parameter_validation=parameter_validation,
        )
        return session.client(service, region_name=region, endpoint_url=server.endpoint, config=config)

    return make


@pytest.fixture
def client(make_client: Callable[..., Any], control: Control) -> Callable[..., Any]:
    """client(service, region=..., attempts=1) -> boto3's client of an emulator that is as new"""
    return make_client


@pytest.fixture
def refused() -> Callable[..., str]:
    """refused(call, **arguments) -> the code of the error with which AWS refuses it."""

    def code(call: Callable[..., Any], *names: str, **arguments: Any) -> str:
        with pytest.raises(ClientError) as caught:
            call(*names, **arguments)
        return str(caught.value.response["Error"]["Code"])

    return code


@pytest.fixture
def sees(client: Callable[..., Any], control: Control) -> Callable[..., list[Any]]:
    """sees(case, reads=2, **knobs) -> what reads see one after the other, of an error its code.

    A case is a generator of the clients: what it does first is seen at once, what it does then lags for one read
    (or as the knobs say), and it yields the function that reads.
    """

    def run(case: Callable[..., Iterator[Any]], reads: int = 2, **knobs: Any) -> list[Any]:
        steps = case(client)
        next(steps)
        control.settings(**(knobs or {"lag_polls": 1}))
        read = next(steps)
        seen = []
        for _unused in range(reads):
            try:
                seen.append(read())
            except ClientError as error:
                seen.append(error.response["Error"]["Code"])
        return seen

    return run


@pytest.fixture
def rds(client: Callable[..., Any]) -> Any:
    return client("rds")


@pytest.fixture
def cluster(rds: Any) -> Callable[..., Any]:
    """cluster(name, **more) -> the new cluster"""

    def make(name: str = "web", **more: Any) -> Any:
        password = {} if more.get("ManageMasterUserPassword") else {"MasterUserPassword": "password1"}
        asked = {"Engine": "aurora-mysql", "EngineVersion": AURORA_VERSION, "MasterUsername": "admin"}
        return rds.create_db_cluster(DBClusterIdentifier=name, **{**asked, **password, **more})["DBCluster"]

    return make


@pytest.fixture
def member(rds: Any) -> Callable[..., Any]:
    """member(name, **more) -> the new instance of the cluster web"""

    def make(name: str, cluster: str = "web", **more: Any) -> Any:
        asked = {"DBInstanceClass": "db.r7g.large", "Engine": "aurora-mysql", **more}
        return rds.create_db_instance(DBInstanceIdentifier=name, DBClusterIdentifier=cluster, **asked)["DBInstance"]

    return make
