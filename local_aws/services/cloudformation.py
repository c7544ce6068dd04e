# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudFormation: the resources that moto skips and the roles make, with secrets resolved as AWS resolves them.

Only resources that are retained are made, so that deleting the stack leaves them.
"""

from __future__ import annotations

import json
import re
from typing import Any

from local_aws.refusal import Refusal, not_emulated
from local_aws.service import Service

aws = Service("cloudformation")
CLUSTER = "AWS::RDS::DBCluster"
SECRET = "AWS::SecretsManager::Secret"
_REFERENCE = re.compile(r"\{\{resolve:secretsmanager:(.+):SecretString:([^:]*)(?::([^:]*):?([^:]*))?\}\}")
_RENAMED = {
    "PerformanceInsightsEnabled": "EnablePerformanceInsights",
    "PerformanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
}


def _added(call: Any) -> dict[str, dict[str, Any]]:
    try:
        resources = json.loads(call.params.get("TemplateBody") or "{}").get("Resources", {})
    except ValueError:  # YAML is moto's
        return {}
    return {name: resource for name, resource in resources.items() if resource.get("Type") in _MAKERS}


@aws.before("CreateStack")
def retained_only(call: Any) -> None:
    for name, resource in _added(call).items():
        if resource.get("DeletionPolicy") != "Retain":
            raise not_emulated(f"{resource['Type']} {name} without DeletionPolicy: Retain")


@aws.after("CreateStack", when=_added)
def make_added(call: Any, answer: dict[str, Any]) -> None:
    stack = call.backend().get_stack(answer["StackId"])
    for name, resource in _added(call).items():
        try:
            _MAKERS[resource["Type"]](call, resource["Properties"])
        except Refusal as refusal:
            stack._add_resource_event(name, "CREATE_FAILED", resource_status_reason=str(refusal))
            stack.status = "ROLLBACK_COMPLETE"


@aws.after("CreateStack", when=lambda call: "AWS::S3::Bucket" in (call.params.get("TemplateBody") or ""))
def buckets_tagged(call: Any, answer: dict[str, Any]) -> None:
    """What the stack makes has its tags, and a bucket is as new buckets are.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
    """
    from moto.s3.models import FakeBucket

    from local_aws.services.s3 import access, buckets

    stack = call.backend().get_stack(answer["StackId"])
    for name, resource in stack.resource_map.items():
        if not isinstance(resource, FakeBucket):
            continue
        access.as_new(resource)
        resource.system_tags = {
            "aws:cloudformation:stack-name": stack.name,
            "aws:cloudformation:stack-id": stack.stack_id,
            "aws:cloudformation:logical-id": name,
        }
        tags = call.backend("s3", region="aws").tagger.get_tag_dict_for_resource(resource.arn)
        buckets.set_tags(call, resource, tags)


def _make_cluster(call: Any, properties: dict[str, Any]) -> None:
    wanted = {_RENAMED.get(key, key): _resolved(call, value) for key, value in properties.items()}
    call.ask("rds", "CreateDBCluster", **wanted)


def _make_secret(call: Any, properties: dict[str, Any]) -> None:
    """GenerateSecretString: a password of AWS's making, put under a key of a template where one is given."""
    rules = dict(properties.get("GenerateSecretString") or {})
    template, key = rules.pop("SecretStringTemplate", None), rules.pop("GenerateStringKey", None)
    password = call.ask("secretsmanager", "GetRandomPassword", **rules)["RandomPassword"]
    value = json.dumps({**json.loads(template), key: password}) if template and key else password
    wanted = {name: properties[name] for name in ("Name", "Description", "KmsKeyId", "Tags") if name in properties}
    call.ask("secretsmanager", "CreateSecret", **wanted, SecretString=value)


def _resolved(call: Any, value: Any) -> Any:
    found = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    secret, key = found[1], found[2]
    held = call.ask("secretsmanager", "GetSecretValue", SecretId=secret)["SecretString"]
    return json.loads(held)[key] if key else held


_MAKERS = {CLUSTER: _make_cluster, SECRET: _make_secret}
