#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudfront_policy
short_description: Manage CloudFront's cache, origin request and response headers policies
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes and changes the account's own policies, which cache behaviors of distributions name. What no option knows
    (CORS, Server-Timing) stays as it is.
  - AWS's own policies need no module, as M(wellarchitected.webapp.cloudfront_distribution) takes them by name. Never
    deletes a policy.
  - Own module because the stock one knows response headers policies alone.
options:
  cache_policies:
    description: How long things are cached, and what of a request tells them apart.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Name, unique in the account.
        type: str
        required: true
      comment:
        description: What it is for.
        type: str
      min_ttl:
        description: Shortest lifetime in seconds, whatever the origin says.
        type: int
        default: 0
      default_ttl:
        description: Lifetime in seconds where the origin says nothing. CloudFront takes 86400 where it is not given.
        type: int
      max_ttl:
        description: Longest lifetime in seconds, whatever the origin says. CloudFront takes 31536000 by itself.
        type: int
      gzip:
        description: Whether things are cached compressed by gzip.
        type: bool
        default: true
      brotli:
        description: Whether things are cached compressed by Brotli.
        type: bool
        default: true
      header_behavior:
        description: Which headers are part of the key.
        type: str
        choices: [none, whitelist]
        default: none
      headers:
        description: Names of headers for O(cache_policies[].header_behavior=whitelist).
        type: list
        elements: str
      cookie_behavior:
        description: Which cookies are part of the key.
        type: str
        choices: [none, whitelist, allExcept, all]
        default: none
      cookies:
        description: Names of cookies for V(whitelist) and V(allExcept).
        type: list
        elements: str
      query_string_behavior:
        description: Which query strings are part of the key.
        type: str
        choices: [none, whitelist, allExcept, all]
        default: none
      query_strings:
        description: Names of query strings for V(whitelist) and V(allExcept).
        type: list
        elements: str
  origin_request_policies:
    description: What of a request the origin is told beside the key of the cache.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Name, unique in the account.
        type: str
        required: true
      comment:
        description: What it is for.
        type: str
      header_behavior:
        description: Which headers the origin is told.
        type: str
        choices: [none, whitelist, allViewer, allViewerAndWhitelistCloudFront, allExcept]
        default: none
      headers:
        description: Names of headers for the behaviors that take a list.
        type: list
        elements: str
      cookie_behavior:
        description: Which cookies the origin is told.
        type: str
        choices: [none, whitelist, allExcept, all]
        default: none
      cookies:
        description: Names of cookies for V(whitelist) and V(allExcept).
        type: list
        elements: str
      query_string_behavior:
        description: Which query strings the origin is told.
        type: str
        choices: [none, whitelist, allExcept, all]
        default: none
      query_strings:
        description: Names of query strings for V(whitelist) and V(allExcept).
        type: list
        elements: str
  response_headers_policies:
    description: Headers that viewers are given.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: Name, unique in the account.
        type: str
        required: true
      comment:
        description: What it is for.
        type: str
      strict_transport_security:
        description: C(Strict-Transport-Security).
        type: dict
        suboptions:
          max_age:
            description: Seconds for which browsers use HTTPS alone.
            type: int
            default: 31536000
          include_subdomains:
            description: Whether subdomains are meant, too.
            type: bool
            default: false
          preload:
            description: Whether browsers may know it before the first visit.
            type: bool
            default: false
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      content_type_options:
        description: C(X-Content-Type-Options), which is V(nosniff).
        type: dict
        suboptions:
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      frame_options:
        description: C(X-Frame-Options).
        type: dict
        suboptions:
          value:
            description: Who may frame a page.
            type: str
            choices: [DENY, SAMEORIGIN]
            default: SAMEORIGIN
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      referrer_policy:
        description: C(Referrer-Policy).
        type: dict
        suboptions:
          value:
            description: What other sites are told of the page that led to them.
            type: str
            choices:
              - no-referrer
              - no-referrer-when-downgrade
              - origin
              - origin-when-cross-origin
              - same-origin
              - strict-origin
              - strict-origin-when-cross-origin
              - unsafe-url
            default: strict-origin-when-cross-origin
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      content_security_policy:
        description: C(Content-Security-Policy).
        type: dict
        suboptions:
          value:
            description: The policy.
            type: str
            required: true
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      xss_protection:
        description: C(X-XSS-Protection), for old browsers.
        type: dict
        suboptions:
          protection:
            description: Whether the filter is on.
            type: bool
            default: true
          mode_block:
            description: Whether the page is blocked.
            type: bool
            default: true
          report_uri:
            description: Where it is reported.
            type: str
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      custom_headers:
        description: Further headers. The list takes the place of the one that is there.
        type: list
        elements: dict
        suboptions:
          name:
            description: Name of the header.
            type: str
            required: true
          value:
            description: Its value.
            type: str
            required: true
          override:
            description: Whether it takes the place of the origin's header.
            type: bool
            default: true
      remove_headers:
        description: Names of the origin's headers that viewers are not given.
        type: list
        elements: str
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: Lifetimes and security headers
  wellarchitected.webapp.cloudfront_policy:
    region: us-east-1
    cache_policies:
      - name: mywebapp-prod-static
        default_ttl: 3600
        max_ttl: 86400
    response_headers_policies:
      - name: mywebapp-prod-security
        strict_transport_security: {include_subdomains: true}
        content_type_options: {}
        frame_options: {value: DENY}
