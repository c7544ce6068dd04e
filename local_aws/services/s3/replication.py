# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Replication, kept whole, and what it asks of both buckets.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-requirements.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.s3 import aws, buckets

_WHOLE = ("Priority", "DeleteMarkerReplication")


def _invalid(message: str, code: str = "InvalidRequest") -> Refusal:
    return Refusal(code, message, 400)


@aws.adds
def put_bucket_replication(
    call: Any, *, bucket: str, replication_configuration: dict[str, Any], **_headers: Any
) -> None:
    source = buckets.bucket_of(call, bucket)
    if source.versioning_status != "Enabled":
        raise _invalid("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
    rules = replication_configuration["Rules"]
    for rule in rules:
        _check(call, bucket, rule)
    for member in ("ID", "Priority"):
        values = [rule[member] for rule in rules if member in rule]
        if len(set(values)) != len(values):
            raise _invalid(f"Found duplicate {member} in the replication configuration", "InvalidArgument")
    source.replication = {
        "Role": replication_configuration["Role"],
        "Rules": [{"ID": f"rule-{number}", **rule} for number, rule in enumerate(rules, 1)],
    }


def _check(call: Any, bucket: str, rule: dict[str, Any]) -> None:
    if "Filter" in rule:
        missing = [name for name in _WHOLE if name not in rule]
        if missing:
            raise _invalid(
                f"{missing[0]} must be specified for this version of Cross Region Replication configuration schema."
            )
    destination = rule["Destination"]
    name = destination["Bucket"].rpartition(":")[2]
    known = call.backend("s3", region="aws").buckets
    if name not in known:
        raise _invalid("Destination bucket must exist.")
    if name == bucket:
        raise _invalid("Destination bucket cannot be the same as the source bucket.")
    if known[name].versioning_status != "Enabled":
        raise _invalid("Destination bucket must have versioning enabled.")
    encrypted = (rule.get("SourceSelectionCriteria") or {}).get("SseKmsEncryptedObjects", {}).get("Status") == "Enabled"
    if encrypted and "EncryptionConfiguration" not in destination:
        raise _invalid("EncryptionConfiguration must be specified if SseKmsEncryptedObjects tag is present")
    in_time = (destination.get("ReplicationTime") or {}).get("Status") == "Enabled"
    metrics = destination.get("Metrics") or {}
    if "EventThreshold" in metrics and not in_time:
        raise _invalid(
            "Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled",
            "InvalidArgument",
        )
    if in_time and metrics.get("Status") != "Enabled":
        raise _invalid("Metrics must be enabled when ReplicationTime is specified", "InvalidArgument")


@aws.adds
def get_bucket_replication(call: Any, *, bucket: str, **_headers: Any) -> dict[str, Any]:
    kept = getattr(buckets.bucket_of(call, bucket), "replication", None)
    if not kept:
        raise Refusal("ReplicationConfigurationNotFoundError", "The replication configuration was not found", 404)
    return {"ReplicationConfiguration": kept}


@aws.adds
def delete_bucket_replication(call: Any, *, bucket: str, **_headers: Any) -> None:
    buckets.bucket_of(call, bucket).replication = None
