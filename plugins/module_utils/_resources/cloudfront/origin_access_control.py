# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Origin access controls, by which CloudFront signs what it asks of a bucket.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._describe import cloudfront
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State
from .common import outdated

_FIELDS = {
    "description": "Description",
    "signing_behavior": "SigningBehavior",
    "origin_type": "OriginAccessControlOriginType",
}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """By name, which is unique in the account, or id."""
    names = {item["name"] for item in items}
    return {
        name: {"name": one["Name"], "id": one["Id"], **{option: one.get(key) for option, key in _FIELDS.items()}}
        for one in cloudfront.access_controls(aws)
        for name in names.intersection((one["Name"], one["Id"]))
    }


def create(aws: Aws, desired: State) -> None:
    config = {"Name": desired["name"], "SigningProtocol": "sigv4", **_settings(desired)}
    aws.call_once("cloudfront", "create_origin_access_control", OriginAccessControlConfig=config)


def _settings(desired: State) -> dict[str, Any]:
    return {key: desired[option] for option, key in _FIELDS.items() if desired.get(option) is not None}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    whole = cloudfront.access_control(aws, found["id"])
    aws.call(
        "cloudfront",
        "update_origin_access_control",
        Id=found["id"],
        IfMatch=whole["ETag"],
        OriginAccessControlConfig={**whole["OriginAccessControlConfig"], **_settings(desired)},
    )


def check(desired: State) -> list[str]:
    return ["its name may have at most 64 characters"] if len(desired["name"]) > 64 else []


ORIGIN_ACCESS_CONTROL = Kind(
    name="cloudfront_origin_access_control",
    role="edge",
    read=read,
    create=create,
    update=update,
    unchangeable={"origin_type": "give another name to make another one"},
    eventual=outdated,
    check=check,
)
