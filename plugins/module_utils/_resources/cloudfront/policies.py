# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the three sorts of CloudFront's policies have in common: a name, versions, AWS's own beside the account's.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/working-with-policies.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._describe import cloudfront
from ..._engine.aws import Aws
from ..._engine.kind import Kind, State, same_members
from .common import counted, outdated, uncounted

Config = Mapping[str, Any]

# The API's names of AWS's policies begin so; its documentation and its console leave it out.
_MANAGED = "Managed-"
# What of a request goes into a key, or to the origin: option -> member, member of the behavior, member of the names.
_PARTS = {
    "header": ("HeadersConfig", "HeaderBehavior", "Headers", "headers"),
    "cookie": ("CookiesConfig", "CookieBehavior", "Cookies", "cookies"),
    "query_string": ("QueryStringsConfig", "QueryStringBehavior", "QueryStrings", "query_strings"),
}
_NAMED = frozenset({"whitelist", "allExcept", "allViewerAndWhitelistCloudFront"})


def policy_kind(
    sort: str,
    name: str,
    options_of: Callable[[Config], State],
    patched: Callable[[Config, State], dict[str, Any]],
    **more: Any,
) -> Kind:
    """A sort of policies. sort: AWS's word. options_of: a configuration as options; patched: the other way round, over
    the one that is there ({} for a new one)."""
    operation = name.removeprefix("cloudfront_")

    def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        """By name, with or without Managed- before AWS's own, or id. An account's own comes first."""
        found = cloudfront.policies(aws, sort)
        named = {one["Config"]["Name"].removeprefix(_MANAGED): one for one in found if one["Type"] == "managed"}
        named |= {one["Config"]["Name"]: one for one in found} | {one["Id"]: one for one in found}
        wanted = {item["name"] for item in items}
        return {
            name: {**options_of(one["Config"]), "name": name, "id": one["Id"], "managed": one["Type"] == "managed"}
            for name, one in named.items()
            if name in wanted
        }

    def create(aws: Aws, desired: State) -> None:
        config = {f"{sort}Config": {"Name": desired["name"], **patched({}, desired)}}
        aws.call_once("cloudfront", f"create_{operation}", **config)

    def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
        whole = cloudfront.policy(aws, sort, found["id"])
        asked = {option: desired[option] for option in fields}
        config = {f"{sort}Config": patched(whole["Config"], asked)}
        aws.call("cloudfront", f"update_{operation}", Id=found["id"], IfMatch=whole["ETag"], **config)

    return Kind(name=name, role="edge", read=read, create=create, update=update, eventual=outdated, **more)


def parts_of(config: Config) -> State:
    """header_behavior, headers and so on, of a configuration; names of headers are the same in any case."""
    options: State = {}
    for option, (member, behavior, names, listed) in _PARTS.items():
        part = config.get(member) or {}
        options[f"{option}_behavior"] = part.get(behavior)
        options[listed] = sorted(uncounted(part.get(names)), key=str.lower)
    return options


def parts_patched(config: Config, desired: State) -> dict[str, Any]:
    """The members of a configuration for the options that are given; a list alone is a whitelist."""
    patched: dict[str, Any] = {}
    for option, (member, behavior, names, listed) in _PARTS.items():
        if desired.get(f"{option}_behavior") is None and desired.get(listed) is None:
            continue
        before = config.get(member) or {}
        kind = desired.get(f"{option}_behavior") or before.get(behavior) or "none"
        given = desired.get(listed)
        chosen = uncounted(before.get(names)) if given is None else given
        patched[member] = {behavior: kind, **({names: counted(chosen)} if kind in _NAMED else {})}
    return patched


def parts_check(desired: State) -> list[str]:
    """Names and behavior go together."""
    reasons = []
    for option, (_member, _behavior, _names, listed) in _PARTS.items():
        kind, chosen = desired.get(f"{option}_behavior"), desired.get(listed)
        if chosen and kind not in _NAMED:
            reasons.append(f"{listed} need a {option}_behavior of whitelist or allExcept")
        if kind in _NAMED and not chosen:
            reasons.append(f"{option}_behavior {kind} needs {listed}")
    return reasons


def same_names(found: Any, desired: Any) -> bool:
    """Header names are the same in any case."""
    return same_members([one.lower() for one in found or []], [one.lower() for one in desired or []])


SAME_PARTS = {"headers": same_names, "cookies": same_members, "query_strings": same_members}
