# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""WAF: https://docs.aws.amazon.com/waf/latest/APIReference/

CLOUDFRONT ACLs live in one region of the partition whatever the stack's region.
"""

from __future__ import annotations

from typing import Any

from .._engine.aws import Aws
from .partitions import at_home, has_global_acls
from .reading import Item, further


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
    home = at_home(aws) if acl["Scope"] == "CLOUDFRONT" else aws
    found = home.call("wafv2", "get_web_acl", Name=acl["Name"], Scope=acl["Scope"], Id=acl["Id"])["WebACL"]
    whole: Item = {**acl, **found, "Rules": _without_searches(found.get("Rules", []))}
    absent = {"WAFNonexistentItemException"}
    logging = further(home, whole, "wafv2", "get_logging_configuration", absent, ResourceArn=acl["ARN"])
    whole["Logging"] = logging["LoggingConfiguration"] if logging else None
    return whole


def _without_searches(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_searches(member) for key, member in value.items() if key != "SearchString"}
    return [_without_searches(member) for member in value] if isinstance(value, list) else value


def acl_of(aws: Aws, item: Item, arn: str) -> str | None:
    """ARN of the web ACL in front of a regional resource; None without one, or with the error on the item."""
    absent = {"WAFNonexistentItemException"}
    answer = further(aws, item, "wafv2", "get_web_acl_for_resource", absent, ResourceArn=arn)
    return ((answer or {}).get("WebACL") or {}).get("ARN")
