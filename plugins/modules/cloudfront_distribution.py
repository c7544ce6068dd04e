#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: cloudfront_distribution
short_description: Manage CloudFront distributions
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Makes distributions and changes them in place, as a patch over the document that is there. What an option does not
    say stays as it is, and so do origins, origin groups, cache behaviors, error responses and aliases that it does not
    name.
  - A distribution is found by its comment, else by one of the aliases, else by its C(Name) tag. Its id may stand in the
    place of the name.
  - Deletes neither a distribution nor a part of one.
  - Own module because the stock one knows neither origin access controls nor VPC origins, shows no diff and reported
    changes on every run in our tries.
options:
  distributions:
    description: The distributions to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Value of the C(Name) tag, and the comment of a new one; or an id.
        type: str
        required: true
      comment: {description: What it is for. A new one has its name here., type: str}
      enabled: {description: Whether it answers viewers. A new one does., type: bool}
      aliases:
        description: Domain names of viewers, which O(distributions[].certificate) must hold. Others stay.
        type: list
        elements: str
      certificate:
        description: Domain name or ARN of a certificate of ACM in C(us-east-1) that is issued.
        type: str
      minimum_protocol_version:
        description:
          - Oldest TLS that viewers may use, and its ciphers. It needs a certificate, with whose first one it becomes
            V(TLSv1.2_2021) where it is not given.
        type: str
        choices: [TLSv1, TLSv1_2016, TLSv1.1_2016, TLSv1.2_2018, TLSv1.2_2019, TLSv1.2_2021, TLSv1.2_2025, TLSv1.3_2025]
      http_version:
        description: Newest versions of HTTP for viewers. A new one has V(http2and3).
        type: str
        choices: [http1.1, http2, http3, http2and3]
      ipv6: {description: Whether viewers may use IPv6. A new one does., type: bool}
      price_class:
        description: Where it has edge locations. A new one has all.
        type: str
        choices: [PriceClass_100, PriceClass_200, PriceClass_All]
      default_root_object:
        description: What is given for C(/).
        type: str
      web_acl: {description: Name or ARN of a web ACL of the scope CLOUDFRONT., type: str}
      geo_restriction:
        description: Countries that are served, or not.
        type: dict
        suboptions:
          type:
            description: V(whitelist) serves the locations alone, V(blacklist) all others.
            type: str
            choices: [none, whitelist, blacklist]
            required: true
          locations:
            description: Countries by two capital letters.
            type: list
            elements: str
      additional_metrics:
        description: Whether CloudWatch has the additional metrics, as the cache hit rate, which cost.
        type: bool
      origins:
        description: Where CloudFront fetches from. One that is not named stays.
        type: list
        elements: dict
        suboptions:
          id:
            description: What behaviors and groups call it.
            type: str
            required: true
          domain_name: {description: Its domain name., type: str}
          bucket:
            description:
              - Name of a bucket in the region of the task, in the place of O(distributions[].origins[].domain_name).
            type: str
          load_balancer:
            description:
              - Name of a load balancer in the region of the task, in the place of
                O(distributions[].origins[].domain_name).
            type: str
          path: {description: What is put before each path., type: str}
          origin_access_control:
            description: Name or id of an origin access control, which takes the place of an older identity.
            type: str
          vpc_origin:
            description: Name or id of a VPC origin that leads to it. The task waits until that is deployed.
            type: str
          protocol_policy:
            description: How CloudFront speaks with an origin that is no bucket. A new one has V(https-only).
            type: str
            choices: [https-only, http-only, match-viewer]
          http_port: {description: Port for HTTP., type: int}
          https_port: {description: Port for HTTPS., type: int}
          ssl_protocols:
            description: Versions of TLS that CloudFront may use. A new one has V(TLSv1.2).
            type: list
            elements: str
            choices: [SSLv3, TLSv1, TLSv1.1, TLSv1.2]
          read_timeout: {description: Seconds without data from the origin., type: int}
          keepalive_timeout: {description: Seconds for which a connection without requests stays open., type: int}
          connection_attempts: {description: How often a connection is tried., type: int}
          connection_timeout: {description: Seconds for each try., type: int}
          origin_shield_region:
            description: Region of Origin Shield; empty for none.
            type: str
          custom_headers:
            description: Headers that the origin is sent. Others stay. Values are shown as fingerprints.
            type: list
            elements: dict
            suboptions:
              name:
                description: Name of the header.
                type: str
                required: true
              value:
                description: Its value, where that is no secret.
                type: str
              secret:
                description: Name or ARN of a secret in the region of the task that holds the value.
                type: str
              secret_key:
                description: Key of the secret's JSON, where it is JSON.
                type: str
      origin_groups:
        description: Pairs of origins. The second one is asked where the first one fails.
        type: list
        elements: dict
        suboptions:
          id:
            description: What behaviors call it.
            type: str
            required: true
          members:
            description: Ids of two origins, the primary first.
            type: list
            elements: str
          failover_status_codes:
            description: Answers of the first that count as a failure. A new one has 500, 502, 503 and 504.
            type: list
            elements: int
      default_cache_behavior:
        description: What is done with requests that no other behavior is for.
        type: dict
        suboptions: &behavior
          origin:
            description: Id of an origin or origin group.
            type: str
          viewer_protocol_policy:
            description: What viewers may use. A new behavior has V(redirect-to-https).
            type: str
            choices: [redirect-to-https, https-only, allow-all]
          allowed_methods:
            description: Methods that reach the origin. A new behavior has GET and HEAD.
            type: list
            elements: str
            choices: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
          cached_methods:
            description: Methods whose answers are cached. A new behavior has GET and HEAD.
            type: list
            elements: str
            choices: [GET, HEAD, OPTIONS]
          compress:
            description: Whether answers are compressed for viewers. A new behavior does.
            type: bool
          cache_policy:
            description:
              - Name or id of a cache policy, AWS's own too (V(CachingOptimized)). A new behavior needs one.
              - It takes the place of a behavior's own lifetimes and forwarding.
            type: str
          origin_request_policy:
            description: Name or id of an origin request policy, AWS's own too (V(AllViewer)).
            type: str
          response_headers_policy:
            description: Name or id of a response headers policy, AWS's own too (V(SecurityHeadersPolicy)).
            type: str
      cache_behaviors:
        description:
          - Behaviors for paths. Those that are there keep their places, in the order of this list; new ones come last.
          - One that is not named stays.
        type: list
        elements: dict
        suboptions:
          path_pattern:
            description: The paths it is for, as V(/api/*).
            type: str
            required: true
          <<: *behavior
      custom_error_responses:
        description: What viewers are given for an error. One that is not named stays.
        type: list
        elements: dict
        suboptions:
          error_code:
            description: The origin's status.
            type: int
            required: true
          response_page_path:
            description: Path of the page that is given instead.
            type: str
          response_code: {description: Status that goes with it., type: int}
          caching_min_ttl: {description: Seconds for which the error is cached., type: int}
  wait:
    description:
      - Whether to wait until the distributions are deployed everywhere, which takes minutes.
      - It does not wait in check mode.
    type: bool
    default: true
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: A bucket, and a load balancer for the API
  wellarchitected.webapp.cloudfront_distribution:
    region: us-east-1
    distributions:
      - name: mywebapp-prod-cdn
        aliases: [www.example.com]
        certificate: www.example.com
        minimum_protocol_version: TLSv1.2_2021
        default_root_object: index.html
        origins:
          - id: s3-static
            bucket: mywebapp-prod-static-123456789012
            origin_access_control: mywebapp-prod-static
          - id: alb
            load_balancer: mywebapp-prod-alb
            vpc_origin: mywebapp-prod-alb
        default_cache_behavior:
          origin: s3-static
          cache_policy: mywebapp-prod-static
          response_headers_policy: mywebapp-prod-security
        cache_behaviors:
          - path_pattern: /api/*
            origin: alb
            allowed_methods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
            cache_policy: CachingDisabled
            origin_request_policy: AllViewer
    tags:
      Project: mywebapp
      Environment: prod
"""

RETURN = r"""
resources:
  description: The distributions after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample:
    mywebapp-prod-cdn:
      {id: E1ABCDEFGHIJKL, domain_name: d111111abcdef8.cloudfront.net, status: Deployed, http_version: http2and3}
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: cloudfront_distribution, name: mywebapp-prod-cdn, action: update, fields: [http_version]}
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["cloudfront:ListDistributions", "cloudfront:GetDistribution"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.cloudfront.distributions import converge_distributions

_TEXT = {"type": "str"}
_NUMBER = {"type": "int"}
_FLAG = {"type": "bool"}
_TEXTS = {"type": "list", "elements": "str"}
_NO_SECRET = {"type": "str", "no_log": False}


def _one_of(*choices: str) -> dict[str, Any]:
    return {"type": "str", "choices": list(choices)}


def _some_of(*choices: str) -> dict[str, Any]:
    return {"type": "list", "elements": "str", "choices": list(choices)}


def _named(key: str, /, **options: Any) -> dict[str, Any]:
    named = {key: {"type": "str", "required": True}, **options}
    return {"type": "list", "elements": "dict", "options": named}


_METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")
_BEHAVIOR = {
    "origin": _TEXT,
    "viewer_protocol_policy": _one_of("redirect-to-https", "https-only", "allow-all"),
    "allowed_methods": _some_of(*_METHODS),
    "cached_methods": _some_of("GET", "HEAD", "OPTIONS"),
    "compress": _FLAG,
    "cache_policy": _TEXT,
    "origin_request_policy": _TEXT,
    "response_headers_policy": _TEXT,
}
_ORIGIN = {
    "domain_name": _TEXT,
    "bucket": _TEXT,
    "load_balancer": _TEXT,
    "path": _TEXT,
    "origin_access_control": _TEXT,
    "vpc_origin": _TEXT,
    "protocol_policy": _one_of("https-only", "http-only", "match-viewer"),
    "http_port": _NUMBER,
    "https_port": _NUMBER,
    "ssl_protocols": _some_of("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"),
    "read_timeout": _NUMBER,
    "keepalive_timeout": _NUMBER,
    "connection_attempts": _NUMBER,
    "connection_timeout": _NUMBER,
    "origin_shield_region": _TEXT,
    "custom_headers": _named(
        "name", value=_TEXT, secret={**_TEXT, "no_log": False}, secret_key={**_TEXT, "no_log": False}
    ),
}
_ERROR = {
    "error_code": {"type": "int", "required": True},
    "response_page_path": _TEXT,
    "response_code": _NUMBER,
    "caching_min_ttl": _NUMBER,
}
_TLS = (
    *("TLSv1", "TLSv1_2016", "TLSv1.1_2016", "TLSv1.2_2018", "TLSv1.2_2019", "TLSv1.2_2021", "TLSv1.2_2025"),
    "TLSv1.3_2025",
)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        distributions={
            "name": {"type": "str", "required": True},
            "comment": _TEXT,
            "enabled": _FLAG,
            "aliases": _TEXTS,
            "certificate": _TEXT,
            "minimum_protocol_version": _one_of(*_TLS),
            "http_version": _one_of("http1.1", "http2", "http3", "http2and3"),
            "ipv6": _FLAG,
            "price_class": _one_of("PriceClass_100", "PriceClass_200", "PriceClass_All"),
            "default_root_object": _TEXT,
            "web_acl": _TEXT,
            "geo_restriction": {
                "type": "dict",
                "options": {
                    "type": {"type": "str", "choices": ["none", "whitelist", "blacklist"], "required": True},
                    "locations": _TEXTS,
                },
            },
            "additional_metrics": _FLAG,
            "origins": _named("id", **_ORIGIN),
            "origin_groups": _named("id", members=_TEXTS, failover_status_codes={"type": "list", "elements": "int"}),
            "default_cache_behavior": {"type": "dict", "options": _BEHAVIOR},
            "cache_behaviors": _named("path_pattern", **_BEHAVIOR),
            "custom_error_responses": {"type": "list", "elements": "dict", "options": _ERROR},
        },
    ),
    wait={"type": "bool", "default": True},
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    tags = {"tags": params["tags"], "purge_tags": params["purge_tags"]}
    return converge_distributions(context, items(params, "distributions"), params["wait"], **tags)


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
