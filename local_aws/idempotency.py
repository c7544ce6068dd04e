# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Client tokens: a request sent again with the same token is answered as the first one was.

Without it a create whose connection dropped after it was carried out would be done twice at botocore's retry,
which AWS does not do.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from local_aws.refusal import Refusal


@functools.cache
def _token_member(service: str, operation: str) -> str | None:
    from moto.core.utils import get_service_model

    shape = get_service_model(service).operation_model(operation).input_shape
    for name, member in shape.members.items() if shape else ():
        if member.metadata.get("idempotencyToken") or name == "ClientToken":
            return str(name)
    return None


def _key(call: Any) -> str | None:
    name = _token_member(call.service, call.operation)
    token = call.original.get(name) if name else None
    return f"{call.operation}:{token}" if token else None


def _digest(call: Any) -> str:
    return json.dumps(call.original, sort_keys=True, default=str)


def remembered(call: Any) -> Any:
    """The answer to the same request, carried out before; None where there was none."""
    key = _key(call)
    if key is None:
        return None
    known = call.state("tokens").get(key)
    if known is None:
        return None
    digest, answer = known
    if digest == _digest(call):
        return answer
    if call.service == "ec2":
        raise Refusal(
            "IdempotentParameterMismatch",
            "The request uses the same client token as a previous, but non-identical request.",
            400,
        )
    return None


def remember(call: Any, answer: Any) -> None:
    key = _key(call) if answer[0] < 300 else None
    if key:
        call.state("tokens")[key] = (_digest(call), answer)
