# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations


class ModuleDocFragment:
    """Options and attributes that the modules of this collection share."""

    DOCUMENTATION = r"""
options:
  assume_role_arn:
    description:
      - ARN of an IAM role to assume before any call.
      - The credentials are cached as the AWS CLI caches them and refreshed before they expire.
      - The environment variable E(WEBAPP_ASSUME_ROLE_ARN) may be used instead.
    type: str
  assume_role_external_id:
    description:
      - External id that the trust policy of O(assume_role_arn) asks for.
      - The environment variable E(WEBAPP_ASSUME_ROLE_EXTERNAL_ID) may be used instead.
    type: str
  planned:
    description:
      - What earlier tasks of the run have made, or in check mode would have. So a plan can be made from nothing, and
        what AWS does not show yet is waited for.
      - Filled in by the collection's action plugin from the fact C(webapp_planned); not meant to be set by hand.
    type: dict
    default: {}
attributes:
  check_mode:
    description: Says in check mode what the run would change, also for resources that depend on ones not made yet.
    support: full
  diff_mode:
    description: Shows the fields that change, before and after.
    support: full
  idempotent:
    description: A second run with the same options changes nothing.
    support: full
requirements:
  - boto3 and botocore, see the collection's requirements.txt
notes:
  - Where the task is local, one process runs all modules of a run, which saves starting Python for each task.
    The variable C(webapp_module_server=false) has each task run in a process of its own.
"""
