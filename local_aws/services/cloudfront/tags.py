# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tags are of distributions and VPC origins that there are."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common

_KINDS = {"distribution": "distributions", "vpcorigin": "vpc_origins"}


@aws.before("TagResource", "UntagResource", "ListTagsForResource")
def tagged_rule(call: Any) -> None:
    """https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_TagResource.html"""
    kind, _slash, identifier = call.params["Resource"].rpartition(":")[2].partition("/")
    if kind in _KINDS and identifier not in common.store(call, _KINDS[kind]):
        raise Refusal("NoSuchResource", f"The resource that was specified is not valid: {identifier}", 404)
    for tag in (call.params.get("Tags") or {}).get("Items") or []:
        if tag["Key"].lower().startswith("aws:"):
            raise Refusal("InvalidTagging", "Tag keys that begin with aws: are reserved for AWS.", 400)
