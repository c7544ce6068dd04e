# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""boto3 clients of one endpoint and region, each made once, with credentials that no real account knows."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config


class Clients:
    def __init__(self, endpoint_url: str, region: str) -> None:
        self.endpoint_url = endpoint_url.rstrip("/")
        self.region = region
        self._session = boto3.session.Session(
            aws_access_key_id="LOCALAWS",
            aws_secret_access_key="local",
            region_name=region,
        )
        self._config = Config(
            retries={"mode": "standard", "max_attempts": 3},
            max_pool_connections=16,
            parameter_validation=False,  # what is wrong is for the server to refuse
            s3={"addressing_style": "path"},
            disable_request_compression=True,  # one machine: the time is worth more than the bytes
            proxies={},
        )
        self._clients: dict[str, Any] = {}

    def __getattr__(self, service: str) -> Any:
        """``clients.ec2``, ``clients.elbv2``: boto3's names."""
        if service.startswith("_"):
            raise AttributeError(service)
        if service not in self._clients:
            self._clients[service] = self._session.client(service, endpoint_url=self.endpoint_url, config=self._config)
        return self._clients[service]
