# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodePipeline: https://docs.aws.amazon.com/codepipeline/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .reading import Item, further


def pipelines(aws: Aws) -> list[Item]:
    """Every pipeline: name, version, created, updated."""
    return aws.pages("codepipeline", "list_pipelines", "pipelines")


def complete(aws: Aws, pipeline: Item) -> Item:
    """A pipeline of the list with Stages ([{name, actions}]) and State ([{stageName, latestExecution}]), None
    when denied. Actions come without their configuration, which may hold environment variables."""
    name = {"name": pipeline["name"]}
    structure = further(aws, pipeline, "codepipeline", "get_pipeline", **name)
    pipeline["Stages"] = structure["pipeline"]["stages"] if structure else None
    for stage in pipeline["Stages"] or []:
        for action in stage.get("actions", []):
            action.pop("configuration", None)
    state = further(aws, pipeline, "codepipeline", "get_pipeline_state", **name)
    pipeline["State"] = state.get("stageStates", []) if state else None
    return pipeline
