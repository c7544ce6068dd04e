# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.s3 import lifecycle, replication

COPY = "arn:aws:s3:::copy"
WANTED = {"replicate_to": COPY, "replication_role": "arn:role", "replication_metrics": True}


def made(found=None, **changes):
    state = replication.state(found)
    return replication.configuration(state, {**WANTED, **changes})["ReplicationConfiguration"]


def test_a_rule_holds_what_the_newer_schema_asks_for():
    rule = made()["Rules"][0]
    assert {"Priority", "Filter", "DeleteMarkerReplication", "Status", "ID", "Destination"} == set(rule)
    assert rule["Destination"]["Metrics"] == {"Status": "Enabled"}, "a threshold goes with time control only"


def test_time_control_brings_metrics_with_a_threshold():
    destination = made(replication_time_control=True)["Rules"][0]["Destination"]
    assert destination["Metrics"]["EventThreshold"] == destination["ReplicationTime"]["Time"] == {"Minutes": 15}


def test_a_key_there_is_for_what_a_key_encrypts_here():
    rule = made(replication_kms_key="arn:key")["Rules"][0]
    assert rule["SourceSelectionCriteria"] == {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    assert rule["Destination"]["EncryptionConfiguration"] == {"ReplicaKmsKeyID": "arn:key"}


def test_what_was_made_is_found_again():
    wanted = {**WANTED, "replicate_delete_markers": True, "replication_kms_key": "arn:key"}
    found = replication.state(made(**wanted))
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize("change", [{"Status": "Disabled"}, {"Filter": {"Prefix": "a/"}}, {"ID": "other"}])
def test_a_rule_that_is_off_for_a_part_or_others_does_not_count(change):
    configuration = made()
    configuration["Rules"] = [{**configuration["Rules"][0], **change}]
    assert replication.state(configuration)["replicate_to"] is None


def test_rules_of_others_keep_their_priority():
    theirs = {"ID": "theirs", "Priority": 1, "Destination": {"Bucket": COPY}}
    rules = made({"Role": "arn:role", "Rules": [theirs]})["Rules"]
    assert [(one["ID"], one["Priority"]) for one in rules] == [("theirs", 1), (replication.RULE_ID, 2)]
    state = replication.state({"Role": "arn:other", "Rules": [theirs]})
    assert "arn:other" in replication.held(WANTED, state)
    assert not replication.held({**WANTED, "replication_role": "arn:other"}, state)
    assert not replication.held({}, state) and not replication.held(WANTED, replication.state(None))


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({"replication_metrics": True}, "without replicate_to"),
        ({"replicate_to": COPY}, "without replication_role"),
        ({**WANTED, "versioning": False}, "needs versioning"),
        ({**WANTED, "replication_metrics": False, "replication_time_control": True}, "brings metrics"),
    ],
)
def test_replication_that_s3_would_refuse(desired, words):
    assert words in " ".join(replication.check(desired))
    assert not list(replication.check(WANTED))


THEIRS = {"ID": "theirs", "Status": "Enabled", "Prefix": "a/", "Expiration": {"Days": 1}}


def test_each_of_our_rules_is_known_by_its_id():
    wanted = {"standard_ia_days": 90, "noncurrent_days": 30, "expiration_days": 365}
    found = {"lifecycle_rules": [THEIRS], "least_size": "varies_by_storage_class"}
    sent = lifecycle.configuration(found, wanted)
    rules = sent["LifecycleConfiguration"]["Rules"]
    assert rules[0] == {"Filter": {"Prefix": "a/"}, **{k: v for k, v in THEIRS.items() if k != "Prefix"}}
    assert lifecycle.state(rules) == wanted
    assert sent["TransitionDefaultMinimumObjectSize"] == "varies_by_storage_class"
    off = [{**rule, "Status": "Disabled"} for rule in rules]
    assert lifecycle.state(off) == dict.fromkeys(wanted)


def test_a_rule_of_ours_that_is_not_asked_for_now_stays():
    found = lifecycle.configuration({"lifecycle_rules": [], "least_size": None}, {"standard_ia_days": 90})
    again = {"lifecycle_rules": found["LifecycleConfiguration"]["Rules"], "least_size": None}
    rules = lifecycle.configuration(again, {"noncurrent_days": 30})["LifecycleConfiguration"]["Rules"]
    assert [rule["ID"] for rule in rules] == ["move-to-standard-ia", "expire-noncurrent-versions"]


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({"noncurrent_days": 0}, "1 and more"),
        ({"expiration_days": 0}, "1 and more"),
        ({"standard_ia_days": 29}, "30 and more"),
        ({"standard_ia_days": 90, "expiration_days": 90}, "move before they end"),
    ],
)
def test_days_that_s3_would_refuse(desired, words):
    assert words in " ".join(lifecycle.check(desired))
