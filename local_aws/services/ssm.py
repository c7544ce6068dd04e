# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameter Store: names, sizes by tier and keys, and the ARN that DescribeParameters gives and moto leaves out.

https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
"""

from __future__ import annotations

import re
from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("ssm")
_NAME = re.compile(r"[a-zA-Z0-9_.\-/]+")
_LEVELS = 15
_SIZES = {"Standard": 4096, "Advanced": 8192, "Intelligent-Tiering": 8192}  # bytes


def _invalid(message: str) -> Refusal:
    return Refusal("ValidationException", message, 400)


@aws.before("PutParameter")
def name_rule(call: Any) -> None:
    name = call.params["Name"]
    if not _NAME.fullmatch(name):
        raise _invalid("Parameter name: can only include the following symbols and letters: a-zA-Z0-9_.-/")
    if "/" in name and not name.startswith("/"):
        raise _invalid("Parameter name must be a fully qualified name.")
    if len(name) > 1011:
        raise _invalid("Parameter name: the maximum length is 1011 characters.")
    if len(name.strip("/").split("/")) > _LEVELS:
        raise Refusal("HierarchyLevelLimitExceededException", f"Hierarchy depth exceeds max of {_LEVELS} levels.", 400)


@aws.before("PutParameter")
def value_rule(call: Any) -> None:
    params = call.params
    tier = _tier(call)
    if "{{" in params["Value"] and "}}" in params["Value"]:
        raise _invalid("Parameter value: can't nest another parameter. Do not use {{}} in the value.")
    size = len(params["Value"].encode())
    if size > _SIZES[tier]:
        raise _invalid(
            f"{tier} tier parameters support a maximum parameter value of {_SIZES[tier]} characters. To create a "
            "larger parameter value, upgrade the parameter to use the advanced-parameter tier."
        )
    key, kind = params.get("KeyId"), params.get("Type")
    if key and kind in ("String", "StringList"):
        raise _invalid("KeyId is required for SecureString type parameter only.")
    if key and key != "alias/aws/ssm":
        try:
            call.ask("kms", "DescribeKey", KeyId=key)
        except Refusal as refused:
            raise Refusal("InvalidKeyId", f"{refused.message} (Service: AWSKMS)", 400) from refused


def _tier(call: Any) -> str:
    """The tier asked for; an advanced parameter stays one."""
    found = call.backend().get_parameters([call.params["Name"]])
    held = next((parameter.tier for parameter in found.values()), None)
    asked: str = call.params.get("Tier") or held or "Standard"
    if held == "Advanced" and asked == "Standard":
        raise _invalid(
            "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the "
            "advanced-parameter tier to the standard-parameter tier."
        )
    if held == "Advanced" and "Tier" not in call.params:
        call.change(Tier=held)
    return asked


@aws.after("DescribeParameters")
def parameter_arns(call: Any, answer: dict[str, Any]) -> None:
    place = f"arn:{call.partition}:ssm:{call.region}:{call.account}:parameter"
    for parameter in answer.get("Parameters", []):
        parameter["ARN"] = f"{place}/{parameter['Name'].lstrip('/')}"
