# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Listeners: ports, TLS policies, certificates, attributes."""

from __future__ import annotations

from typing import Any

from moto.elbv2.ssl_policies import SSL_POLICIES

from local_aws.refusal import Refusal
from local_aws.services.elbv2 import aws
from local_aws.services.elbv2.common import balancer_of, check_certificate, check_groups, invalid, shown_action

SECURE = ("HTTPS", "TLS")
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-configuration.html
_SERVER = "routing.http.response.server.enabled"
_HEADERS = (
    "access_control_allow_credentials",
    "access_control_allow_headers",
    "access_control_allow_methods",
    "access_control_allow_origin",
    "access_control_expose_headers",
    "access_control_max_age",
    "content_security_policy",
    "strict_transport_security",
    "x_content_type_options",
    "x_frame_options",
)
_ATTRIBUTES = {_SERVER: "true", **{f"routing.http.response.{name}.header_value": "" for name in _HEADERS}}
_REQUEST = "routing.http.request.x_amzn_"
_MOST_CERTIFICATES = 25


def _listener(call: Any, arn: str) -> Any:
    balancer = call.backend().load_balancers.get(balancer_of(arn))
    return balancer.listeners.get(arn) if balancer is not None else None


def _check_policy(call: Any, protocol: str) -> None:
    policy = call.params.get("SslPolicy")
    if policy is not None and policy not in SSL_POLICIES:
        raise Refusal("SSLPolicyNotFound", f"SSL policy '{policy}' not found", 400)
    if protocol not in SECURE and (policy is not None or call.params.get("Certificates")):
        raise invalid(f"A certificate or an SSL policy cannot be specified for {protocol} listeners")


def _check_certificates(call: Any) -> None:
    certificates = call.params.get("Certificates", [])
    if len(certificates) > 1:
        raise Refusal("TooManyCertificates", "Only one certificate can be the default of a listener", 400)
    for one in certificates:
        check_certificate(call, one["CertificateArn"])


@aws.before("CreateListener")
def new_listener(call: Any) -> None:
    params = call.params
    balancer = call.backend().load_balancers.get(params["LoadBalancerArn"])
    if balancer is None:
        return
    if any(str(one.port) == str(params.get("Port")) for one in balancer.listeners.values()):
        raise Refusal("DuplicateListener", "A listener already exists on this port for this load balancer", 400)
    protocol = params.get("Protocol", "")
    _check_policy(call, protocol)
    if protocol in SECURE and not params.get("Certificates"):
        raise invalid(f"A certificate must be specified for {protocol} listeners")
    _check_certificates(call)
    check_groups(call, balancer.arn, params["DefaultActions"])


@aws.after("CreateListener")
def made_listener(call: Any, answer: dict[str, Any]) -> None:
    for shown in answer["Listeners"]:
        listener = _listener(call, shown["ListenerArn"])
        if shown["Protocol"] in ("HTTP", "HTTPS"):
            listener.attributes = dict(_ATTRIBUTES)


@aws.before("ModifyListener")
def changed_listener(call: Any) -> None:
    """What is set is the default certificate; the others stay."""
    params = call.params
    listener = _listener(call, params["ListenerArn"])
    if listener is None:
        return
    protocol = params.get("Protocol") or listener.protocol
    _check_policy(call, protocol)
    if protocol in SECURE and not (params.get("Certificates") or listener.certificates):
        raise invalid(f"A certificate must be specified for {protocol} listeners")
    _check_certificates(call)
    check_groups(call, listener.load_balancer_arn, params.get("DefaultActions", []))
    call.further_certificates = listener.certificates[1:]
    # moto takes no list for an empty one.
    if "DefaultActions" not in params:
        call.change(DefaultActions=[action.data for action in listener.default_actions])


@aws.after("ModifyListener")
def kept_certificates(call: Any, answer: dict[str, Any]) -> None:
    listener = _listener(call, call.params["ListenerArn"])
    if listener.protocol not in SECURE:
        listener.certificates, listener.certificate = [], None
        return
    default = listener.certificates[:1]
    listener.certificates = [*default, *(arn for arn in call.further_certificates if arn not in default)]


@aws.before("AddListenerCertificates")
def further_certificates(call: Any) -> dict[str, Any] | None:
    """Adding one that is there already succeeds and changes nothing."""
    listener = _listener(call, call.params["ListenerArn"])
    if listener is None:
        return None
    arns = [one["CertificateArn"] for one in call.params["Certificates"]]
    for arn in arns:
        check_certificate(call, arn)
    added = [arn for arn in arns if arn not in listener.certificates[1:]]
    if len(listener.certificates) + len(added) > _MOST_CERTIFICATES + 1:
        raise Refusal("TooManyCertificates", "You've reached the limit on the number of certificates per listener", 400)
    listener.certificates += added
    return {"Certificates": [{"CertificateArn": arn, "IsDefault": False} for arn in arns]}


@aws.before("RemoveListenerCertificates")
def removed_certificates(call: Any) -> dict[str, Any] | None:
    """The default certificate is none of the list, and is replaced by ModifyListener alone."""
    listener = _listener(call, call.params["ListenerArn"])
    if listener is None:
        return None
    arns = {one["CertificateArn"] for one in call.params["Certificates"]}
    if arns & set(listener.certificates[:1]) - set(listener.certificates[1:]):
        raise Refusal("OperationNotPermitted", "Default certificate cannot be removed", 400)
    listener.certificates[1:] = [arn for arn in listener.certificates[1:] if arn not in arns]
    return {}


@aws.before("ModifyListenerAttributes")
def attribute_rule(call: Any) -> None:
    listener = _listener(call, call.params["ListenerArn"])
    for one in call.params["Attributes"] if listener is not None and listener.protocol in ("HTTP", "HTTPS") else ():
        if one["Key"] not in _ATTRIBUTES and not one["Key"].startswith(_REQUEST):
            raise invalid(f"Listener attribute key '{one['Key']}' is not recognized")


@aws.after("CreateListener", "DescribeListeners", "ModifyListener")
def shown_listeners(call: Any, answer: dict[str, Any]) -> None:
    """As AWS gives them back: the default certificate alone, no policy without TLS, forwards in both forms."""
    for shown in answer.get("Listeners", []):
        shown["DefaultActions"] = [shown_action(one) for one in shown.get("DefaultActions", [])]
        if shown.get("Protocol") in SECURE:
            listener = _listener(call, shown["ListenerArn"])
            shown["Certificates"] = [{"CertificateArn": arn} for arn in listener.certificates[:1]]
            shown["MutualAuthentication"] = {"Mode": "off"}
        else:
            for name in ("Certificates", "SslPolicy"):
                shown.pop(name, None)
