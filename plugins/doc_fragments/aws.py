# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations


class ModuleDocFragment:
    """Options and attributes that the modules of this collection share."""

    DOCUMENTATION = r"""
options:
  assume_role_arn:
    description:
      - ARN of an IAM role to assume before any call, with the credentials that the other options name.
      - STS is asked as all other services are, with O(endpoint_url), O(aws_ca_bundle), O(validate_certs) and
        O(aws_config). The session is kept in C(~/.aws/boto/cache) and refreshed before it expires.
      - A role that wants MFA needs credentials that have it already, those of C(aws sts get-session-token); a run
        asks for no code.
      - The environment variable E(WEBAPP_ASSUME_ROLE_ARN) may be used instead.
    type: str
  assume_role_external_id:
    description:
      - External id that the trust policy of O(assume_role_arn) asks for.
      - The environment variable E(WEBAPP_ASSUME_ROLE_EXTERNAL_ID) may be used instead.
    type: str
  assume_role_session_name:
    description:
      - Name of the session of O(assume_role_arn), which CloudTrail and the ARN of the caller show.
      - From 2 to 64 letters, digits and characters of C(_+=,.@-). C(wellarchitected-webapp) where none is given.
      - The environment variable E(WEBAPP_ASSUME_ROLE_SESSION_NAME) may be used instead.
    type: str
  assume_role_duration:
    description:
      - How long a session of O(assume_role_arn) lasts, in seconds, from 1800 to 43200; no more than the role's maximum
        session duration. AWS gives an hour where this is not set.
      - A longer run gets a new session before the old one ends.
      - The environment variable E(WEBAPP_ASSUME_ROLE_DURATION) may be used instead.
    type: int
  assume_role_sts_region:
    description:
      - Region whose STS is asked for O(assume_role_arn), O(region) where it is not set. For a region that must be
        enabled first, in which STS knows only accounts that have enabled it, the caller's as well as the role's.
      - The environment variable E(WEBAPP_ASSUME_ROLE_STS_REGION) may be used instead.
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
  - Credentials are looked for in the order of boto3. O(access_key) and O(secret_key) of the task come first, then
    O(profile) of the task, then the keys of the environment, then E(AWS_PROFILE). A profile that the task names wins
    over exported keys; O(profile) and O(access_key) in one task are refused.
  - A profile whose role wants an MFA code takes the session that the AWS CLI keeps in C(~/.aws/cli/cache), once
    C(aws sts get-caller-identity --profile ...) has asked for the code.
  - Where the task is local, one process runs all modules of a run, which saves starting Python for each task.
    The variable C(webapp_module_server=false) has each task run in a process of its own.
"""
