# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Stages, actions and triggers: options in AWS's shape, and among those of others, which stay. Pure.

https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-pipeline-structure.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
# Option of an action -> member of its declaration.
_PLAIN = {"run_order": "runOrder", "namespace": "namespace", "role": "roleArn"}
_TYPE = {"category": "category", "owner": "owner", "provider": "provider", "version": "version"}
_ARTIFACTS = {"input_artifacts": "inputArtifacts", "output_artifacts": "outputArtifacts"}
_PROVIDER = "CodeStarSourceConnection"
# https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ActionDeclaration.html
MASK = "****"


def text(value: Any) -> str:
    """A value of a configuration, which AWS has as text."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def declared_action(action: Document) -> dict[str, Any]:
    """An action's options as AWS takes them; what is not given is left out."""
    return {
        "name": action["name"],
        "actionTypeId": {member: action[option] for option, member in _TYPE.items()},
        "configuration": {name: text(value) for name, value in (action.get("configuration") or {}).items()},
        **{member: [{"name": name} for name in action.get(option) or ()] for option, member in _ARTIFACTS.items()},
        **{member: action[option] for option, member in _PLAIN.items() if action.get(option) is not None},
    }


def merged(found: Sequence[Document], wanted: Sequence[Document], removed: Sequence[str]) -> list[dict[str, Any]]:
    """The stages wanted (options), in their order, among others of found, each behind the one that it stood behind.

    In a stage that is there, and in an action, what options do not name stays.
    """
    there = {stage["name"]: stage for stage in found}
    stages = [_merged_stage(there.get(stage["name"], {}), stage) for stage in wanted]
    ours = {stage["name"] for stage in wanted}
    before = ""
    for stage in found:
        name = stage["name"]
        if name in removed:
            continue
        if name not in ours:
            position = next((number for number, one in enumerate(stages, 1) if one["name"] == before), 0)
            stages.insert(position, dict(stage))
        before = name
    return stages


def _merged_stage(found: Document, wanted: Document) -> dict[str, Any]:
    there = {action["name"]: action for action in found.get("actions") or ()}
    ours = [_merged_action(there.get(one["name"], {}), declared_action(one)) for one in wanted["actions"]]
    names = {one["name"] for one in ours}
    others = [dict(action) for name, action in there.items() if name not in names]
    return {**found, "name": wanted["name"], "actions": [*ours, *others]}


def _merged_action(found: Document, ours: Document) -> dict[str, Any]:
    """An action of another type is replaced: what configured that one is nothing for this."""
    if found.get("actionTypeId") != ours["actionTypeId"]:
        return dict(ours)
    return {**found, **ours, "configuration": {**(found.get("configuration") or {}), **ours["configuration"]}}


def masked(stages: Sequence[Document]) -> list[str]:
    """Where AWS shows a secret as asterisks, as "OAuthToken of Source/GitHub": sent back, they would take its place."""
    return [
        f"{name} of {stage['name']}/{action['name']}"
        for stage in stages
        for action in stage["actions"]
        for name, value in (action.get("configuration") or {}).items()
        if value == MASK
    ]


def shown(found: Sequence[Document], wanted: Sequence[Document]) -> list[dict[str, Any]]:
    """The stages found in the shape of the options, of stages, actions and configurations no more than is wanted: the
    rest is somebody else's, and may hold secrets."""
    asked = {
        stage["name"]: {action["name"]: action for action in stage.get("actions") or ()} for stage in wanted
    }  # fmt: skip
    return [
        {
            "name": stage["name"],
            "actions": [
                _shown_action(action, asked[stage["name"]][action["name"]])
                for action in stage["actions"]
                if action["name"] in asked[stage["name"]]
            ],
        }
        for stage in found
        if stage["name"] in asked
    ]


def _shown_action(found: Document, wanted: Document) -> dict[str, Any]:
    configuration = found.get("configuration") or {}
    return {
        "name": found["name"],
        **{option: found["actionTypeId"].get(member) for option, member in _TYPE.items()},
        "configuration": {name: configuration.get(name) for name in wanted.get("configuration") or {}},
        **{option: [one["name"] for one in found.get(member) or ()] for option, member in _ARTIFACTS.items()},
        **{option: found.get(member) for option, member in _PLAIN.items() if wanted.get(option) is not None},
    }


def same_stages(found: Sequence[Document] | None, wanted: Sequence[Document] | None) -> bool:
    """The same stages in the same order; in a stage run_order counts, and not where an action stands."""
    return [_comparable(stage) for stage in found or ()] == [_comparable(stage) for stage in wanted or ()]


def _comparable(stage: Document) -> tuple[str, list[dict[str, Any]]]:
    actions = [{**declared_action(one), "runOrder": one.get("run_order") or 1} for one in stage["actions"]]
    return stage["name"], sorted(actions, key=lambda one: str(one["name"]))


def declared_trigger(trigger: Document) -> dict[str, Any]:
    """A trigger's options as AWS takes them."""
    filters = {"branches": trigger.get("branches"), "filePaths": trigger.get("file_paths")}
    push = {member: {"includes": list(values)} for member, values in filters.items() if values}
    return {
        "providerType": _PROVIDER,
        "gitConfiguration": {"sourceActionName": trigger["source_action"], "push": [push]},
    }


def merged_triggers(found: Sequence[Document], wanted: Sequence[Document]) -> list[dict[str, Any]]:
    """Triggers wanted (options) in the place of those of the same source action; others stay."""
    ours = {_source(one): one for one in map(declared_trigger, wanted)}
    return [*ours.values(), *(dict(one) for one in found if _source(one) not in ours)]


def shown_triggers(found: Sequence[Document], wanted: Sequence[Document]) -> list[dict[str, Any]]:
    """Those found of the source actions wanted, in the shape of the options; one that says more has push as AWS's."""
    asked = {one["source_action"] for one in wanted}
    return [_shown_trigger(one) for one in found if _source(one) in asked]


def _shown_trigger(found: Document) -> dict[str, Any]:
    configuration = found["gitConfiguration"]
    simple = {
        "source_action": configuration["sourceActionName"],
        "branches": _includes(configuration, "branches"),
        "file_paths": _includes(configuration, "filePaths"),
    }
    same = _sorted(declared_trigger(simple)["gitConfiguration"]) == _sorted(configuration)
    return simple if same else {**simple, "further": dict(configuration)}


def _includes(configuration: Document, member: str) -> list[str]:
    first: Document = next(iter(configuration.get("push") or ()), {})
    return sorted((first.get(member) or {}).get("includes") or ())


def same_triggers(found: Sequence[Document] | None, wanted: Sequence[Document] | None) -> bool:
    """Branches and paths are sets, which AWS gives back in an order of its own."""
    if any(one.get("further") for one in found or ()):
        return False
    first, second = (sorted(map(repr, map(_sorted, map(declared_trigger, one or ())))) for one in (found, wanted))
    return first == second


def _source(trigger: Document) -> str:
    return str(trigger["gitConfiguration"]["sourceActionName"])


def _sorted(value: Any) -> Any:
    """For comparison: keys and lists in one order."""
    if isinstance(value, Mapping):
        return [(key, _sorted(value[key])) for key in sorted(value)]
    if isinstance(value, list):
        return sorted((_sorted(one) for one in value), key=repr)
    return value
