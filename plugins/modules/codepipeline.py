#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: codepipeline
short_description: Manage pipelines of CodePipeline
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes, or adopts, pipelines of the types V1 and V2 with their stages, triggers and artifact store.
  - Stages, actions, triggers and settings of others in a pipeline stay, and so do disabled transitions.
  - A pipeline with a secret that AWS masks, and that a change would lose, is tagged and no more, with a warning.
  - A new pipeline begins an execution at once. Never deletes a pipeline.
  - Own module because the stock one has no check mode, knows no type V2 and no triggers, and changes a pipeline on
    every run.
options:
  pipelines:
    description:
      - The pipelines to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the pipeline.
        type: str
        required: true
      create:
        description:
          - Whether to make the pipeline where it does not exist.
        type: bool
        default: true
      role:
        description:
          - Name or ARN of the role that the pipeline runs with.
          - Required here or in O(defaults).
        type: str
      pipeline_type:
        description:
          - Type of the pipeline. Only V(V2) has triggers.
        type: str
        choices:
          - V1
          - V2
        default: V2
      execution_mode:
        description:
          - What becomes of executions that meet. V(SUPERSEDED) lets the newer one overtake.
        type: str
        choices:
          - PARALLEL
          - QUEUED
          - SUPERSEDED
        default: SUPERSEDED
      artifact_bucket:
        description:
          - Name of the bucket that artifacts are kept in.
          - Required here or in O(defaults).
        type: str
      kms_key:
        description:
          - Alias, with or without C(alias/), id or ARN of the key that encrypts the artifacts. Without it S3's own.
        type: str
      stages:
        description:
          - The stages in their order; the first one, and no other, has actions of the category V(Source).
          - Required here or in O(defaults).
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the stage.
            type: str
            required: true
          actions:
            description:
              - The actions of the stage.
            type: list
            elements: dict
            required: true
            suboptions:
              name:
                description:
                  - Name of the action.
                type: str
                required: true
              category:
                description:
                  - Category of the action.
                type: str
                choices:
                  - Approval
                  - Build
                  - Compute
                  - Deploy
                  - Invoke
                  - Source
                  - Test
                required: true
              owner:
                description:
                  - Who offers the action.
                type: str
                choices:
                  - AWS
                  - Custom
                  - ThirdParty
                default: AWS
              provider:
                description:
                  - Provider of the action, such as V(CodeBuild) or V(ECS).
                type: str
                required: true
              version:
                description:
                  - Version of the action.
                type: str
                default: '1'
              run_order:
                description:
                  - When the action runs in its stage; those of one number run together.
                type: int
                default: 1
              configuration:
                description:
                  - Configuration of the action in the names of its reference, without secrets. C(ConnectionArn) may
                    be the name of a connection. Keys that are not named here stay.
                type: dict
                default: {}
              input_artifacts:
                description:
                  - Names of the artifacts that the action takes.
                type: list
                elements: str
                default: []
              output_artifacts:
                description:
                  - Names of the artifacts that the action makes.
                type: list
                elements: str
                default: []
              namespace:
                description:
                  - Namespace of the variables that the action makes.
                type: str
              role:
                description:
                  - Name or ARN of the role of the action, which the one of the pipeline assumes.
                type: str
      remove_stages:
        description:
          - Names of stages that go where they are there.
        type: list
        elements: str
      triggers:
        description:
          - What starts the pipeline. Triggers of other source actions stay.
        type: list
        elements: dict
        suboptions:
          source_action:
            description:
              - Name of the source action, one of a connection.
            type: str
            required: true
          branches:
            description:
              - Branches, or patterns of them, a push to which starts the pipeline.
            type: list
            elements: str
            default: []
          file_paths:
            description:
              - Paths, or patterns of them, of which one must have changed.
            type: list
            elements: str
            default: []
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Source, build and deployment
  wellarchitected.webapp.codepipeline:
    region: us-east-1
    pipelines:
      - name: mywebapp-prod
        role: mywebapp-prod-delivery-pipeline
        artifact_bucket: mywebapp-prod-artifacts-111122223333-us-east-1
        kms_key: mywebapp-prod-delivery
        stages:
          - name: Source
            actions:
              - name: Source
                category: Source
                provider: CodeStarSourceConnection
                configuration:
                  ConnectionArn: mywebapp-prod
                  FullRepositoryId: example/mywebapp
                  BranchName: main
                output_artifacts: [Source]
          - name: Build
            actions:
              - name: Build
                category: Build
                provider: CodeBuild
                configuration:
                  ProjectName: mywebapp-prod-build
                input_artifacts: [Source]
                output_artifacts: [Build]
          - name: Deploy
            actions:
              - name: Deploy
                category: Deploy
                provider: ECS
                configuration:
                  ClusterName: mywebapp-prod-cluster
                  ServiceName: mywebapp-prod-service
                input_artifacts: [Build]
        triggers:
          - source_action: Source
            branches: [main]
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The pipelines after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod:
      name: mywebapp-prod
      arn: arn:aws:codepipeline:us-east-1:111122223333:mywebapp-prod
      pipeline_type: V2
      execution_mode: SUPERSEDED
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - kind: codepipeline
      name: mywebapp-prod
      action: update
      fields:
        - stages
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample:
    - codepipeline:GetPipeline
    - codepipeline:UpdatePipeline
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.codepipeline.codepipeline import CODEPIPELINE

NEEDS = ("role", "artifact_bucket", "stages")

_NAMES = {"type": "list", "elements": "str", "default": []}
_ACTION = {
    "name": {"type": "str", "required": True},
    "category": {
        "type": "str",
        "choices": ["Approval", "Build", "Compute", "Deploy", "Invoke", "Source", "Test"],
        "required": True,
    },
    "owner": {"type": "str", "choices": ["AWS", "Custom", "ThirdParty"], "default": "AWS"},
    "provider": {"type": "str", "required": True},
    "version": {"type": "str", "default": "1"},
    "run_order": {"type": "int", "default": 1},
    "configuration": {"type": "dict", "default": {}},
    "input_artifacts": _NAMES,
    "output_artifacts": _NAMES,
    "namespace": {"type": "str"},
    "role": {"type": "str"},
}
_STAGE = {
    "name": {"type": "str", "required": True},
    "actions": {"type": "list", "elements": "dict", "required": True, "options": _ACTION},
}
_TRIGGER = {
    "source_action": {"type": "str", "required": True},
    "branches": _NAMES,
    "file_paths": _NAMES,
}

ARGUMENT_SPEC = aws_spec(
    **bulk(
        pipelines={
            "name": {"type": "str", "required": True},
            "create": {"type": "bool", "default": True},
            "role": {"type": "str"},
            "pipeline_type": {"type": "str", "choices": ["V1", "V2"], "default": "V2"},
            "execution_mode": {
                "type": "str",
                "choices": ["PARALLEL", "QUEUED", "SUPERSEDED"],
                "default": "SUPERSEDED",
            },
            "artifact_bucket": {"type": "str"},
            "kms_key": {"type": "str", "no_log": False},
            "stages": {"type": "list", "elements": "dict", "options": _STAGE},
            "remove_stages": {"type": "list", "elements": "str"},
            "triggers": {"type": "list", "elements": "dict", "options": _TRIGGER},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, CODEPIPELINE, items(params, "pipelines", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
