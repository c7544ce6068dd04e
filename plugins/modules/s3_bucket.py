#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: s3_bucket
short_description: Secure S3 buckets
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates buckets, or adopts existing ones, and keeps them private, encrypted, versioned and reachable by TLS only.
  - Statements, rules and tags of others are kept. A bucket of static files is read by CloudFront alone, and replicated
    to another region. Never deletes a bucket or an object.
  - What S3 would refuse (a statement added to a public policy of a closed bucket, ACLs switched off over grants, a
    lifecycle with MFA delete) is left as it is with a warning, and the rest is done.
  - Own module because the stock one says ok in check mode for a bucket that it would then create, and replaces the
    whole policy.
options:
  buckets:
    description: The buckets to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the bucket.
        type: str
        required: true
      create:
        description:
          - Whether to make the bucket where it does not exist; otherwise only one that this region has is secured.
          - A bucket of another region is left alone with a warning.
        type: bool
        default: true
      block_public_access:
        description: All four settings of the public access block.
        type: bool
        default: true
      object_ownership:
        description: Who owns objects. V(BucketOwnerEnforced) switches ACLs off.
        type: str
        choices: [BucketOwnerEnforced, BucketOwnerPreferred, ObjectWriter]
        default: BucketOwnerEnforced
      versioning:
        description: Whether old versions of objects are kept.
        type: bool
        default: true
      kms_key:
        description: Alias, with or without C(alias/), id or ARN of the key of the default encryption.
        type: str
      bucket_key:
        description: Whether S3 saves KMS calls with a key for the bucket. Of effect only with O(buckets[].kms_key).
        type: bool
      tls_only:
        description: Whether the policy refuses requests without TLS.
        type: bool
        default: true
      require_kms:
        description:
          - Whether the policy refuses objects that a client encrypts otherwise than with a KMS key.
          - An object that comes without encryption of its own gets the bucket's default and is taken.
        type: bool
      noncurrent_days:
        description: Days after which old versions expire.
        type: int
      standard_ia_days:
        description: Days after which objects move to STANDARD_IA, 30 and more. Those below 128 KB stay where they are.
        type: int
      expiration_days:
        description: Days after which objects end. For buckets of logs.
        type: int
      close:
        description:
          - V(false) leaves a bucket open that is open, with its public statements, as long as something reads it that
            way. A new one is closed all the same.
        type: bool
        default: true
      remove_public_statements:
        description: Whether statements of the policy go that allow something to everybody, without a condition.
        type: bool
        default: false
      admits:
        description:
          - Services that write logs to the bucket by themselves. V(access_logs) is S3 for other buckets of the account,
            V(delivered_logs) CloudWatch Logs for services such as CloudFront, V(load_balancer_logs) Elastic Load
            Balancing.
        type: list
        elements: str
        choices: [access_logs, delivered_logs, load_balancer_logs]
      cloudfront_distributions:
        description:
          - Names or ARNs of CloudFront distributions that read the bucket by an Origin Access Control.
          - One that is not there yet is left out, as the bucket comes before its distribution.
        type: list
        elements: str
      policy_statements:
        description: Statements of yours for the policy, each known by its C(Sid). Others stay.
        type: list
        elements: dict
      replicate_to:
        description:
          - Bucket that takes copies of what is written from now on, in another region. It must be versioned.
          - Rules of others stay; where they have another role, nothing is changed, with a warning.
        type: str
      replication_role:
        description: Name or ARN of the role that S3 replicates with.
        type: str
      replication_kms_key:
        description: ARN of the key, of the other bucket's region, that encrypts copies of what a KMS key encrypts.
        type: str
      replicate_delete_markers:
        description: Whether what is deleted is deleted there, too. Old versions stay on both sides.
        type: bool
      replication_metrics:
        description: Whether CloudWatch shows how far the copies are behind. It costs.
        type: bool
      replication_time_control:
        description: Whether S3 promises most copies within 15 minutes. It costs.
        type: bool
      access_log_bucket:
        description: Bucket of this region that takes the access logs. Its policy must admit S3's log delivery.
        type: str
      access_log_prefix:
        description: What the names of the access logs begin with.
        type: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The bucket of the Terraform state
  wellarchitected.webapp.s3_bucket:
    region: us-east-1
    buckets:
      - name: mywebapp-prod-terraform-state-111122223333
        create: false
        kms_key: mywebapp-prod-terraform-state
        noncurrent_days: 365
"""

RETURN = r"""
resources:
  description: The buckets after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-terraform-state-111122223333: {block_public_access: true, versioning: true}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: s3_bucket, name: mywebapp-prod-terraform-state-111122223333, action: update, fields: [versioning]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["s3:HeadBucket"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.s3.admitted import ADMITTED, with_statements
from ..module_utils._resources.s3.s3_bucket import S3_BUCKET

ARGUMENT_SPEC = aws_spec(
    **bulk(
        buckets={
            "name": {"type": "str", "required": True},
            "create": {"type": "bool", "default": True},
            "block_public_access": {"type": "bool", "default": True},
            "object_ownership": {
                "type": "str",
                "choices": ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"],
                "default": "BucketOwnerEnforced",
            },
            "versioning": {"type": "bool", "default": True},
            "kms_key": {"type": "str", "no_log": False},
            "bucket_key": {"type": "bool"},
            "tls_only": {"type": "bool", "default": True},
            "require_kms": {"type": "bool"},
            "noncurrent_days": {"type": "int"},
            "standard_ia_days": {"type": "int"},
            "expiration_days": {"type": "int"},
            "close": {"type": "bool", "default": True},
            "remove_public_statements": {"type": "bool", "default": False},
            "admits": {"type": "list", "elements": "str", "choices": list(ADMITTED)},
            "cloudfront_distributions": {"type": "list", "elements": "str"},
            "policy_statements": {"type": "list", "elements": "dict"},
            "replicate_to": {"type": "str"},
            "replication_role": {"type": "str"},
            "replication_kms_key": {"type": "str", "no_log": False},
            "replicate_delete_markers": {"type": "bool"},
            "replication_metrics": {"type": "bool"},
            "replication_time_control": {"type": "bool"},
            "access_log_bucket": {"type": "str"},
            "access_log_prefix": {"type": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = with_statements(context, items(params, "buckets"))
    return converge(context, S3_BUCKET, wanted, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
