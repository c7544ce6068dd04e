# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A client of the control endpoint, for tests and the demo."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any


def environment(endpoint: str) -> dict[str, str]:
    """What an AWS client's process needs in its environment.

    The endpoint is its own HTTP proxy, too: some clients put the account id before the host
    (``123456789012.127.0.0.1`` of s3control), a name that nothing resolves; no host may be excepted from it.
    """
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "LOCALAWS",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_EC2_METADATA_DISABLED": "true",
        "HTTP_PROXY": endpoint,
        "http_proxy": endpoint,
        "NO_PROXY": "",
        "no_proxy": "",
    }


# What would lead a client elsewhere, or to other credentials, whatever environment() says.
ELSEWHERE = (
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
)


class Control:
    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint.rstrip("/")

    def health(self) -> dict[str, Any]:
        return self._ask("GET", "health")

    def calls(self, service: str | None = None) -> list[dict[str, Any]]:
        """What was called, in the order of the answers: service, action, region, account, status ("dropped" for a
        dropped one), began (seconds of a monotonic clock), seconds (that it took).
        """
        calls: list[dict[str, Any]] = self._ask("GET", "calls")
        return [call for call in calls if service in (None, call["service"])]

    def clear_calls(self) -> None:
        self._ask("DELETE", "calls")

    def faults(self, *faults: dict[str, Any]) -> None:
        """Add faults; ``local_aws.faults`` says what one looks like."""
        self._ask("POST", "faults", list(faults))

    def list_faults(self) -> list[dict[str, Any]]:
        return list(self._ask("GET", "faults"))

    def clear_faults(self) -> None:
        self._ask("DELETE", "faults")

    def settings(self, **values: Any) -> dict[str, Any]:
        """Change settings, and give all of them."""
        answer: dict[str, Any] = self._ask("POST", "settings", values)
        return answer

    def reset(self) -> None:
        self._ask("POST", "reset")

    def copy(self) -> dict[str, Any]:
        """A copy of the account as it stands, that goes its own way: ``endpoint``, ``process`` (SIGTERM ends it)."""
        return dict(self._ask("POST", "copy"))

    def secrets(self) -> list[str]:
        return list(self._ask("GET", "secrets"))

    def _ask(self, method: str, name: str, value: Any = None) -> Any:
        data = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(f"{self.endpoint}/_local_aws/{name}", data=data, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=30) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise ValueError(json.load(error)["error"]) from error
