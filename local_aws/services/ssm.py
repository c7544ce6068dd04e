# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Parameter Store: the ARN that DescribeParameters gives and moto leaves out."""

from __future__ import annotations

from typing import Any

from local_aws.service import Service

aws = Service("ssm")


@aws.after("DescribeParameters")
def parameter_arns(call: Any, answer: dict[str, Any]) -> None:
    place = f"arn:{call.partition}:ssm:{call.region}:{call.account}:parameter"
    for parameter in answer.get("Parameters", []):
        parameter["ARN"] = f"{place}/{parameter['Name'].lstrip('/')}"
