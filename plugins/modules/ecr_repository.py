#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: ecr_repository
short_description: Manage image repositories
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates ECR repositories and keeps scanning, tag immutability, lifecycle rules and tags; never deletes one.
  - Lifecycle rules of others, known by their descriptions, stay.
  - Own module because the stock ecs_ecr has no tags and no diff, and takes one repository a task.
options:
  repositories:
    description: The repositories to converge. What is left out is not compared.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the repository, in lower case.
        type: str
        required: true
      image_tag_mutability:
        description: Whether a tag can be moved to another image.
        type: str
        default: IMMUTABLE
        choices: [IMMUTABLE, MUTABLE]
      scan_on_push:
        description: Whether an image is scanned when it is pushed.
        type: bool
        default: true
      kms_key:
        description:
          - Alias (without C(alias/)) or ARN of the key that encrypts the images. A repository that is there keeps its
            encryption, which AWS never changes.
        type: str
      lifecycle_rules:
        description:
          - Rules of the lifecycle policy as ECR has them, each with C(rulePriority), C(description), C(selection) and
            C(action).
          - A rule is known by its description. Where others have taken its priority it gets the next one that is
            free.
        type: list
        elements: dict
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Repository of the application
  wellarchitected.webapp.ecr_repository:
    region: us-east-1
    repositories:
      - name: mywebapp-prod-app
        kms_key: mywebapp-prod-app
        lifecycle_rules:
          - rulePriority: 1
            description: Expire untagged images after 14 days
            selection: {tagStatus: untagged, countType: sinceImagePushed, countUnit: days, countNumber: 14}
            action: {type: expire}
"""

RETURN = r"""
resources:
  description: The repositories after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-app: {image_tag_mutability: IMMUTABLE, scan_on_push: true}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: ecr_repository, name: mywebapp-prod-app, action: update, fields: [scan_on_push]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ecr:DescribeRepositories"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ecr.ecr_repository import ECR_REPOSITORY

ARGUMENT_SPEC = aws_spec(
    **bulk(
        repositories={
            "name": {"type": "str", "required": True},
            "image_tag_mutability": {"type": "str", "default": "IMMUTABLE", "choices": ["IMMUTABLE", "MUTABLE"]},
            "scan_on_push": {"type": "bool", "default": True},
            "kms_key": {"type": "str", "no_log": False},
            "lifecycle_rules": {"type": "list", "elements": "dict"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, ECR_REPOSITORY, items(params, "repositories"), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
