#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: flow_log
short_description: Manage VPC flow logs
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates flow logs of VPCs and keeps their tags; finds one by its C(Name) tag, or as the nameless one of the VPC that
    writes to the same place.
  - One that differs is made anew, since AWS changes nothing of a flow log, and goes when the new one is there. Its
    records stay where they are. Flow logs with other names are left alone.
  - Records that AWS does not deliver are a warning, with its reason.
  - Own module because neither amazon.aws nor community.aws has one.
options:
  flow_logs:
    description: The flow logs to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag.
        type: str
        required: true
      vpc:
        description:
          - Name or id of the VPC whose traffic is recorded.
          - Required here or in O(defaults).
        type: str
      log_group:
        description:
          - Log group that the records go to; required without O(flow_logs[].bucket).
        type: str
      role:
        description:
          - Name or ARN of the role that writes them; required without O(flow_logs[].bucket).
        type: str
      traffic_type:
        description: Which traffic is recorded.
        type: str
        choices: [ALL, ACCEPT, REJECT]
        default: ALL
      aggregation_interval:
        description: Seconds that one record sums up at most.
        type: int
        choices: [60, 600]
        default: 600
      log_format:
        description: Fields of a record, such as C(${version} ${srcaddr}); without it AWS's default format.
        type: str
      bucket:
        description: ARN of a bucket, or of a folder in one, that the records go to instead of a log group. Its policy
          must admit C(delivery.logs.amazonaws.com).
        type: str
      file_format:
        description: Format of the files in the bucket.
        type: str
        choices: [plain-text, parquet]
      hive_compatible_partitions:
        description: Whether folders in the bucket are named as Hive's tools expect them.
        type: bool
      per_hour_partition:
        description: Whether there is a folder for each hour instead of each day.
        type: bool
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: All traffic of the VPC
  wellarchitected.webapp.flow_log:
    region: us-east-1
    flow_logs:
      - name: mywebapp-prod-flow-logs
        vpc: mywebapp-prod-vpc
        log_group: /aws/vpc/flow-logs/mywebapp-prod
        role: mywebapp-prod-flow-logs
"""

RETURN = r"""
resources:
  description: The flow logs after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-flow-logs: {id: fl-0a1b2c3d, traffic_type: ALL, status: active, delivery_status: SUCCESS}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: flow_log, name: mywebapp-prod-flow-logs, action: create, fields: []}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["ec2:DescribeFlowLogs"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.ec2.flow_log import FLOW_LOG

NEEDS = ("vpc",)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        flow_logs={
            "name": {"type": "str", "required": True},
            "vpc": {"type": "str"},
            "log_group": {"type": "str"},
            "role": {"type": "str"},
            "traffic_type": {"type": "str", "choices": ["ALL", "ACCEPT", "REJECT"], "default": "ALL"},
            "aggregation_interval": {"type": "int", "choices": [60, 600], "default": 600},
            "log_format": {"type": "str"},
            "bucket": {"type": "str"},
            "file_format": {"type": "str", "choices": ["plain-text", "parquet"]},
            "hive_compatible_partitions": {"type": "bool"},
            "per_hour_partition": {"type": "bool"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return converge(
        context, FLOW_LOG, items(params, "flow_logs", NEEDS), tags=params["tags"], purge_tags=params["purge_tags"]
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
