#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: codebuild_project
short_description: Manage projects of CodeBuild that CodePipeline runs
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes, or adopts, projects whose source and artifacts are CodePipeline's.
  - Environment variables and further settings of others stay. Values that are secret belong into Parameter Store or
    Secrets Manager, and the variable names them; in results and differences a fingerprint stands for each value that is
    there.
  - A project that something else than a pipeline runs is refused. Never deletes a project.
  - Own module because the stock one has no check mode and no logs.
options:
  projects:
    description:
      - The projects to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the project.
        type: str
        required: true
      description:
        description:
          - What the project is for.
        type: str
      source_type:
        description:
          - Where the source comes from.
        type: str
        choices:
          - CODEPIPELINE
        default: CODEPIPELINE
      service_role:
        description:
          - Name or ARN of the role that builds run with.
          - Required here or in O(defaults).
        type: str
      buildspec:
        description:
          - The build specification itself, or its path in the source. Without it C(buildspec.yml).
        type: str
      environment_type:
        description:
          - Type of the build environment. V(ARM_CONTAINER) builds for Graviton.
        type: str
        choices:
          - ARM_CONTAINER
          - LINUX_CONTAINER
        default: ARM_CONTAINER
      image:
        description:
          - Image of the build environment.
          - Required here or in O(defaults).
        type: str
      compute_type:
        description:
          - Size of the build environment.
        type: str
        choices:
          - BUILD_GENERAL1_SMALL
          - BUILD_GENERAL1_MEDIUM
          - BUILD_GENERAL1_LARGE
          - BUILD_GENERAL1_XLARGE
          - BUILD_GENERAL1_2XLARGE
        default: BUILD_GENERAL1_SMALL
      privileged_mode:
        description:
          - Whether builds may run a Docker daemon, as those do that make images.
        type: bool
        default: false
      environment_variables:
        description:
          - Environment variables. Those that are not named here stay.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the variable.
            type: str
            required: true
          value:
            description:
              - The value, or the name of the parameter or secret that holds it.
            type: str
            required: true
          type:
            description:
              - What O(projects[].environment_variables[].value) is.
            type: str
            choices:
              - PLAINTEXT
              - PARAMETER_STORE
              - SECRETS_MANAGER
            default: PLAINTEXT
      log_group:
        description:
          - Log group of the builds. Without it CodeBuild makes one that keeps events for ever.
        type: str
      kms_key:
        description:
          - Alias, with or without C(alias/), id or ARN of the key of the artifacts.
        type: str
      timeout_in_minutes:
        description:
          - Minutes that a build may take, 5 to 2160.
        type: int
      queued_timeout_in_minutes:
        description:
          - Minutes that a build may wait, 5 to 480.
        type: int
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: What builds the image
  wellarchitected.webapp.codebuild_project:
    region: us-east-1
    projects:
      - name: mywebapp-prod-build
        service_role: mywebapp-prod-delivery-build-project
        image: aws/codebuild/amazonlinux-aarch64-standard:3.0
        privileged_mode: true
        log_group: /aws/codebuild/mywebapp-prod-build
        environment_variables:
          - name: CONTAINER
            value: app
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The projects after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-build:
      name: mywebapp-prod-build
      image: aws/codebuild/amazonlinux-aarch64-standard:3.0
      privileged_mode: true
      environment_variables:
        CONTAINER: PLAINTEXT sha256:0a1b2c3d4e5f6071
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: codebuild_project
      name: mywebapp-prod-build
      action: update
      fields:
        - image
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - codebuild:BatchGetProjects
    - codebuild:UpdateProject
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.codebuild.codebuild_project import CODEBUILD_PROJECT, PIPELINE

NEEDS = ("service_role", "image")

_SIZES = ("SMALL", "MEDIUM", "LARGE", "XLARGE", "2XLARGE")
_VARIABLE = {
    "name": {"type": "str", "required": True},
    "value": {"type": "str", "required": True},
    "type": {
        "type": "str",
        "choices": ["PLAINTEXT", "PARAMETER_STORE", "SECRETS_MANAGER"],
        "default": "PLAINTEXT",
    },
}

ARGUMENT_SPEC = aws_spec(
    **bulk(
        projects={
            "name": {"type": "str", "required": True},
            "description": {"type": "str"},
            "source_type": {"type": "str", "choices": [PIPELINE], "default": PIPELINE},
            "service_role": {"type": "str"},
            "buildspec": {"type": "str"},
            "environment_type": {
                "type": "str",
                "choices": ["ARM_CONTAINER", "LINUX_CONTAINER"],
                "default": "ARM_CONTAINER",
            },
            "image": {"type": "str"},
            "compute_type": {
                "type": "str",
                "choices": [f"BUILD_GENERAL1_{size}" for size in _SIZES],
                "default": "BUILD_GENERAL1_SMALL",
            },
            "privileged_mode": {"type": "bool", "default": False},
            "environment_variables": {"type": "list", "elements": "dict", "options": _VARIABLE},
            "log_group": {"type": "str"},
            "kms_key": {"type": "str", "no_log": False},
            "timeout_in_minutes": {"type": "int"},
            "queued_timeout_in_minutes": {"type": "int"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context,
        CODEBUILD_PROJECT,
        items(params, "projects", NEEDS),
        tags=params["tags"],
        purge_tags=params["purge_tags"],
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
