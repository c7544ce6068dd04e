# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Adds to whatever is there what a big account has: a review must not slow down with the account.

>>> from local_aws.stacks import large_account
>>> large_account.load("http://127.0.0.1:4566")
{'buckets': 200, 'security_groups': 300, 'secrets': 200, 'log_groups': 500}
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from local_aws.stacks._clients import Clients

REGION = "us-east-1"
CIDR = "10.200.0.0/16"
THREADS = 8
BUCKETS, SECURITY_GROUPS, SECRETS, LOG_GROUPS = 200, 300, 200, 500


def load(endpoint_url: str) -> dict[str, int]:
    """Make them, under names that belong to no workload; say how many of each."""
    aws = Clients(endpoint_url, REGION)
    account = aws.sts.get_caller_identity()["Account"]
    s3, secrets, logs, ec2 = aws.s3, aws.secretsmanager, aws.logs, aws.ec2  # made here: making one is not threadsafe
    vpc = ec2.create_vpc(CidrBlock=CIDR)["Vpc"]["VpcId"]

    def bucket(number: int) -> None:
        s3.create_bucket(Bucket=f"other-{number:03}-{account}")

    def security_group(number: int) -> None:
        ec2.create_security_group(GroupName=f"other-{number:03}", Description="Of another workload", VpcId=vpc)

    def secret(number: int) -> None:
        secrets.create_secret(Name=f"other/{number:03}", SecretString=f"of no use {number}")

    def log_group(number: int) -> None:
        logs.create_log_group(logGroupName=f"/other/{number:03}")

    kinds: dict[str, tuple[Callable[[int], None], int]] = {
        "buckets": (bucket, BUCKETS),
        "security_groups": (security_group, SECURITY_GROUPS),
        "secrets": (secret, SECRETS),
        "log_groups": (log_group, LOG_GROUPS),
    }
    with ThreadPoolExecutor(THREADS) as pool:
        made = [pool.submit(make, number) for make, count in kinds.values() for number in range(count)]
        for one in made:
            one.result()
    return {kind: count for kind, (_unused, count) in kinds.items()}
