#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: dns_records
short_description: Manage records of public hosted zones
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Brings named records of hosted zones to what is asked for, in one change batch for each zone, of those that differ.
  - A record is one name and type. Records that are not named are left alone; none is deleted. One that is routed by
    weight, place or health is refused.
  - Own module because the stock one takes one record a task, and cannot be planned for what a run makes first.
options:
  zones:
    description: The zones whose records to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name or id of the public hosted zone.
        type: str
        required: true
      records:
        description:
          - The records.
          - Required here or in O(defaults).
        type: list
        elements: dict
        suboptions:
          name:
            description: Whole domain name, as V(www.example.com).
            type: str
            required: true
          type:
            description: Type of the record.
            type: str
            choices: [A, AAAA, CAA, CNAME, DS, HTTPS, MX, NAPTR, NS, PTR, SOA, SPF, SRV, SSHFP, SVCB, TLSA, TXT]
            required: true
          ttl:
            description: Seconds for which it may be cached; 300 where it is not given. Aliases have none.
            type: int
          values:
            description: Its values. Text (TXT) is put into quotes where it has none.
            type: list
            elements: str
          distribution:
            description: Name or id of a CloudFront distribution that it is an alias of.
            type: str
          load_balancer:
            description: Name of a load balancer in the region of the task that it is an alias of.
            type: str
          alias:
            description: Anything else that it is an alias of.
            type: dict
            suboptions:
              dns_name:
                description: Its domain name.
                type: str
                required: true
              hosted_zone_id:
                description: Id of the zone of that name.
                type: str
                required: true
              evaluate_target_health:
                description: Whether the alias goes by the health of what it leads to.
                type: bool
                default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Viewers find the distribution
  wellarchitected.webapp.dns_records:
    region: us-east-1
    zones:
      - name: example.com
        records:
          - {name: www.example.com, type: A, distribution: mywebapp-prod-cdn}
          - {name: www.example.com, type: AAAA, distribution: mywebapp-prod-cdn}
          - {name: example.com, type: CAA, values: ['0 issue "amazon.com"']}
"""

RETURN = r"""
resources:
  description: The zones with the named records after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    example.com:
      zone: Z0123456789ABCDEFGHIJ
      records:
        - name: www.example.com
          type: A
          alias:
            {dns_name: d111111abcdef8.cloudfront.net, hosted_zone_id: Z2FDTNDATAQYW2, evaluate_target_health: false}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: dns_records, name: example.com, action: update, fields: [records]}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["route53:ListHostedZones", "route53:ListResourceRecordSets"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import aws_spec, bulk, items, run_module
from ..module_utils._resources.route53.dns_records import DNS_RECORDS, with_targets

NEEDS = ("records",)

TYPES = [
    *("A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB"),
    *("TLSA", "TXT"),
]

ARGUMENT_SPEC = aws_spec(
    **bulk(
        zones={
            "name": {"type": "str", "required": True},
            "records": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "type": {"type": "str", "choices": TYPES, "required": True},
                    "ttl": {"type": "int"},
                    "values": {"type": "list", "elements": "str"},
                    "distribution": {"type": "str"},
                    "load_balancer": {"type": "str"},
                    "alias": {
                        "type": "dict",
                        "options": {
                            "dns_name": {"type": "str", "required": True},
                            "hosted_zone_id": {"type": "str", "required": True},
                            "evaluate_target_health": {"type": "bool", "default": False},
                        },
                    },
                },
            },
        },
    ),
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    partition = context.aws.partition
    zones = [
        {**zone, "zone": zone["name"], "records": [with_targets(record, partition) for record in zone["records"]]}
        for zone in items(params, "zones", NEEDS)
    ]
    return converge(context, DNS_RECORDS, zones)


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
