# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Cache, origin request and response headers policies: AWS's own and the account's.

Names are unique among the policies of one sort; AWS's own cannot be changed; one in use cannot be deleted.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local_aws.refusal import Refusal
from local_aws.services.cloudfront import aws, common, managed

_MADE = datetime(2020, 7, 22, tzinfo=UTC)


@dataclasses.dataclass(frozen=True)
class Sort:
    name: str  # in AWS's words: CachePolicy
    list: str  # the list in the answer of List
    ours: Mapping[str, dict[str, Any]]  # AWS's own, by id
    member: str  # of a behavior that names one

    def all(self, call: Any) -> dict[str, dict[str, Any]]:
        own = common.store(call, self.name)
        return {**{name: self._managed(config) for name, config in self.ours.items()}, **own}

    @staticmethod
    def _managed(config: dict[str, Any]) -> dict[str, Any]:
        return {"config": config, "etag": "E23ZP02F085DFQ", "modified": _MADE, "managed": True}

    def found(self, call: Any, identifier: str) -> dict[str, Any]:
        one = self.all(call).get(identifier)
        if one is None:
            raise Refusal(f"NoSuch{self.name}", f"The specified {self._words} does not exist.", 404)
        return one

    @property
    def _words(self) -> str:
        return {"CachePolicy": "cache policy", "OriginRequestPolicy": "origin request policy"}.get(
            self.name, "response headers policy"
        )

    def shown(self, identifier: str, one: dict[str, Any]) -> dict[str, Any]:
        return {"Id": identifier, "LastModifiedTime": one["modified"], f"{self.name}Config": one["config"]}

    def answer(self, identifier: str, one: dict[str, Any], made: bool = False) -> dict[str, Any]:
        location = f"https://cloudfront.amazonaws.com/2020-05-31/policy/{identifier}"
        whole = {self.name: self.shown(identifier, one), "ETag": one["etag"]}
        return {**whole, "Location": location} if made else whole

    def create(self, call: Any, config: dict[str, Any]) -> dict[str, Any]:
        self._check(call, config, "")
        identifier = str(uuid.uuid4())
        common.store(call, self.name)[identifier] = self._new(config)
        return self.answer(identifier, self.found(call, identifier), made=True)

    def update(self, call: Any, config: dict[str, Any], identifier: str, if_match: str) -> dict[str, Any]:
        one = self.found(call, identifier)
        if one.get("managed"):
            raise Refusal("IllegalUpdate", "The update contains modifications that are not allowed.", 400)
        common.match(if_match, one)
        self._check(call, config, identifier)
        common.store(call, self.name)[identifier] = self._new(config)
        return self.answer(identifier, self.found(call, identifier))

    @staticmethod
    def _new(config: dict[str, Any]) -> dict[str, Any]:
        return {"config": config, "etag": common.new_id(), "modified": datetime.now(UTC)}

    def _check(self, call: Any, config: dict[str, Any], identifier: str) -> None:
        common.count(config)
        doubles = [
            name
            for name, one in self.all(call).items()
            if one["config"]["Name"] == config["Name"] and name != identifier
        ]
        if doubles:
            message = f"A {self._words} with the name {config['Name']} already exists."
            raise Refusal(f"{self.name}AlreadyExists", message, 409)

    def delete(self, call: Any, identifier: str, if_match: str) -> None:
        one = self.found(call, identifier)
        if one.get("managed"):
            raise Refusal("IllegalDelete", "You cannot delete a managed policy.", 400)
        common.match(if_match, one)
        if common.in_behaviors(call, self.member, identifier):
            message = f"Cannot delete the {self._words} because it is attached to one or more cache behaviors."
            raise Refusal(f"{self.name}InUse", message, 409)
        del common.store(call, self.name)[identifier]

    def listed(self, call: Any, kind: str, marker: str, max_items: str) -> dict[str, Any]:
        items = [
            {"Type": "managed" if one.get("managed") else "custom", self.name: self.shown(identifier, one)}
            for identifier, one in self.all(call).items()
        ]
        wanted = [one for one in items if kind in ("", one["Type"])]
        return {self.list: common.page(wanted, marker, max_items, marked=False)}


CACHE = Sort("CachePolicy", "CachePolicyList", managed.CACHE, "CachePolicyId")
ORIGIN_REQUEST = Sort("OriginRequestPolicy", "OriginRequestPolicyList", managed.ORIGIN_REQUEST, "OriginRequestPolicyId")
RESPONSE_HEADERS = Sort(
    "ResponseHeadersPolicy", "ResponseHeadersPolicyList", managed.RESPONSE_HEADERS, "ResponseHeadersPolicyId"
)


