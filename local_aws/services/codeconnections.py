# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Connections to providers of source code, which moto lacks: each is PENDING until a person ends the handshake.

https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html: "You must use the console to update a
pending connection." The knob ``handshakes`` is that person. Hosts of installed providers are not emulated.
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("codeconnections")

# https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html
_INSTALLED = ("GitHubEnterpriseServer", "GitLabSelfManaged")
_MOST_TAGS = 50


def _find(call: Any, arn: str) -> dict[str, Any]:
    found = call.state("connections").get(arn)
    if found is None:
        raise Refusal("ResourceNotFoundException", f"Resource not found for ARN: {arn}", 400)
    return dict(found)


def _handshakes(call: Any) -> None:
    """Somebody has been to the console, where the knob says so."""
    if call.front.settings.handshakes:
        for one in call.state("connections").values():
            one["ConnectionStatus"] = "AVAILABLE"


@aws.adds
def create_connection(
    call: Any,
    *,
    connection_name: str,
    provider_type: str | None = None,
    tags: list[dict[str, str]] | None = None,
    host_arn: str | None = None,
) -> dict[str, Any]:
    if host_arn:
        raise Refusal("ResourceNotFoundException", f"Resource not found for ARN: {host_arn}", 400)
    if not provider_type or provider_type in _INSTALLED:
        raise Refusal("InvalidInputException", "Specify the provider type, or the host of an installed provider.", 400)
    arn = f"arn:{call.partition}:codeconnections:{call.region}:{call.account}:connection/{call.request_id}"
    call.state("connections")[arn] = {
        "ConnectionName": connection_name,
        "ConnectionArn": arn,
        "ProviderType": provider_type,
        "OwnerAccountId": call.account,
        "ConnectionStatus": "PENDING",
    }
    tag_resource(call, resource_arn=arn, tags=tags or [])
    return {"ConnectionArn": arn, "Tags": tags or []}


@aws.adds
def get_connection(call: Any, *, connection_arn: str) -> dict[str, Any]:
    _handshakes(call)
    return {"Connection": _find(call, connection_arn)}


@aws.adds
def list_connections(
    call: Any,
    *,
    provider_type_filter: str | None = None,
    host_arn_filter: str | None = None,
    max_results: int | None = None,
    next_token: str | None = None,
) -> dict[str, Any]:
    _handshakes(call)
    found = [
        dict(one)
        for one in call.state("connections").values()
        if provider_type_filter in (None, one["ProviderType"]) and not host_arn_filter
    ]
    start, size = int(next_token or 0), max_results or 100
    more = {"NextToken": str(start + size)} if start + size < len(found) else {}
    return {"Connections": found[start : start + size], **more}


@aws.adds
def delete_connection(call: Any, *, connection_arn: str) -> dict[str, Any]:
    _find(call, connection_arn)
    del call.state("connections")[connection_arn]
    call.state("tags").pop(connection_arn, None)
    return {}


@aws.adds
def list_tags_for_resource(call: Any, *, resource_arn: str) -> dict[str, Any]:
    _find(call, resource_arn)
    tags = call.state("tags").get(resource_arn, {})
    return {"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]}


@aws.adds
def tag_resource(call: Any, *, resource_arn: str, tags: list[dict[str, str]]) -> dict[str, Any]:
    _find(call, resource_arn)
    after = {**call.state("tags").get(resource_arn, {}), **{tag["Key"]: tag["Value"] for tag in tags}}
    if len(after) > _MOST_TAGS:
        raise Refusal("LimitExceededException", f"{resource_arn} would have more than {_MOST_TAGS} tags", 400)
    call.state("tags")[resource_arn] = after
    return {}


@aws.adds
def untag_resource(call: Any, *, resource_arn: str, tag_keys: list[str]) -> dict[str, Any]:
    _find(call, resource_arn)
    for key in tag_keys:
        call.state("tags").get(resource_arn, {}).pop(key, None)
    return {}
