# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Origin access controls: unique names, versions, and no deletion of one in use.

https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateOriginAccessControl.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common

NAME = "access_controls"


def found(call: Any, identifier: str) -> dict[str, Any]:
    one = common.store(call, NAME).get(identifier)
    if one is None:
        raise Refusal("NoSuchOriginAccessControl", "The origin access control does not exist.", 404)
    return one


def _answer(identifier: str, one: dict[str, Any]) -> dict[str, Any]:
    shown = {"Id": identifier, "OriginAccessControlConfig": one["config"]}
    return {"OriginAccessControl": shown, "ETag": one["etag"]}


def _put(call: Any, identifier: str, config: dict[str, Any]) -> dict[str, Any]:
    controls = common.store(call, NAME)
    if any(one["config"]["Name"] == config["Name"] and name != identifier for name, one in controls.items()):
        message = "An origin access control with the specified parameters already exists."
        raise Refusal("OriginAccessControlAlreadyExists", message, 409)
    controls[identifier] = {"config": {"Description": "", **config}, "etag": common.new_id()}
    return _answer(identifier, controls[identifier])


@aws.adds
def create_origin_access_control(call: Any, *, origin_access_control_config: dict[str, Any]) -> dict[str, Any]:
    identifier = common.new_id()
    location = f"https://cloudfront.amazonaws.com/2020-05-31/origin-access-control/{identifier}"
    return {**_put(call, identifier, origin_access_control_config), "Location": location}


@aws.adds
def update_origin_access_control(
    call: Any, *, origin_access_control_config: dict[str, Any], id: str, if_match: str = ""
) -> dict[str, Any]:
    common.match(if_match, found(call, id))
    return _put(call, id, origin_access_control_config)


@aws.adds
def get_origin_access_control(call: Any, *, id: str) -> dict[str, Any]:
    return _answer(id, found(call, id))


@aws.adds
def get_origin_access_control_config(call: Any, *, id: str) -> dict[str, Any]:
    one = found(call, id)
    return {"OriginAccessControlConfig": one["config"], "ETag": one["etag"]}


@aws.adds
def list_origin_access_controls(call: Any, *, marker: str = "", max_items: str = "") -> dict[str, Any]:
    items = [{"Id": identifier, **one["config"]} for identifier, one in common.store(call, NAME).items()]
    return {"OriginAccessControlList": common.page(items, marker, max_items)}


@aws.adds
def delete_origin_access_control(call: Any, *, id: str, if_match: str = "") -> None:
    common.match(if_match, found(call, id))
    if common.in_use(call, ("Origins", "Items", "OriginAccessControlId"), id):
        message = "Cannot delete the origin access control because it's in use by one or more distributions."
        raise Refusal("OriginAccessControlInUse", message, 409)
    del common.store(call, NAME)[id]
