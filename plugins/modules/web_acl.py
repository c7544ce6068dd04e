#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: web_acl
short_description: Manage WAF web ACLs with their rules, logging and load balancers
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Creates web ACLs, or adopts existing ones by name, and keeps their rules, logging and tags.
  - Rules that are not named here stay, with their priorities. So do what logs leave out besides, and all of an ACL that
    has no option here. Never deletes an ACL, and takes no load balancer from another one.
  - What WAF would refuse, or ignore without a word, is refused before anything is changed - the capacity of all rules,
    managed rule groups that it does not offer, and rules to be counted that a group does not have.
  - A CloudFront distribution names its ACL itself, so the ACL comes first.
  - Own module because the stock one has no logging and passes rules through as they are.
options:
  web_acls:
    description: The web ACLs to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Name of the ACL. It cannot be changed.
        type: str
        required: true
      scope:
        description:
          - What the ACL can stand before, CloudFront's distributions or what is in the region. It cannot be changed.
          - V(CLOUDFRONT) is kept in us-east-1 whatever the stack's region, so that is the region of the task then.
        type: str
        choices: [REGIONAL, CLOUDFRONT]
        default: REGIONAL
      description:
        description: What the ACL is for.
        type: str
      default_action:
        description: What becomes of a request that no rule decides on.
        type: str
        choices: [allow, block]
        default: allow
      metric_name:
        description: Name of the ACL's metric. A new ACL has its own name there.
        type: str
      sampled_requests:
        description: Whether WAF keeps samples of requests for the console. They are not redacted.
        type: bool
      body_inspection_kb:
        description: How much of a body WAF looks at, in KB. More than 16 costs more. Of the scope V(CLOUDFRONT) only.
        type: int
        choices: [16, 32, 48, 64]
      rules:
        description:
          - The rules, in the order in which they are evaluated. Each has one of
            O(web_acls[].rules[].managed_rule_group), O(web_acls[].rules[].rate_limit), O(web_acls[].rules[].ip_set)
            and O(web_acls[].rules[].countries).
          - Without the option an ACL keeps its rules.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the rule and of its metric.
            type: str
            required: true
          state:
            description: Whether the rule is there.
            type: str
            choices: [present, absent]
            default: present
          priority:
            description:
              - Lower ones are evaluated first. Without it one more than the rule's before, from 0.
              - Where a rule of somebody else has it, the next that is free.
            type: int
          action:
            description:
              - What becomes of a request that matches. V(count) lets it pass and counts it, also for a rule group.
              - V(block) without it; the rules of a group have actions of their own.
            type: str
            choices: [block, count, allow, captcha, challenge]
          managed_rule_group:
            description: Name of a managed rule group, such as V(AWSManagedRulesCommonRuleSet).
            type: str
          vendor:
            description: Who offers the group. V(AWS) without it.
            type: str
          version:
            description: Version of the group. Without it the vendor's default one, which moves by itself.
            type: str
          count_rules:
            description: Rules of the group that only count, where they block what is wanted.
            type: list
            elements: str
          rate_limit:
            description: Requests of one address in a window, 10 to 2000000000; what is above it matches.
            type: int
          window_seconds:
            description: The window. 300 without it.
            type: int
            choices: [60, 120, 300, 600]
          ip_set:
            description: Name or ARN of a set of addresses of the same scope; what comes from them matches.
            type: str
          countries:
            description: Two-letter codes of countries; what comes from them matches.
            type: list
            elements: str
          forwarded_ip_header:
            description:
              - Header that the client's address is taken from, as V(X-Forwarded-For).
              - Behind CloudFront a load balancer sees CloudFront's addresses, and a limit by address would be one for
                everybody.
            type: str
      count_only:
        description: Whether all rules of O(web_acls[].rules) only count, to see in the logs what they would do.
        type: bool
        default: false
      purge_rules:
        description: Whether rules are removed that are not named in O(web_acls[].rules).
        type: bool
        default: false
      log_destination:
        description:
          - Name of a log group of the task's region, or ARN of one, of a bucket or of a Firehose stream.
          - WAF takes only what is called C(aws-waf-logs-...). It writes the permission by itself.
          - Logging is never switched off.
        type: str
      redacted_headers:
        description: Headers that logs leave out, besides those that they leave out already.
        type: list
        elements: str
      redacted_parts:
        description: Other parts of a request that logs leave out, likewise.
        type: list
        elements: str
        choices: [method, query_string, uri_path]
      load_balancers:
        description:
          - Names or ARNs of load balancers that the ACL stands before. Others that it stands before keep it.
          - One that has another ACL keeps that one, with a warning.
        type: list
        elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The web ACL of the distribution
  wellarchitected.webapp.web_acl:
    region: us-east-1
    web_acls:
      - name: mywebapp-prod-cdn
        scope: CLOUDFRONT
        rules:
          - {name: core, managed_rule_group: AWSManagedRulesCommonRuleSet, count_rules: [SizeRestrictions_BODY]}
          - {name: known-bad-inputs, managed_rule_group: AWSManagedRulesKnownBadInputsRuleSet}
          - {name: rate, rate_limit: 2000}
        log_destination: aws-waf-logs-mywebapp-prod
        redacted_headers: [authorization, cookie]
    tags:
      Project: mywebapp
"""

RETURN = r"""
resources:
  description: The web ACLs after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {mywebapp-prod-cdn: {id: a1b2c3d4-5678-90ab-cdef-EXAMPLE11111, scope: CLOUDFRONT, capacity: 902}}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: web_acl, name: mywebapp-prod-cdn, action: update, fields: [rules]}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["wafv2:ListWebACLs"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.wafv2.common import SCOPES
from ..module_utils._resources.wafv2.rules import ACTIONS, WINDOWS
from ..module_utils._resources.wafv2.web_acl import REDACTABLE, WEB_ACL, prepared

ARGUMENT_SPEC = aws_spec(
    **bulk(
        web_acls={
            "name": {"type": "str", "required": True},
            "scope": {"type": "str", "choices": list(SCOPES), "default": "REGIONAL"},
            "description": {"type": "str"},
            "default_action": {"type": "str", "choices": ["allow", "block"], "default": "allow"},
            "metric_name": {"type": "str"},
            "sampled_requests": {"type": "bool"},
            "body_inspection_kb": {"type": "int", "choices": [16, 32, 48, 64]},
            "rules": {
                "type": "list",
                "elements": "dict",
                "options": {
                    "name": {"type": "str", "required": True},
                    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
                    "priority": {"type": "int"},
                    "action": {"type": "str", "choices": list(ACTIONS)},
                    "managed_rule_group": {"type": "str"},
                    "vendor": {"type": "str"},
                    "version": {"type": "str"},
                    "count_rules": {"type": "list", "elements": "str"},
                    "rate_limit": {"type": "int"},
                    "window_seconds": {"type": "int", "choices": list(WINDOWS)},
                    "ip_set": {"type": "str"},
                    "countries": {"type": "list", "elements": "str"},
                    "forwarded_ip_header": {"type": "str"},
                },
            },
            "count_only": {"type": "bool", "default": False},
            "purge_rules": {"type": "bool", "default": False},
            "log_destination": {"type": "str"},
            "redacted_headers": {"type": "list", "elements": "str"},
            "redacted_parts": {"type": "list", "elements": "str", "choices": list(REDACTABLE)},
            "load_balancers": {"type": "list", "elements": "str"},
        },
    ),
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    wanted = prepared(context.aws, items(params, "web_acls"))
    return converge(context, WEB_ACL, wanted, tags=params["tags"], purge_tags=params["purge_tags"])


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