def _lifetimes(config: dict[str, Any]) -> dict[str, Any]:
    """Those that are left out: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html"""
    least = config["MinTTL"]
    default = config.get("DefaultTTL", max(86400, least))
    most = config.get("MaxTTL", max(31536000, default))
    if not least <= default <= most:
        message = "The parameter MinTTL, DefaultTTL and MaxTTL must be in this order: MinTTL <= DefaultTTL <= MaxTTL."
        raise Refusal("InvalidArgument", message, 400)
    if most == 0 and _has_keys(config):
        message = "The parameter HeaderBehavior is invalid for policy with caching disabled."
        raise Refusal("InvalidArgument", message, 400)
    return {**config, "DefaultTTL": default, "MaxTTL": most}


def _has_keys(config: dict[str, Any]) -> bool:
    keys = config.get("ParametersInCacheKeyAndForwardedToOrigin") or {}
    behaviors = (
        keys.get("HeadersConfig", {}).get("HeaderBehavior", "none"),
        keys.get("CookiesConfig", {}).get("CookieBehavior", "none"),
        keys.get("QueryStringsConfig", {}).get("QueryStringBehavior", "none"),
    )
    flags = keys.get("EnableAcceptEncodingGzip") or keys.get("EnableAcceptEncodingBrotli")
    return bool(flags) or any(one != "none" for one in behaviors)


@aws.adds
def create_cache_policy(call: Any, *, cache_policy_config: dict[str, Any]) -> dict[str, Any]:
    return CACHE.create(call, _lifetimes(cache_policy_config))


@aws.adds
def update_cache_policy(
    call: Any, *, cache_policy_config: dict[str, Any], id: str, if_match: str = ""
) -> dict[str, Any]:
    return CACHE.update(call, _lifetimes(cache_policy_config), id, if_match)


@aws.adds
def get_cache_policy(call: Any, *, id: str) -> dict[str, Any]:
    return CACHE.answer(id, CACHE.found(call, id))


@aws.adds
def get_cache_policy_config(call: Any, *, id: str) -> dict[str, Any]:
    one = CACHE.found(call, id)
    return {"CachePolicyConfig": one["config"], "ETag": one["etag"]}


@aws.adds
def list_cache_policies(call: Any, *, type: str = "", marker: str = "", max_items: str = "") -> dict[str, Any]:
    return CACHE.listed(call, type, marker, max_items)


@aws.adds
def delete_cache_policy(call: Any, *, id: str, if_match: str = "") -> None:
    CACHE.delete(call, id, if_match)


@aws.adds
def create_origin_request_policy(call: Any, *, origin_request_policy_config: dict[str, Any]) -> dict[str, Any]:
    return ORIGIN_REQUEST.create(call, origin_request_policy_config)


@aws.adds
def update_origin_request_policy(
    call: Any, *, origin_request_policy_config: dict[str, Any], id: str, if_match: str = ""
) -> dict[str, Any]:
    return ORIGIN_REQUEST.update(call, origin_request_policy_config, id, if_match)


@aws.adds
def get_origin_request_policy(call: Any, *, id: str) -> dict[str, Any]:
    return ORIGIN_REQUEST.answer(id, ORIGIN_REQUEST.found(call, id))


@aws.adds
def get_origin_request_policy_config(call: Any, *, id: str) -> dict[str, Any]:
    one = ORIGIN_REQUEST.found(call, id)
    return {"OriginRequestPolicyConfig": one["config"], "ETag": one["etag"]}


@aws.adds
def list_origin_request_policies(call: Any, *, type: str = "", marker: str = "", max_items: str = "") -> dict[str, Any]:
    return ORIGIN_REQUEST.listed(call, type, marker, max_items)


@aws.adds
def delete_origin_request_policy(call: Any, *, id: str, if_match: str = "") -> None:
    ORIGIN_REQUEST.delete(call, id, if_match)


@aws.adds
def create_response_headers_policy(call: Any, *, response_headers_policy_config: dict[str, Any]) -> dict[str, Any]:
    return RESPONSE_HEADERS.create(call, response_headers_policy_config)


@aws.adds
def update_response_headers_policy(
    call: Any, *, response_headers_policy_config: dict[str, Any], id: str, if_match: str = ""
) -> dict[str, Any]:
    return RESPONSE_HEADERS.update(call, response_headers_policy_config, id, if_match)


@aws.adds
def get_response_headers_policy(call: Any, *, id: str) -> dict[str, Any]:
    return RESPONSE_HEADERS.answer(id, RESPONSE_HEADERS.found(call, id))


@aws.adds
def get_response_headers_policy_config(call: Any, *, id: str) -> dict[str, Any]:
    one = RESPONSE_HEADERS.found(call, id)
    return {"ResponseHeadersPolicyConfig": one["config"], "ETag": one["etag"]}


@aws.adds
def list_response_headers_policies(
    call: Any, *, type: str = "", marker: str = "", max_items: str = ""
) -> dict[str, Any]:
    return RESPONSE_HEADERS.listed(call, type, marker, max_items)


@aws.adds
def delete_response_headers_policy(call: Any, *, id: str, if_match: str = "") -> None:
    RESPONSE_HEADERS.delete(call, id, if_match)
