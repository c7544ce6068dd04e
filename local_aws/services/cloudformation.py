# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFormation: AWS::RDS::DBCluster, which moto skips, with secrets resolved as AWS resolves them.

Only clusters that are retained are made, so that deleting the stack leaves them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from local_aws.refusal import Refusal, not_emulated
from local_aws.service import Service

aws = Service("cloudformation")
CLUSTER = "AWS::RDS::DBCluster"
_REFERENCE = re.compile(r"\{\{resolve:secretsmanager:(.+):SecretString:([^:]*)(?::([^:]*):?([^:]*))?\}\}")
_RENAMED = {
    "PerformanceInsightsEnabled": "EnablePerformanceInsights",
    "PerformanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
}


def _clusters(call: Any) -> dict[str, dict[str, Any]]:
    try:
        resources = json.loads(call.params.get("TemplateBody") or "{}").get("Resources", {})
    except ValueError:  # YAML is moto's
        return {}
    return {name: resource for name, resource in resources.items() if resource.get("Type") == CLUSTER}


@aws.before("CreateStack")
def retained_only(call: Any) -> None:
    for name, resource in _clusters(call).items():
        if resource.get("DeletionPolicy") != "Retain":
            raise not_emulated(f"{CLUSTER} {name} without DeletionPolicy: Retain")


@aws.after("CreateStack", when=_clusters)
def make_clusters(call: Any, answer: dict[str, Any]) -> None:
    stack = call.backend().get_stack(answer["StackId"])
    for name, resource in _clusters(call).items():
        properties = {_RENAMED.get(key, key): _resolved(call, value) for key, value in resource["Properties"].items()}
        try:
            call.ask("rds", "CreateDBCluster", **properties)
        except Refusal as refusal:
            stack._add_resource_event(name, "CREATE_FAILED", resource_status_reason=str(refusal))
            stack.status = "ROLLBACK_COMPLETE"


def _resolved(call: Any, value: Any) -> Any:
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    secret, key = found[1], found[2]
    held = call.ask("secretsmanager", "GetSecretValue", SecretId=secret)["SecretString"]
    return json.loads(held)[key] if key else held
