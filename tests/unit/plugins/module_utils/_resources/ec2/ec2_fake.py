# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""EC2 for the tests of kinds: answers by operation, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Ec2:
    """answers: operation to a whole answer, to an exception, or to a list of those, one for each call."""

    region = "us-east-1"
    partition = "aws"
    task = "this task"

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        self.answers = dict(answers or {})
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def call(self, _service: str, operation: str, **parameters: Any) -> Any:
        self.sent.append((operation, parameters))
        answer = self.answers.get(operation, {})
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    call_once = call

    def pages(self, service: str, operation: str, key: str, **parameters: Any) -> list[Any]:
        return [dict(one) for one in self.call(service, operation, **parameters).get(key, [])]

    def map(self, function: Any, items: Any) -> list[Any]:
        return [function(item) for item in items]

    @property
    def changes(self) -> list[tuple[str, dict[str, Any]]]:
        return [(operation, sent) for operation, sent in self.sent if not operation.startswith("describe_")]


def tags(**values: str) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in values.items()]
