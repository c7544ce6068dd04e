# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""How a service file says what it adds to moto and what it corrects.

    aws = Service("rds")

    @aws.adds                                    # an operation that moto lacks, or does wrong
    def describe_db_cluster_endpoints(call, *, db_cluster_identifier=None): return {"DBClusterEndpoints": []}

    @aws.before("CopyDBClusterSnapshot")         # raise a Refusal, change the request, or answer (a dict)
    def copy_rule(call): ...

    @aws.after("DescribeDBInstances")            # change the answer that the client will read
    def members(call, answer): ...

``call`` is a ``local_aws.call.Call``. Rules run in the order in which they are written.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import threading
from collections.abc import Callable
from typing import Any

from botocore import xform_name
from moto.core.utils import get_service_model

from local_aws.refusal import not_emulated

_services: dict[str, Service | None] = {}
_lock = threading.RLock()


class Added:
    """An operation of ours: a function whose keyword-only parameters are the API's, in snake case."""

    def __init__(self, service: str, function: Callable[..., Any]) -> None:
        model = get_service_model(service)
        names = {xform_name(name): name for name in model.operation_names}
        if function.__name__ not in names:
            raise ValueError(f"{service} has no operation {function.__name__}")
        self.operation = names[function.__name__]
        shape = model.operation_model(self.operation).input_shape
        members = {xform_name(name): name for name in shape.members} if shape else {}
        parameters = list(inspect.signature(function).parameters.values())[1:]
        self._rest = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
        named = [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY]
        unknown = sorted(set(named) - set(members))
        if unknown:
            raise ValueError(f"{service}:{self.operation} has no parameters {', '.join(unknown)}")
        self._keywords = {name: xformed for xformed, name in members.items()}
        self._named = set(named)
        self._function = function

    def __call__(self, call: Any) -> dict[str, Any]:
        arguments = {self._keywords[name]: value for name, value in call.params.items()}
        unknown = sorted(set(arguments) - self._named)
        if unknown and not self._rest:
            raise not_emulated(f"{call.service}:{self.operation} does not know {', '.join(unknown)}")
        answer: dict[str, Any] = self._function(call, **arguments) or {}
        return answer


class Service:
    def __init__(self, name: str) -> None:
        self.name = name
        self.added: dict[str, Added] = {}
        self.rules_before: dict[str, list[Callable[..., Any]]] = {}
        self.rules_after: dict[str, list[Callable[..., Any]]] = {}
        with _lock:
            _services[name] = self

    def adds(self, function: Callable[..., Any]) -> Callable[..., Any]:
        added = Added(self.name, function)
        self.added[added.operation] = added
        return function

    def before(self, *operations: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        return self._rule(self.rules_before, operations)

    def after(
        self, *operations: str, when: Callable[[Any], object] | None = None
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """``when(call)`` false: the answer is not even read, which saves a millisecond on what is asked often."""
        return self._rule(self.rules_after, operations, when)

    def _rule(
        self,
        rules: dict[str, list[Callable[..., Any]]],
        operations: tuple[str, ...],
        when: Callable[[Any], object] | None = None,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        known = get_service_model(self.name).operation_names
        unknown = sorted(set(operations) - set(known))
        if unknown or not operations:
            raise ValueError(f"{self.name} has no operations {', '.join(unknown)}")

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            function.when = when  # type: ignore[attr-defined]
            for operation in operations:
                rules.setdefault(operation, []).append(function)
            return function

        return decorate

    def after_rules(self, call: Any) -> list[Callable[..., Any]]:
        rules = self.rules_after.get(call.operation, [])
        return [rule for rule in rules if rule.when is None or rule.when(call)]  # type: ignore[attr-defined]


def find(name: str) -> Service | None:
    """The service's file, imported at first use; None where there is none."""
    if name in _services:
        return _services[name]
    with _lock:
        module = f"local_aws.services.{name.replace('-', '_')}"
        for candidate in (module, f"{module}_"):  # lambda is a keyword: lambda_.py
            if importlib.util.find_spec(candidate) is not None:
                importlib.import_module(candidate)
                if _services.get(name) is None:
                    raise RuntimeError(f"{candidate} makes no Service({name!r})")
                return _services[name]
        _services[name] = None
        return None
