# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import copy

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.codepipeline.declaration import (
    declared_action,
    declared_trigger,
    masked,
    merged,
    merged_triggers,
    same_stages,
    same_triggers,
    shown,
    shown_triggers,
)

TYPE = {"category": "Build", "owner": "AWS", "provider": "CodeBuild", "version": "1"}


def action(name, **more):
    return {
        "name": name,
        "category": "Build",
        "owner": "AWS",
        "provider": "CodeBuild",
        "version": "1",
        "run_order": 1,
        "configuration": {"ProjectName": "web"},
        "input_artifacts": [],
        "output_artifacts": [],
        "namespace": None,
        "role": None,
        **more,
    }


def stage(name, *actions):
    return {"name": name, "actions": list(actions or [action(name)])}


def found(name, *actions, **more):
    return {"name": name, "actions": [declared_action(one) for one in actions or [action(name)]], **more}


def names(stages):
    return [one["name"] for one in stages]


def test_an_action_is_declared_as_text_and_without_what_is_not_given():
    declared = declared_action(action("a", configuration={"Batch": True, "Minutes": 5}, output_artifacts=["o"]))
    assert declared == {
        "name": "a",
        "actionTypeId": TYPE,
        "runOrder": 1,
        "configuration": {"Batch": "true", "Minutes": "5"},
        "inputArtifacts": [],
        "outputArtifacts": [{"name": "o"}],
    }


@pytest.mark.parametrize(
    ("there", "wanted", "removed", "after"),
    [
        ([], "abc", "", "abc"),
        ("abc", "abc", "", "abc"),
        ("acb", "abc", "", "abc"),
        ("axbc", "abc", "", "axbc"),
        ("abcx", "abc", "", "abcx"),
        ("xabc", "abc", "", "xabc"),
        ("axybc", "abc", "", "axybc"),
        ("ax", "abc", "", "axbc"),
        ("abxc", "ac", "b", "axc"),
        ("abc", "ac", "", "abc"),
        ("abc", "ac", "b", "ac"),
    ],
)
def test_stages_of_others_stay_behind_the_one_that_they_stood_behind(there, wanted, removed, after):
    stages = merged([found(one) for one in there], [stage(one) for one in wanted], list(removed))
    assert names(stages) == list(after)


def test_what_a_stage_and_an_action_have_besides_stays():
    theirs = {**declared_action(action("theirs")), "configuration": {"Token": "****"}}
    there = found("build", action("build"), onFailure={"result": "ROLLBACK"})
    there["actions"][0] |= {"region": "us-west-2", "roleArn": "old"}
    there["actions"][0]["configuration"] |= {"PrimarySource": "x"}
    there["actions"].append(theirs)
    before = copy.deepcopy(there)
    [after] = merged([there], [stage("build", action("build", role="new", configuration={"ProjectName": "b"}))], [])
    assert after["onFailure"] == {"result": "ROLLBACK"} and after["actions"][1] == theirs
    ours = after["actions"][0]
    assert (ours["region"], ours["roleArn"]) == ("us-west-2", "new")
    assert ours["configuration"] == {"ProjectName": "b", "PrimarySource": "x"}
    assert there == before, "what was found is not touched"


def test_an_action_of_another_type_is_replaced_with_what_configured_it():
    there = found("build", action("build", provider="Jenkins", configuration={"Server": "x"}))
    [after] = merged([there], [stage("build")], [])
    assert after["actions"] == [declared_action(action("build"))]


def test_secrets_that_aws_masks_are_found():
    there = [found("build", action("build"), action("theirs", configuration={"OAuthToken": "****", "Repo": "r"}))]
    assert masked(there) == ["OAuthToken of build/theirs"]
    assert masked(merged(there, [stage("build", action("theirs", provider="ECS"))], [])) == []


def test_of_what_is_there_no_more_is_shown_than_is_asked_for():
    there = [
        found("build", action("build", configuration={"ProjectName": "web", "Secret": "hunter2"}), action("theirs")),
        found("theirs"),
    ]
    [seen] = shown(there, [stage("build", action("build", role="r"))])
    [one] = seen["actions"]
    assert one["configuration"] == {"ProjectName": "web"} and one["role"] is None
    assert "hunter2" not in str(seen)
    assert shown(there, []) == []


@pytest.mark.parametrize(
    ("wanted", "same"),
    [
        ([stage("a"), stage("b")], True),
        ([stage("b"), stage("a")], False),
        ([stage("a", action("a", run_order=2)), stage("b")], False),
        ([stage("a", action("a", configuration={"ProjectName": "other"})), stage("b")], False),
        ([stage("a", action("a", input_artifacts=["i"])), stage("b")], False),
        ([stage("a", action("a", role="r")), stage("b")], False),
        ([stage("a")], True),
        ([stage("a"), stage("b"), stage("c")], False),
    ],
)
def test_stages_are_the_same_when_what_is_asked_for_is(wanted, same):
    there = [found("a"), found("b")]
    assert same_stages(shown(there, wanted), wanted) is same


def test_what_merged_makes_is_the_same_as_what_is_wanted():
    wanted = [stage("a", action("a"), action("c", run_order=2)), stage("b", action("b", role="r", namespace="n"))]
    there = [found("x"), found("b"), found("a", action("c"), action("y"))]
    assert not same_stages(shown(there, wanted), wanted)
    assert same_stages(shown(merged(there, wanted, []), wanted), wanted)


def trigger(source, *branches, **more):
    return {"source_action": source, "branches": list(branches), "file_paths": [], **more}


def test_a_trigger_is_declared_without_filters_that_it_has_not():
    assert declared_trigger(trigger("S", "main", file_paths=["src/**"]))["gitConfiguration"]["push"] == [
        {"branches": {"includes": ["main"]}, "filePaths": {"includes": ["src/**"]}}
    ]
    assert declared_trigger(trigger("S", "main"))["gitConfiguration"]["push"] == [{"branches": {"includes": ["main"]}}]


@pytest.mark.parametrize(
    ("git", "same"),
    [
        ({"push": [{"branches": {"includes": ["b", "a"]}}]}, True),
        ({"push": [{"branches": {"includes": ["a"]}}]}, False),
        ({"push": [{"branches": {"includes": ["a", "b"], "excludes": ["c"]}}]}, False),
        ({"push": [{"branches": {"includes": ["a", "b"]}}, {"tags": {"includes": ["v*"]}}]}, False),
        ({"push": [{"branches": {"includes": ["a", "b"]}}], "pullRequest": [{"events": ["OPEN"]}]}, False),
        ({"pullRequest": [{"events": ["OPEN"]}]}, False),
    ],
)
def test_branches_are_a_set_and_what_a_trigger_says_besides_counts(git, same):
    there = [{"providerType": "CodeStarSourceConnection", "gitConfiguration": {"sourceActionName": "S", **git}}]
    wanted = [trigger("S", "a", "b")]
    assert same_triggers(shown_triggers(there, wanted), wanted) is same
    assert same_triggers(shown_triggers(merged_triggers(there, wanted), wanted), wanted)


def test_triggers_of_other_sources_stay():
    other = declared_trigger(trigger("Other", "main"))
    after = merged_triggers([other, declared_trigger(trigger("S", "old"))], [trigger("S", "new")])
    assert after == [declared_trigger(trigger("S", "new")), other]
    assert shown_triggers(after, [trigger("S", "new")]) == [trigger("S", "new")]
