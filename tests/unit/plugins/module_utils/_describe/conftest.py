# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""An account that answers from a table and holds each call to botocore's model."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, Union

import botocore.session
import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from botocore import xform_name
from botocore.validate import validate_parameters

ACCOUNT = "111122223333"
Answer = Union[dict[str, Any], AwsError, Callable[..., Any]]  # noqa: UP007 pylint takes | of aliases for arithmetic
_models = botocore.session.Session()


class Scripted(Aws):
    """answers: "service:operation" -> an answer, an AwsError, or a function of the call's parameters (a dictionary).

    asked: the calls as (service, operation, parameters, region). A call that the table lacks fails the test.
    """

    def __init__(self, answers: dict[str, Answer], region: str = "us-east-1", asked: list[Any] | None = None) -> None:
        super().__init__(make_session({"access_key": "AKIAEXAMPLE", "secret_key": "example"}), region, tolerant=True)
        self._shared.account_id = ACCOUNT
        self.answers = answers
        self.asked: list[Any] = [] if asked is None else asked

    def in_region(self, region: str | None) -> Scripted:
        return Scripted(self.answers, region, self.asked) if region and region != self.region else self

    def call(self, service: str, operation: str, **parameters: Any) -> dict[str, Any]:
        _hold_to_model(service, operation, parameters)
        self.asked.append((service, operation, parameters, self.region))
        answer = self.answers[f"{service}:{operation}"]
        if callable(answer):
            answer = answer(parameters)
        if isinstance(answer, Exception):
            raise answer
        return copy.deepcopy(answer)

    def pages(self, service: str, operation: str, key: str, **parameters: Any) -> list[Any]:
        found: Any = self.call(service, operation, **parameters)
        for part in key.split("."):
            found = (found or {}).get(part)
        return found or []

    @property
    def operations(self) -> list[str]:
        return [f"{service}:{operation}" for service, operation, _parameters, _region in self.asked]


def _hold_to_model(service: str, operation: str, parameters: dict[str, Any]) -> None:
    model = _models.get_service_model(service)
    names = {xform_name(name): name for name in model.operation_names}
    shape = model.operation_model(names[operation]).input_shape
    if shape is None:
        assert not parameters
    else:
        validate_parameters(parameters, shape)


@pytest.fixture
def scripted() -> type[Scripted]:
    return Scripted


@pytest.fixture
def refused() -> Callable[..., AwsError]:
    """refused(code="AccessDenied", message="no") -> an AwsError."""

    def make(code: str = "AccessDenied", message: str = "no") -> AwsError:
        return AwsError("service", "operation", code, message)

    return make
