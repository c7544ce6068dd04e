# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Access logs: the bucket that takes them is of the same region, and admits S3's log delivery by its policy.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html. moto reads no policy that names
everybody, as a statement about TLS does.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.services.s3 import aws, buckets

SERVICE = "logging.s3.amazonaws.com"


@aws.before("PutBucketLogging")
def logging_rule(call: Any) -> dict[str, Any] | None:
    """Admitted by policy it is carried out here; by ACL, or switched off, by moto."""
    wanted = (call.params.get("BucketLoggingStatus") or {}).get("LoggingEnabled") or {}
    target = call.backend("s3", region="aws").buckets.get(wanted.get("TargetBucket"))
    if not target or not target.policy or not any(_admits(one, target) for one in policies.statements(target.policy)):
        return None
    source = buckets.bucket_of(call)
    if target.region_name != source.region_name:
        raise Refusal("CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed.", 403)
    source.logging = {"TargetPrefix": "", **wanted}
    return {}


def _admits(statement: dict[str, Any], bucket: Any) -> bool:
    resources = [str(one) for one in policies.as_list(statement.get("Resource"))]
    return (
        statement["Effect"] == "Allow"
        and SERVICE in policies.principals(statement, "Service")
        and any(fnmatchcase("s3:PutObject", str(one)) for one in policies.as_list(statement.get("Action")))
        and any(one.startswith(f"{bucket.arn}/") for one in resources)
    )
