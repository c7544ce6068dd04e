# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Organizations: https://docs.aws.amazon.com/organizations/latest/APIReference/"""

from __future__ import annotations

from .._engine.aws import Aws
from .._engine.errors import AwsError
from .reading import Item


def organizations(aws: Aws) -> list[Item]:
    """The organization that the account belongs to: Id, Arn, MasterAccountId, FeatureSet; empty without one."""
    try:
        return [aws.call("organizations", "describe_organization")["Organization"]]
    except AwsError as error:
        if error.code == "AWSOrganizationsNotInUseException":
            return []
        raise
