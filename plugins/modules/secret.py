#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: secret
short_description: Manage Secrets Manager secrets whose value AWS generates
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates secrets with a value that is generated at AWS; no password passes through Ansible.
  - Keeps description, key, resource policy, replicas, rotation and tags of existing ones; never reads or changes a
    value.
  - Own module because the stock one takes the value as an option.
options:
  secrets:
    description: The secrets to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the secret.
        type: str
        required: true
      description:
        description: What the secret is for.
        type: str
      kms_key:
        description: Alias, with or without C(alias/), id or ARN of the key that encrypts the secret.
        type: str
      template:
        description: What the generated value stands in, such as a user name. Used at creation only.
        type: dict
      generate_key:
        description: Key of the generated value in the JSON. Used at creation only.
        type: str
        default: password
      length:
        description: Characters of the generated value. Used at creation only.
        type: int
        default: 32
      policy:
        description:
          - Resource policy, in the place of the one that O(secrets[].reader_arns) makes.
          - One that admits the public is refused by AWS.
          - Statements of others in the policy of an existing secret are kept, as O(secrets[].purge_policy) says.
        type: dict
      purge_policy:
        description:
          - Whether what others put into the policy of an existing secret is taken out. They are statements whose Sid
            this module does not make and the task does not name, and those without a Sid that are not word for word the
            task's.
          - Of effect only where the secret gets a policy.
        type: bool
        default: false
      reader_arns:
        description:
          - Principals that may read the value, wildcards allowed. An empty list leaves it to IAM policies.
          - Either way the policy keeps principals of other accounts out. Without it the policy stays as it is.
        type: list
        elements: str
      cloudformation_reads:
        description:
          - Whether the value may also be read through CloudFormation, by principals whose IAM policies allow it.
          - A cluster whose password is this secret's is made so. Of effect only with O(secrets[].reader_arns).
        type: bool
      replica_regions:
        description:
          - Regions that hold a replica, encrypted with the key that Secrets Manager has there. Others are kept.
          - The region of the secret itself is refused. A secret that is a replica is left alone with a warning.
        type: list
        elements: str
      rotation_lambda_arn:
        description: ARN of the Lambda function that rotates the secret. Without one the secret is not rotated.
        type: str
      rotation_days:
        description: Days between rotations, 1 to 1000.
        type: int
      rotation_schedule:
        description:
          - When to rotate, V(rate(10 days\)) or V(cron(...\)) in UTC, in the place of O(secrets[].rotation_days).
        type: str
      rotation_window:
        description: Hours in which the rotation may take place, such as C(3h).
        type: str
      rotate_immediately:
        description: Whether a change of the rotation also rotates the secret at once.
        type: bool
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: What the application signs its sessions with
  wellarchitected.webapp.secret:
    region: us-east-1
    secrets:
      - name: mywebapp/prod/app
        kms_key: mywebapp-prod-secrets
        replica_regions: [us-west-2]
        reader_arns: [arn:aws:iam::111122223333:role/mywebapp-prod-ecs-execution]
"""

RETURN = r"""
resources:
  description: The secrets after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp/prod/app: {replica_regions: [us-west-2], status: ready}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: secret, name: mywebapp/prod/app, action: update, fields: [replica_regions]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["secretsmanager:DescribeSecret"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.secretsmanager.secret import SECRET
from ..module_utils._resources.secretsmanager.secret_policy import prepared

ARGUMENT_SPEC = aws_spec(
    **bulk(
        secrets={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "kms_key": {"type": "str", "no_log": False},
            "template": {"type": "dict"},
            "generate_key": {"type": "str", "default": "password", "no_log": False},
            "length": {"type": "int", "default": 32},
            "policy": {"type": "dict"},
            "purge_policy": {"type": "bool", "default": False},
            "reader_arns": {"type": "list", "elements": "str"},
            "cloudformation_reads": {"type": "bool"},
            "replica_regions": {"type": "list", "elements": "str"},
            "rotation_lambda_arn": {"type": "str"},
            "rotation_days": {"type": "int"},
            "rotation_schedule": {"type": "str"},
            "rotation_window": {"type": "str"},
            "rotate_immediately": {"type": "bool"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    secrets = prepared(context.aws, items(params, "secrets"))
    return converge(context, SECRET, secrets, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
