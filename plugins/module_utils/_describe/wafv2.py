# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: https://docs.aws.amazon.com/waf/latest/APIReference/

CLOUDFRONT ACLs live in one region of the partition whatever the stack's region.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .._engine.aws import Aws
from .._engine.tags import to_dict
from .partitions import at_home, has_global_acls, home_region
from .reading import Item, further

_ABSENT = frozenset({"WAFNonexistentItemException"})


def scopes_of(aws: Aws) -> list[str]:
    """The scopes that are kept in this region."""
    return ["REGIONAL", *(["CLOUDFRONT"] if aws.region == home_region(aws) and has_global_acls(aws) else [])]


def web_acls(aws: Aws, *, scope: str) -> list[Item]:
    """Every web ACL of a scope (REGIONAL, CLOUDFRONT): Name, Id, ARN and Scope."""
    if scope == "CLOUDFRONT" and not has_global_acls(aws):
        return []
    home = at_home(aws) if scope == "CLOUDFRONT" else aws
    return [{**one, "Scope": scope} for one in home.pages("wafv2", "list_web_acls", "WebACLs", Scope=scope)]


def web_acl(aws: Aws, acl: Item) -> Item:
    """A web ACL of the list with its Rules, DefaultAction and Logging (None: not configured).

    A ByteMatchStatement comes without SearchString: it may be the secret that CloudFront sends.
    """
    found = _place(aws, acl).call("wafv2", "get_web_acl", Name=acl["Name"], Scope=acl["Scope"], Id=acl["Id"])["WebACL"]
    whole: Item = {**acl, **found, "Rules": without_searches(found.get("Rules", []))}
    whole["Logging"] = logging_of(aws, whole)
    return whole


def logging_of(aws: Aws, acl: Item) -> Item | None:
    """The logging of a web ACL of the list; None where it is not configured."""
    answer = further(_place(aws, acl), acl, "wafv2", "get_logging_configuration", _ABSENT, ResourceArn=acl["ARN"])
    return answer["LoggingConfiguration"] if answer else None


def tags_of(aws: Aws, thing: Item) -> dict[str, str]:
    """The tags of a web ACL or a set of addresses of the lists."""
    place = _place(aws, thing)
    answer = further(place, thing, "wafv2", "list_tags_for_resource", ResourceARN=thing["ARN"])
    return to_dict((answer or {}).get("TagInfoForResource", {}).get("TagList"))


def ip_sets(aws: Aws, *, scope: str, names: Collection[str]) -> list[Item]:
    """The named sets of addresses of a scope, with Scope, Addresses and Tags."""
    home = at_home(aws) if scope == "CLOUDFRONT" else aws
    listed = [one for one in home.pages("wafv2", "list_ip_sets", "IPSets", Scope=scope) if one["Name"] in names]

    def whole(one: Item) -> Item:
        found = home.call("wafv2", "get_ip_set", Name=one["Name"], Scope=scope, Id=one["Id"])["IPSet"]
        item = {**found, "Scope": scope}
        item["Tags"] = tags_of(aws, item)
        return item

    return aws.map(whole, listed)


def _place(aws: Aws, thing: Item) -> Aws:
    return at_home(aws) if thing["Scope"] == "CLOUDFRONT" else aws


def without_searches(value: Any) -> Any:
    """A rule, or a part of one, without the texts that it looks for."""
    if isinstance(value, dict):
        return {key: without_searches(member) for key, member in value.items() if key != "SearchString"}
    return [without_searches(member) for member in value] if isinstance(value, list) else value


def acl_of(aws: Aws, item: Item, arn: str) -> str | None:
    """ARN of the web ACL in front of a regional resource; None without one, or with the error on the item."""
    answer = further(aws, item, "wafv2", "get_web_acl_for_resource", _ABSENT, ResourceArn=arn)
    return ((answer or {}).get("WebACL") or {}).get("ARN")
