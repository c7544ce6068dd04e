# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""S3 Control: the tags of general purpose buckets, one by one.

https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html
"""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service
from local_aws.services.s3 import buckets

aws = Service("s3control")


def _bucket(call: Any) -> Any:
    """The bucket of the ARN; None of another kind of resource."""
    place, _unused, name = call.params["ResourceArn"].partition(":s3:::")
    return buckets.bucket_of(call, name) if place and name else None


def _tags(call: Any, bucket: Any) -> dict[str, str]:
    tags = call.backend("s3", region="aws").tagger.get_tag_dict_for_resource(bucket.arn)
    return {str(key): str(value) for key, value in tags.items()}


def _checked(keys: list[str]) -> None:
    if any(key.startswith("aws:") for key in keys):
        raise Refusal("InvalidTag", "System tags cannot be added/updated by requester", 400)


@aws.before("TagResource")
def bucket_tagged(call: Any) -> dict[str, Any] | None:
    bucket = _bucket(call)
    if bucket is None:
        return None
    wanted = {tag["Key"]: tag["Value"] for tag in call.params["Tags"]}
    _checked(list(wanted))
    buckets.set_tags(call, bucket, {**_tags(call, bucket), **wanted})
    return {}


@aws.before("UntagResource")
def bucket_untagged(call: Any) -> dict[str, Any] | None:
    bucket = _bucket(call)
    if bucket is None:
        return None
    _checked(call.params["TagKeys"])
    left = {key: value for key, value in _tags(call, bucket).items() if key not in call.params["TagKeys"]}
    buckets.set_tags(call, bucket, left)
    return {}


@aws.before("ListTagsForResource")
def bucket_tags(call: Any) -> dict[str, Any] | None:
    bucket = _bucket(call)
    if bucket is None:
        return None
    return {"Tags": [{"Key": key, "Value": value} for key, value in _tags(call, bucket).items()]}
