# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A bucket's replication: one rule of ours for the whole bucket. Pure.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_ReplicationConfiguration.html. Objects that are there already are
not replicated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

RULE_ID = "replicate-to-another-region"
FIELDS = frozenset(
    {
        "replicate_to",
        "replication_role",
        "replication_kms_key",
        "replicate_delete_markers",
        "replication_metrics",
        "replication_time_control",
    }
)
_MINUTES = 15


def state(found: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields as they are in our rule where it is in force, and the configuration as a whole."""
    rules = (found or {}).get("Rules") or ()
    rule: Mapping[str, Any] = next((one for one in rules if _is_ours(one) and one.get("Status") == "Enabled"), {})
    destination: Mapping[str, Any] = rule.get("Destination") or {}
    return {
        "replicate_to": destination.get("Bucket"),
        "replication_role": (found or {}).get("Role"),
        "replication_kms_key": (destination.get("EncryptionConfiguration") or {}).get("ReplicaKmsKeyID"),
        "replicate_delete_markers": _is_on(rule.get("DeleteMarkerReplication")),
        "replication_metrics": _is_on(destination.get("Metrics")),
        "replication_time_control": _is_on(destination.get("ReplicationTime")),
        "replication": found,
    }


def _is_ours(rule: Mapping[str, Any]) -> bool:
    return rule.get("ID") == RULE_ID and (rule.get("Filter") or {}) in ({}, {"Prefix": ""})


def _is_on(setting: Mapping[str, Any] | None) -> bool:
    return (setting or {}).get("Status") == "Enabled"


def held(desired: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Why replication is left as it is: the role is one for all rules, and others have rules with theirs."""
    if not desired.get("replicate_to"):
        return ""
    others = [one for one in (found["replication"] or {}).get("Rules") or () if one.get("ID") != RULE_ID]
    role = found["replication_role"]
    if not others or role == desired.get("replication_role"):
        return ""
    names = ", ".join(str(one.get("ID") or one["Destination"]["Bucket"]) for one in others)
    return (
        f"replication has rules of others ({names}) with the role {role}, and S3 takes one role for all of them; it "
        "stays as it is: name that role, once it may write to the other bucket, or take the rules out"
    )


def configuration(found: Mapping[str, Any], desired: Mapping[str, Any]) -> dict[str, Any]:
    """Our rule beside those of others; priorities are each rule's own, a higher one wins."""
    others = [one for one in (found["replication"] or {}).get("Rules") or () if one.get("ID") != RULE_ID]
    ours = next((one for one in (found["replication"] or {}).get("Rules") or () if one.get("ID") == RULE_ID), {})
    taken = {one.get("Priority") for one in others}
    priority = ours.get("Priority")
    if priority is None or priority in taken:
        priority = next(number for number in range(1, len(taken) + 2) if number not in taken)
    wanted = {name: desired[name] if desired.get(name) is not None else found.get(name) for name in FIELDS}
    rule: dict[str, Any] = {
        "ID": RULE_ID,
        "Priority": priority,
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Enabled" if wanted["replicate_delete_markers"] else "Disabled"},
        "Destination": _destination(wanted),
    }
    if wanted["replication_kms_key"]:
        rule["SourceSelectionCriteria"] = {"SseKmsEncryptedObjects": {"Status": "Enabled"}}
    return {"ReplicationConfiguration": {"Role": wanted["replication_role"], "Rules": [*others, rule]}}


def _destination(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Time control needs metrics with its threshold, and metrics without it take none."""
    destination: dict[str, Any] = {"Bucket": wanted["replicate_to"]}
    if wanted["replication_kms_key"]:
        destination["EncryptionConfiguration"] = {"ReplicaKmsKeyID": wanted["replication_kms_key"]}
    if wanted["replication_time_control"]:
        destination["ReplicationTime"] = {"Status": "Enabled", "Time": {"Minutes": _MINUTES}}
        destination["Metrics"] = {"Status": "Enabled", "EventThreshold": {"Minutes": _MINUTES}}
    elif wanted["replication_metrics"]:
        destination["Metrics"] = {"Status": "Enabled"}
    return destination


def check(desired: Mapping[str, Any]) -> Iterator[str]:
    """Why S3 would not take the replication, as sentences."""
    given = sorted(name for name in FIELDS if desired.get(name) is not None and name != "replicate_to")
    if not desired.get("replicate_to"):
        if given:
            yield f"{', '.join(given)} without replicate_to; name the bucket that takes the replicas"
        return
    if not desired.get("replication_role"):
        yield "replicate_to without replication_role; name the role that S3 replicates with"
    if desired.get("versioning") is False:
        yield "replication needs versioning"
    if desired.get("replication_time_control") and desired.get("replication_metrics") is False:
        yield "replication_time_control brings metrics with it; leave replication_metrics true"