"""

RETURN = r"""
resources:
  description: The policies after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-static: {name: mywebapp-prod-static, id: 658327ea-0000-4000-8000-7e88639e58f6, default_ttl: 3600}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: cloudfront_cache_policy, name: mywebapp-prod-static, action: update, fields: [default_ttl]}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["cloudfront:ListCachePolicies"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge, joined
from ..module_utils._engine.module import WAIT, aws_spec, run_module
from ..module_utils._resources.cloudfront.cache_policy import CACHE_POLICY
from ..module_utils._resources.cloudfront.origin_request_policy import ORIGIN_REQUEST_POLICY
from ..module_utils._resources.cloudfront.response_headers_policy import RESPONSE_HEADERS_POLICY

_NAMED = {"name": {"type": "str", "required": True}, "comment": {"type": "str"}}
_LISTS = {name: {"type": "list", "elements": "str"} for name in ("headers", "cookies", "query_strings")}
_SOME = ["none", "whitelist", "allExcept", "all"]
_KEYS = {
    **{
        name: {"type": "str", "choices": _SOME, "default": "none"}
        for name in ("cookie_behavior", "query_string_behavior")
    },
    **_LISTS,
}
_OVERRIDE = {"override": {"type": "bool", "default": True}}
_REFERRERS = [
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
]


def _list(**options: Any) -> dict[str, Any]:
    return {"type": "list", "elements": "dict", "default": [], "options": {**_NAMED, **options}}


def _header(**options: Any) -> dict[str, Any]:
    return {"type": "dict", "options": {**options, **_OVERRIDE}}


ARGUMENT_SPEC = aws_spec(
    cache_policies=_list(
        min_ttl={"type": "int", "default": 0},
        default_ttl={"type": "int"},
        max_ttl={"type": "int"},
        gzip={"type": "bool", "default": True},
        brotli={"type": "bool", "default": True},
        header_behavior={"type": "str", "choices": ["none", "whitelist"], "default": "none"},
        **_KEYS,
    ),
    origin_request_policies=_list(
        header_behavior={
            "type": "str",
            "choices": ["none", "whitelist", "allViewer", "allViewerAndWhitelistCloudFront", "allExcept"],
            "default": "none",
        },
        **_KEYS,
    ),
    response_headers_policies=_list(
        strict_transport_security=_header(
            max_age={"type": "int", "default": 31536000},
            include_subdomains={"type": "bool", "default": False},
            preload={"type": "bool", "default": False},
        ),
        content_type_options=_header(),
        frame_options=_header(value={"type": "str", "choices": ["DENY", "SAMEORIGIN"], "default": "SAMEORIGIN"}),
        referrer_policy=_header(
            value={"type": "str", "choices": _REFERRERS, "default": "strict-origin-when-cross-origin"}
        ),
        content_security_policy=_header(value={"type": "str", "required": True}),
        xss_protection=_header(
            protection={"type": "bool", "default": True},
            mode_block={"type": "bool", "default": True},
            report_uri={"type": "str"},
        ),
        custom_headers={
            "type": "list",
            "elements": "dict",
            "options": {
                "name": {"type": "str", "required": True},
                "value": {"type": "str", "required": True},
                **_OVERRIDE,
            },
        },
        remove_headers={"type": "list", "elements": "str"},
    ),
    **WAIT,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    return joined(
        converge(context, CACHE_POLICY, params["cache_policies"]),
        converge(context, ORIGIN_REQUEST_POLICY, params["origin_request_policies"]),
        converge(context, RESPONSE_HEADERS_POLICY, params["response_headers_policies"]),
    )


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
