# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Listeners: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html

A listener has no name at AWS. Here it is called as its load balancer and its port: "mywebapp-prod-alb:443".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..._describe import acm, elbv2
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import Kind, Reference, State
from ..acm.acm_certificate import ACM_CERTIFICATE, ISSUED, not_issued
from .actions import action_reasons, action_state, actions_to_send, same_action, weights
from .common import attributes_to_set, busy, eventual, given_tags, same_attributes, tag
from .load_balancer import LOAD_BALANCER
from .target_group import TARGET_GROUP

HTTPS = "HTTPS"
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


def place(name: str) -> tuple[str, int]:
    """Load balancer and port of a listener's name. Errors: Refusal."""
    balancer, _colon, port = name.rpartition(":")
    if not balancer or not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise Refusal(
            f"listener {name}: a listener is called as its load balancer and its port, as mywebapp-prod-alb:443"
        )
    return balancer, int(port)


def listeners_by_name(aws: Aws, items: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Listeners in AWS's shape by the items' names. A load balancer that is known by ARN is not looked for."""
    places = {item["name"]: (*place(item["name"]), str(item.get("load_balancer") or "")) for item in items}
    arns = {balancer: arn for balancer, _port, arn in places.values() if arn.startswith("arn:")}
    unknown = {balancer for balancer, _port, _arn in places.values()} - set(arns)
    if unknown:
        found = elbv2.load_balancers(aws, names=unknown, tagged=False)
        arns |= {one["LoadBalancerName"]: one["LoadBalancerArn"] for one in found}
    balancers = sorted(arns)
    answers = aws.map(lambda name: elbv2.listeners_of(aws, arns[name]), balancers)
    at = {
        (name, listener.get("Port")): listener
        for name, listeners in zip(balancers, answers, strict=True)
        for listener in listeners
    }
    return {name: at[balancer, port] for name, (balancer, port, _arn) in places.items() if (balancer, port) in at}


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """Errors: Refusal where a certificate that a listener does not have yet is not issued."""
    found = listeners_by_name(aws, items)
    elbv2.with_tags(aws, list(found.values()), "ListenerArn")
    wishes = {item["name"]: item for item in items}

    def state(name: str) -> State:
        listener, wish = found[name], wishes[name]
        certificates = _certificates(aws, listener) if listener.get("Certificates") else []
        attributes = elbv2.listener_attributes(aws, listener) if wish.get("attributes") else None
        return _state(name, listener, certificates, attributes)

    states = {one["name"]: one for one in aws.map(state, sorted(found))}
    _refuse_unissued(aws, items, states)
    return states


def _certificates(aws: Aws, listener: Mapping[str, Any]) -> list[str]:
    """ARNs, the default one first."""
    default = [one["CertificateArn"] for one in listener["Certificates"]]
    every = [one["CertificateArn"] for one in elbv2.listener_certificates(aws, listener["ListenerArn"])]
    return [*default, *sorted(set(every) - set(default))]


def _state(name: str, listener: Mapping[str, Any], certificates: list[str], attributes: dict[str, str] | None) -> State:
    actions = listener.get("DefaultActions") or []
    return {
        "name": name,
        "arn": listener["ListenerArn"],
        "load_balancer": listener["LoadBalancerArn"],
        "port": listener["Port"],
        "protocol": listener.get("Protocol"),
        "ssl_policy": listener.get("SslPolicy"),
        "certificates": certificates,
        "default_action": action_state(actions),
        "weights": weights(actions),
        "actions": actions,
        "attributes": attributes,
        "tags": listener["Tags"],
    }


def _refuse_unissued(aws: Aws, items: Sequence[State], found: Mapping[str, State]) -> None:
    new = {
        arn
        for item in items
        for arn in item.get("certificates") or ()
        if arn.split(":")[2:4] == ["acm", aws.region] and arn not in found.get(item["name"], {}).get("certificates", ())
    }
    known = acm.certificates(aws, arns=new)
    pending = [not_issued(one) for one in known if one["Status"] != ISSUED]
    if pending:
        raise Refusal(pending)


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """ARNs alone."""
    return {name: {"arn": one["ListenerArn"]} for name, one in listeners_by_name(aws, items).items()}


def create(aws: Aws, desired: State) -> None:
    """With its default certificate; further ones follow by update."""
    aws.call_once(
        "elbv2",
        "create_listener",
        LoadBalancerArn=desired["load_balancer"],
        Port=place(desired["name"])[1],
        Protocol=desired["protocol"],
        DefaultActions=actions_to_send([], desired["default_action"]),
        **_tls(desired),
        **given_tags(desired),
    )


def _tls(desired: State) -> dict[str, Any]:
    if desired["protocol"] != HTTPS:
        return {}
    policy = {"SslPolicy": desired["ssl_policy"]} if desired.get("ssl_policy") else {}
    return {**policy, "Certificates": [{"CertificateArn": desired["certificates"][0]}]}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    """A certificate that stops being the default one goes on serving its own names, as do those of others."""
    listener = {"ListenerArn": found["arn"]}
    certificates, there = desired.get("certificates") or [], found["certificates"]
    secured = "protocol" in fields and desired["protocol"] == HTTPS
    if "certificates" in fields and not secured:
        former = {arn for arn in there[:1] if arn != certificates[0]}
        yield from _added(aws, listener, (set(certificates[1:]) - set(there[1:])) | former)
    sent: dict[str, Any] = {"Protocol": desired["protocol"], **_tls(desired)} if "protocol" in fields else {}
    if "ssl_policy" in fields:
        sent["SslPolicy"] = desired["ssl_policy"]
    if "certificates" in fields and there[:1] != certificates[:1]:
        sent["Certificates"] = [{"CertificateArn": certificates[0]}]
    if "default_action" in fields:
        sent["DefaultActions"] = actions_to_send(found["actions"], desired["default_action"])
    if sent:
        aws.call("elbv2", "modify_listener", **listener, **sent)
        yield fields & {"protocol", "ssl_policy", "default_action"}
    if secured:
        yield from _added(aws, listener, set(certificates[1:]))
    yield fields & {"certificates"}
    if "attributes" in fields:
        attributes = attributes_to_set(found, desired)
        aws.call("elbv2", "modify_listener_attributes", **listener, Attributes=attributes)
        yield frozenset({"attributes"})


def _added(aws: Aws, listener: Mapping[str, str], arns: set[str]) -> Iterator[frozenset[str]]:
    """AddListenerCertificates, which may be repeated."""
    if arns:
        certificates = [{"CertificateArn": arn} for arn in sorted(arns)]
        aws.call("elbv2", "add_listener_certificates", **listener, Certificates=certificates)
        yield frozenset()


def same_certificates(found: Any, desired: Any) -> bool:
    """The default one is the first, and the others are among those that the listener has; further ones stay."""
    return (found or [])[:1] == desired[:1] and set(desired) <= set(found or [])


def check(desired: State) -> list[str]:
    reasons = action_reasons(desired.get("default_action"))
    certificates = desired.get("certificates") or []
    if desired["protocol"] == HTTPS and not certificates:
        reasons.append("an HTTPS listener needs certificates; name the default one first")
    if desired["protocol"] != HTTPS and (certificates or desired.get("ssl_policy")):
        reasons.append(f"certificates and ssl_policy are HTTPS's, and the protocol is {desired['protocol']}")
    home = str(desired["load_balancer"]).split(":")[3:4]
    reasons += [
        f"the certificate {arn} is of another region than the load balancer; name one of {home[0]}"
        for arn in certificates
        if home and arn.split(":")[2:3] == ["acm"] and arn.split(":")[3:4] != home
    ]
    return reasons


LISTENER = Kind(
    name="listener",
    role="ecs_service",
    read=read,
    lookup=lookup,
    create=create,
    update=update,
    tag=tag,
    references={
        "load_balancer": Reference(LOAD_BALANCER, "arn"),
        "certificates": Reference(ACM_CERTIFICATE, "arn"),
        "default_action.forward": Reference(TARGET_GROUP, "arn"),
    },
    equal={
        "certificates": same_certificates,
        "default_action": same_action,
        "attributes": same_attributes,
    },
    eventual=eventual,
    busy=busy,
    check=check,
)
