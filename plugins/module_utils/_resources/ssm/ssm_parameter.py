# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameter Store: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html

String and StringList only: the value of a SecureString would pass through Ansible; a secret belongs into
Secrets Manager.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..._describe import ssm
from ..._engine.aws import Aws
from ..._engine.errors import AwsError
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list

NAME = re.compile(r"[A-Za-z0-9_.\-/]{1,1011}")
LEVELS = 15
SIZES = {"Standard": 4096, "Advanced": 8192, "Intelligent-Tiering": 8192}  # bytes


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    return {
        parameter["Name"]: {
            "name": parameter["Name"],
            "arn": parameter["ARN"],
            "type": parameter["Type"],
            "value": None if parameter["Type"] == "SecureString" else parameter["Value"],
            "description": parameter.get("Description", ""),
            "version": parameter["Version"],
            "tier": parameter.get("Tier"),
            "allowed_pattern": parameter.get("AllowedPattern"),
            "data_type": parameter.get("DataType"),
            "tags": parameter["Tags"],
        }
        for parameter in ssm.parameter_values(aws, names={item["name"] for item in items})
    }


def create(aws: Aws, desired: State) -> None:
    aws.call_once("ssm", "put_parameter", **_put(desired), Tags=to_list(desired["tags"]))


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
    """A new version; Parameter Store keeps the last hundred. What is not asked for is put again as it was:
    an overwrite without a tier takes the account's default one, and Advanced cannot go back to Standard."""
    aws.call("ssm", "put_parameter", **_put({**found, **desired}), Overwrite=True)


def _put(desired: State) -> dict[str, Any]:
    wanted = {
        "Name": desired["name"],
        "Type": desired.get("type") or "String",
        "Value": desired["value"],
        "Description": desired.get("description"),
        "Tier": desired.get("tier"),
        "AllowedPattern": desired.get("allowed_pattern"),
        "DataType": desired.get("data_type"),
    }
    return {key: value for key, value in wanted.items() if value is not None}


def _same_tier(found: str | None, desired: str) -> bool:
    """Advanced covers Standard, which it cannot become again; Intelligent-Tiering leaves the choice to AWS."""
    return found == desired or found == "Advanced" or desired == "Intelligent-Tiering"


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    parameter = {"ResourceType": "Parameter", "ResourceId": found["name"]}
    if to_set:
        aws.call("ssm", "add_tags_to_resource", **parameter, Tags=to_list(to_set))
    if to_remove:
        aws.call("ssm", "remove_tags_from_resource", **parameter, TagKeys=to_remove)


def busy(error: AwsError) -> bool:
    """Another change of the same parameter is under way."""
    return error.code == "TooManyUpdates"


def check(desired: State) -> list[str]:
    """https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html"""
    name, value = desired["name"], desired["value"]
    reasons = []
    if not NAME.fullmatch(name) or ("/" in name and not name.startswith("/")):
        reasons.append("the name of a parameter is of letters, digits and _.-, or a path of such that begins with /")
    if len(name.strip("/").split("/")) > LEVELS:
        reasons.append(f"the path has more than {LEVELS} levels")
    if not value:
        reasons.append("the value is empty, which Parameter Store does not take; leave the parameter out")
    # Without a tier the parameter may be an advanced one, or become one.
    size, limit = len(value.encode()), SIZES[desired.get("tier") or "Advanced"]
    if size > limit:
        reasons.append(f"the value has {size} bytes and the tier takes {limit}")
    return reasons


SSM_PARAMETER = Kind(
    name="ssm_parameter",
    role="secrets",
    read=read,
    create=create,
    update=update,
    tag=tag,
    equal={"tier": _same_tier},
    busy=busy,
    check=check,
    unchangeable={"type": "a parameter keeps its type; give another name to make another parameter"},
)
