# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The things of other workloads come on top of what is there."""

from __future__ import annotations

from local_aws.control import Control
from local_aws.server import start
from local_aws.stacks import large_account
from local_aws.stacks._clients import Clients


def test_it_adds_what_a_big_account_has() -> None:
    with start(port=0) as server:
        Control(server.endpoint).reset()
        aws = Clients(server.endpoint, large_account.REGION)
        aws.s3.create_bucket(Bucket="here-before")
        made = large_account.load(server.endpoint)
        assert made == {"buckets": 200, "security_groups": 300, "secrets": 200, "log_groups": 500}
        assert len(aws.s3.list_buckets()["Buckets"]) == 201
        groups = aws.ec2.get_paginator("describe_security_groups").paginate().build_full_result()["SecurityGroups"]
        assert sum(group["GroupName"].startswith("other-") for group in groups) == 300
        assert len(aws.logs.get_paginator("describe_log_groups").paginate().build_full_result()["logGroups"]) == 500
