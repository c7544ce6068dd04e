# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a listener or a rule does with a request: forward it, redirect it, or answer by itself. Pure.

As an option an action is {forward: [target groups]}, {redirect: {...}} or {fixed_response: {...}}. The first target
group gets all the traffic when the action is made. From then on the weights are the deployment's: ECS swings them at
each blue/green deployment, and looks for both groups in the rule:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html and
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..._engine.kind import State

ALL, NONE = 100, 0  # weights
_REDIRECT = {
    "protocol": "Protocol",
    "port": "Port",
    "host": "Host",
    "path": "Path",
    "query": "Query",
    "status_code": "StatusCode",
}
# What AWS takes where a redirect does not say.
_SAME = {"protocol": "#{protocol}", "port": "#{port}", "host": "#{host}", "path": "/#{path}", "query": "#{query}"}
_FIXED = {"status_code": "StatusCode", "content_type": "ContentType", "message_body": "MessageBody"}

# The option of a module: one of the three.
ACTION: dict[str, Any] = {
    "type": "dict",
    "required_one_of": [["forward", "redirect", "fixed_response"]],
    "mutually_exclusive": [["forward", "redirect", "fixed_response"]],
    "options": {
        "forward": {"type": "list", "elements": "str"},
        "redirect": {
            "type": "dict",
            "options": {
                "protocol": {"type": "str", "default": "HTTPS"},
                "port": {"type": "str", "default": "443"},
                "host": {"type": "str"},
                "path": {"type": "str"},
                "query": {"type": "str"},
                "status_code": {"type": "str", "choices": ["HTTP_301", "HTTP_302"], "default": "HTTP_301"},
            },
        },
        "fixed_response": {
            "type": "dict",
            "options": {
                "status_code": {"type": "str", "default": "404"},
                "content_type": {"type": "str"},
                "message_body": {"type": "str"},
            },
        },
    },
}


def action_state(actions: Sequence[Mapping[str, Any]]) -> State:
    """The last action in the shape of the option, target groups with the most traffic first.

    Others before it sign users in, or verify their tokens.
    """
    last = actions[-1] if actions else {}
    kind = last.get("Type")
    if kind == "forward":
        found = weights(actions)
        return {"forward": sorted(found, key=lambda arn: (-found[arn], arn))}
    if kind == "redirect":
        config = last.get("RedirectConfig") or {}
        return {"redirect": {**_SAME, **{name: config[key] for name, key in _REDIRECT.items() if config.get(key)}}}
    if kind == "fixed-response":
        config = last.get("FixedResponseConfig") or {}
        return {"fixed_response": {name: config[key] for name, key in _FIXED.items() if config.get(key)}}
    return {"other": kind}


def weights(actions: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Target group (ARN) to weight of the last action; empty where it forwards nothing."""
    last = actions[-1] if actions else {}
    groups = (last.get("ForwardConfig") or {}).get("TargetGroups") or []
    if not groups and last.get("TargetGroupArn"):
        return {str(last["TargetGroupArn"]): 1}
    return {str(one["TargetGroupArn"]): int(one.get("Weight", 1)) for one in groups}


def same_action(found: Any, desired: Any) -> bool:
    """The same thing is done, whoever of the target groups has the traffic."""
    found, wanted = found or {}, given(desired)
    if "forward" in wanted:
        return set(found.get("forward") or ()) == set(wanted["forward"])
    if "redirect" in wanted:
        return bool(found.get("redirect") == {**_SAME, **given(wanted["redirect"])})
    return bool(found.get("fixed_response") == given(wanted.get("fixed_response")))


def given(options: Mapping[str, Any] | None) -> dict[str, Any]:
    """Options without those that were not set. An empty text says as little."""
    return {key: value for key, value in (options or {}).items() if value not in (None, "")}


def actions_to_send(before: Sequence[Mapping[str, Any]], desired: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The actions as AWS takes them: the desired one in place of the last, those before it as they are.

    before: what is there, [] for something new. Of the target groups that stay, each keeps its share.
    """
    earlier = [_kept(one) for one in before[:-1]]
    order = {"Order": len(earlier) + 1} if earlier else {}
    return [*earlier, {**_sent(before, given(desired)), **order}]


def _kept(action: Mapping[str, Any]) -> dict[str, Any]:
    """AWS does not give back the secret of a sign-in, and takes the action without it when told so."""
    kept = dict(action)
    if kept.get("AuthenticateOidcConfig"):
        kept["AuthenticateOidcConfig"] = {**kept["AuthenticateOidcConfig"], "UseExistingClientSecret": True}
    return kept


def _sent(before: Sequence[Mapping[str, Any]], wanted: Mapping[str, Any]) -> dict[str, Any]:
    if "forward" in wanted:
        shares = _shares(weights(before), wanted["forward"])
        groups = [{"TargetGroupArn": arn, "Weight": shares[arn]} for arn in wanted["forward"]]
        sticky = ((before[-1] if before else {}).get("ForwardConfig") or {}).get("TargetGroupStickinessConfig")
        config = {"TargetGroups": groups, **({"TargetGroupStickinessConfig": sticky} if sticky else {})}
        return {"Type": "forward", "ForwardConfig": config}
    if "redirect" in wanted:
        options = {**_SAME, **given(wanted["redirect"])}
        return {"Type": "redirect", "RedirectConfig": {_REDIRECT[name]: value for name, value in options.items()}}
    options = given(wanted["fixed_response"])
    return {"Type": "fixed-response", "FixedResponseConfig": {_FIXED[name]: value for name, value in options.items()}}


def _shares(found: Mapping[str, int], groups: Sequence[str]) -> dict[str, int]:
    """Weights of the groups: what each has; all for the first where none of them has traffic."""
    there = {arn: found.get(arn, NONE) for arn in groups}
    if any(there.values()):
        return there
    return {arn: ALL if arn == groups[0] else NONE for arn in groups}


def action_reasons(desired: Mapping[str, Any] | None) -> list[str]:
    """What is wrong with an action that no argument spec can say."""
    groups = given(desired).get("forward")
    if groups is None:
        return []
    if not groups:
        return ["an action that forwards names no target group; name one, or two for blue/green deployments"]
    if len(set(groups)) != len(groups):
        return ["a target group stands twice in the action; AWS takes each once"]
    return ["an action forwards to more than five target groups, which is AWS's most"] if len(groups) > 5 else []
