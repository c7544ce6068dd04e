# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations


class ModuleDocFragment:
    """What the modules share that check before a role begins."""

    DOCUMENTATION = r"""
options:
  items:
    description:
      - Items that later tasks give to modules of this collection. Names, limits and formats that AWS does not take are
        refused, without a call.
    type: list
    elements: dict
    default: []
    suboptions:
      kind:
        description: Kind of the items.
        type: str
        required: true
        choices:
          - cloudfront_cache_policy
          - codebuild_project
          - codeconnections_connection
          - codepipeline
          - db_cluster
          - db_cluster_endpoint
          - db_subnet_group
          - event_rule
          - iam_role
          - ip_set
          - kms_key
          - log_group
          - s3_bucket
          - scalable_target
          - secret
          - ssm_parameter
      items:
        description: The items, as the kind's module takes them. Text is a name.
        type: list
        elements: raw
        required: true
      defaults:
        description: Options that the items share. What an item says itself wins.
        type: dict
        default: {}
      name_prefix:
        description: Text that is put before the name of each item.
        type: str
"""
