# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CodePipeline: https://docs.aws.amazon.com/codepipeline/latest/APIReference/"""

from __future__ import annotations

from collections.abc import Collection

from .._engine.aws import Aws
from .reading import Item, each_named, further, tagged


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


def declarations(aws: Aws, *, names: Collection[str], tags: bool = True) -> list[Item]:
    """The whole declarations of the pipelines of these names, each with Arn and Tags; unknown ones are absent.
    Configurations of actions are as AWS gives them, so that they may hold secrets."""

    def one(name: str) -> list[Item]:
        answer = aws.call("codepipeline", "get_pipeline", name=name)
        found: Item = {**answer["pipeline"], "Arn": aws.arn("codepipeline", name)}
        if tags:
            arn = {"resourceArn": found["Arn"]}
            listed = further(aws, found, "codepipeline", "list_tags_for_resource", **arn)
            found = tagged([{**found, "tags": (listed or {}).get("tags")}], "tags")[0]
        return [found]

    return each_named(aws, sorted(names), one)
