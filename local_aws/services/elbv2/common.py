# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Names, certificates, and the two forms in which AWS gives actions and conditions back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from local_aws.refusal import Refusal

_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
# Conditions that AWS gives back with Values beside their own structure.
_BOTH_FORMS = {"path-pattern": "PathPatternConfig", "host-header": "HostHeaderConfig"}
_REDIRECT = {
    "Protocol": "#{protocol}",
    "Port": "#{port}",
    "Host": "#{host}",
    "Path": "/#{path}",
    "Query": "#{query}",
}
# What moto takes for the tasks of ECS too: a target group serves one load balancer.
_ONE_BALANCER = "The following target groups cannot be associated with more than one load balancer: {}"


def invalid(message: str) -> Refusal:
    return Refusal("ValidationError", message, 400)


def check_name(kind: str, name: str) -> None:
    if len(name) > 32:
        raise invalid(f"The {kind} name '{name}' cannot be longer than '32' characters")
    if not _NAME.fullmatch(name):
        raise invalid(
            f"The {kind} name '{name}' can only contain characters that are alphanumeric characters and hyphens(-), "
            "and cannot begin or end with a hyphen"
        )


def check_certificate(call: Any, arn: str) -> None:
    """Of this region, and issued: https://github.com/hashicorp/terraform-provider-aws/issues/26245."""
    service, region = (arn.split(":") + [""] * 4)[2:4]
    if service != "acm":
        return
    missing = Refusal("CertificateNotFound", f"Certificate '{arn}' not found", 400)
    if region != call.region:
        raise missing
    try:
        found = call.ask("acm", "DescribeCertificate", CertificateArn=arn)["Certificate"]
    except Refusal as refused:
        raise missing from refused
    if found["Status"] != "ISSUED":
        raise Refusal(
            "UnsupportedCertificate",
            f"The certificate '{arn}' must have a fully-qualified domain name, a supported signature, and a supported "
            "key size.",
            400,
        )


def groups_of(actions: Iterable[dict[str, Any]]) -> Iterator[str]:
    """ARNs of the target groups that the actions forward to."""
    for action in actions:
        for group in (action.get("ForwardConfig") or {}).get("TargetGroups") or []:
            yield group["TargetGroupArn"]
        if action.get("TargetGroupArn"):
            yield action["TargetGroupArn"]


def associations(call: Any) -> dict[str, set[str]]:
    """Target group to the load balancers whose listeners and rules forward to it."""
    found: dict[str, set[str]] = {}
    for balancer in call.backend().load_balancers.values():
        for listener in balancer.listeners.values():
            actions = [*listener.default_actions, *(one for rule in listener.rules.values() for one in rule.actions)]
            for arn in groups_of(action.data for action in actions):
                found.setdefault(arn, set()).add(balancer.arn)
    return found


def check_groups(call: Any, balancer: str, actions: Iterable[dict[str, Any]]) -> None:
    """A target group serves one load balancer, and is in its VPC."""
    known, backend = associations(call), call.backend()
    vpc = backend.load_balancers[balancer].vpc_id if balancer in backend.load_balancers else None
    for arn in groups_of(actions):
        group = backend.target_groups.get(arn)
        if known.get(arn, set()) - {balancer}:
            raise Refusal("TargetGroupAssociationLimit", _ONE_BALANCER.format(arn), 400)
        if group is not None and vpc and group.vpc_id not in (None, vpc):
            raise Refusal(
                "InvalidConfigurationRequest",
                f"The target group {arn} is in the VPC '{group.vpc_id}' and the load balancer in '{vpc}'",
                400,
            )


def balancer_of(arn: str) -> str:
    """The load balancer's ARN in that of a listener or rule."""
    kind = ":listener-rule/" if ":listener-rule/" in arn else ":listener/"
    path = arn.replace(kind, ":loadbalancer/").split("/")
    return "/".join(path[:4])


def shown_action(action: dict[str, Any]) -> dict[str, Any]:
    """A forward to one group is given back in both forms, one to several as ForwardConfig alone."""
    if action.get("Type") == "redirect":
        return {**action, "RedirectConfig": {**_REDIRECT, **(action.get("RedirectConfig") or {})}}
    if action.get("Type") != "forward":
        return action
    config = dict(action.get("ForwardConfig") or {})
    groups = config.get("TargetGroups") or [{"TargetGroupArn": action["TargetGroupArn"], "Weight": 1}]
    config["TargetGroups"] = groups
    config.setdefault("TargetGroupStickinessConfig", {"Enabled": False})
    rest = {key: value for key, value in action.items() if key != "TargetGroupArn"}
    single = {"TargetGroupArn": groups[0]["TargetGroupArn"]} if len(groups) == 1 else {}
    return {**rest, **single, "ForwardConfig": config}


def shown_condition(condition: dict[str, Any]) -> dict[str, Any]:
    """Paths and hosts are given back with Values and with their own structure."""
    config = _BOTH_FORMS.get(condition.get("Field", ""))
    if config is None:
        return condition
    values = (condition.get(config) or {}).get("Values") or condition.get("Values") or []
    return {**condition, "Values": values, config: {"Values": values}}
