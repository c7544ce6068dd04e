# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What AWS's partitions have and where: credentials of one are not known in another, nor are its regions.

https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
"""

from __future__ import annotations

from .._engine.aws import Aws
from .._engine.errors import AwsError

NOT_IN_PARTITION = "NotInPartition"

# Where a partition keeps what it has once: the tags, alarms and logs of global things, and what is billed. That is the
# region for which botocore signs calls to such services (IAM's in China apart, which it knows by itself).
_HOMES = {"aws": "us-east-1", "aws-cn": "cn-northwest-1", "aws-us-gov": "us-gov-west-1"}
# botocore's names of services that a partition lacks, after the endpoints that botocore lists. A GovCloud account is
# billed through an account of the partition aws.
_LACKING = {
    "aws-cn": frozenset({"macie2"}),
    "aws-us-gov": frozenset({"account", "budgets", "ce", "cloudfront", "macie2"}),
}


def home_region(aws: Aws) -> str:
    """The region of the stack's partition that keeps global things; the stack's own in a partition of one region."""
    return _HOMES.get(aws.partition, aws.region)


def at_home(aws: Aws) -> Aws:
    """The account in that region."""
    return aws.in_region(home_region(aws))


def lacks(aws: Aws, service: str) -> bool:
    """Whether the stack's partition has no such service."""
    return service in _LACKING.get(aws.partition, ())


def has_global_acls(aws: Aws) -> bool:
    """Whether WAF has ACLs for CloudFront; in China it is regional: https://docs.amazonaws.cn/en_us/aws/latest/
    userguide/waf.html"""
    return aws.partition != "aws-cn" and not lacks(aws, "cloudfront")


def needed(aws: Aws, service: str, operation: str) -> None:
    """Errors: AwsError with NOT_IN_PARTITION, for a service without which there is nothing to say."""
    if lacks(aws, service):
        message = f"the partition {aws.partition} has no {service}"
        raise AwsError(service, operation, NOT_IN_PARTITION, message)
