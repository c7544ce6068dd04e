#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: log_delivery
short_description: Have AWS services deliver their logs to a bucket or a log group
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates the source, the destination and the delivery of vended logs (v2), and keeps where and how they are
    delivered.
  - Source and destination have the delivery's name. A source that the resource has already, under whatever name, is
    used, since AWS takes one for each; logs that somebody has delivered to the same kind of place are left so, with a
    warning.
  - CloudWatch Logs adds what is missing to the policy of the bucket by itself. Never deletes anything.
  - Own module because there is no stock one.
options:
  deliveries:
    description: The deliveries to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of source and destination.
        type: str
        required: true
      resource:
        description:
          - What the logs are of, as an ARN or the name of a CloudFront distribution. It cannot be changed.
          - Required here or in O(defaults).
          - CloudFront delivers in us-east-1 whatever the stack's region, so that is the region of the task then.
        type: str
      log_type:
        description: Which logs. It cannot be changed.
        type: str
        default: ACCESS_LOGS
      bucket:
        description: Name of the bucket that takes the logs, in whatever region. Either this or a log group.
        type: str
      log_group:
        description: Name of the log group that takes the logs, in the task's region.
        type: str
      output_format:
        description: Form of the logs. It cannot be changed.
        type: str
        choices: [json, parquet, plain, raw, w3c]
      record_fields:
        description: Fields of a record, in this order. All of them without it.
        type: list
        elements: str
      field_delimiter:
        description: What stands between fields, in the formats V(plain), V(w3c) and V(raw).
        type: str
      suffix_path:
        description:
          - Path in the bucket below C(AWSLogs/{account-id}/CloudFront/).
          - AWS puts in C({DistributionId}), C({yyyy}), C({MM}), C({dd}) and C({HH}).
        type: str
      hive_compatible_path:
        description: Whether the path has C(key=value) parts, as Athena reads them.
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
- name: Access logs of the distribution
  wellarchitected.webapp.log_delivery:
    region: us-east-1
    deliveries:
      - name: mywebapp-prod-cdn
        resource: arn:aws:cloudfront::111122223333:distribution/EDFDVBD6EXAMPLE
        bucket: mywebapp-prod-access-logs-111122223333
        output_format: json
        suffix_path: "{DistributionId}/{yyyy}/{MM}/{dd}"
"""

RETURN = r"""
resources:
  description: The deliveries after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-cdn: {id: jTYNdyUqcAwFXmIw, log_type: ACCESS_LOGS, output_format: json}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: log_delivery, name: mywebapp-prod-cdn, action: update, fields: [record_fields]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["logs:DescribeDeliverySources"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.logs.log_delivery import FORMATS, LOG_DELIVERY, held

NEEDS = ("resource",)
ARGUMENT_SPEC = aws_spec(
    **bulk(
        deliveries={
            "name": {"type": "str", "required": True},
            "resource": {"type": "str"},
            "log_type": {"type": "str", "default": "ACCESS_LOGS"},
            "bucket": {"type": "str"},
            "log_group": {"type": "str"},
            "output_format": {"type": "str", "choices": list(FORMATS)},
            "record_fields": {"type": "list", "elements": "str"},
            "field_delimiter": {"type": "str"},
            "suffix_path": {"type": "str"},
            "hive_compatible_path": {"type": "bool"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = items(params, "deliveries", NEEDS)
    held(context.aws, wanted)
    return converge(context, LOG_DELIVERY, wanted, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
