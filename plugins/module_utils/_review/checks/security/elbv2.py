# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The load balancer's TLS: listeners, redirects, policies, certificates and their renewal; and what it lets through."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from ...engine import Stack
from ...model import Result, check
from ...parameters import Parameters
from ...results import Item, each, failed, not_applicable, passed, value
from ..common import fact, listed, verdict

_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application"
_ACM = "https://docs.aws.amazon.com/acm/latest/userguide"
_TLS_POLICIES = ("ELBSecurityPolicy-TLS13-1-2-", "ELBSecurityPolicy-TLS13-1-3-")


@check(
    id="alb_https_listener",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer serves HTTPS, and nothing in plain HTTP",
    needs=("elbv2.load_balancers", "elbv2.listeners"),
    role="ecs_service",
    item="SEC-7",
    recommendation="Set stack_domain and run the edge role for the certificate, then the ecs_service role: it makes the"
    " HTTPS listener.",
    source=f"{_GUIDE}/create-https-listener.html",
)
def alb_https_listener(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """An HTTPS listener, and no HTTP listener with a rule that forwards."""

    def judge(balancer: Item) -> Result:
        arn = balancer["LoadBalancerArn"]
        if balancer.get("Type") != "application":
            return not_applicable(fact("Type", balancer.get("Type")), arn)
        own = [one for one in stack.items("elbv2.listeners") if one.get("LoadBalancerArn") == arn]
        secure = [one.get("Port") for one in own if one.get("Protocol") == "HTTPS"]
        plain = [one.get("Port") for one in own if one.get("Protocol") == "HTTP" and _open_rules(one)]
        evidence = f"ports with HTTPS: {listed(secure)}; ports that forward plain HTTP: {listed(plain)}"
        return verdict(bool(secure) and not plain, arn, evidence)

    yield from each(stack.items("elbv2.load_balancers"), "LoadBalancerArn", judge)


@check(
    id="alb_http_redirect",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="high",
    resource_type="AwsElbv2Listener",
    title="HTTP listeners redirect to HTTPS",
    needs=("elbv2.listeners",),
    role="ecs_service",
    item="SEC-7",
    recommendation="Run the ecs_service role once the HTTPS listener stands: the HTTP listener then redirects.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
)
def alb_http_redirect(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Every rule of an HTTP listener redirects to HTTPS, or answers by itself."""

    def judge(listener: Item) -> Result:
        opened = _open_rules(listener)
        if opened:
            return failed(listener["ListenerArn"], f"Rules that do not redirect to HTTPS: {listed(opened)}")
        return passed(listener["ListenerArn"], "all Rules redirect to HTTPS or answer with fixed-response")

    plain = [one for one in stack.items("elbv2.listeners") if one.get("Protocol") == "HTTP"]
    yield from each(plain, "ListenerArn", judge)
    if not plain:
        yield not_applicable("no listener speaks HTTP")


@check(
    id="alb_acm_certificate",
    pillar="security",
    best_practice="SEC09-BP01",
    severity="medium",
    resource_type="AwsElbv2Listener",
    title="HTTPS listeners use certificates of ACM",
    needs=("elbv2.listeners",),
    role="ecs_service",
    item="SEC-7",
    recommendation="Set stack_domain: the edge role requests the certificate, ecs_service gives it to the listener.",
    source=f"{_GUIDE}/https-listener-certificates.html",
)
def alb_acm_certificate(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """Certificates of each HTTPS listener are ACM's and not IAM's, which nobody renews."""
    secure = [one for one in stack.items("elbv2.listeners") if one.get("Protocol") == "HTTPS"]
    for listener in secure:
        arns = [one.get("CertificateArn", "") for one in listener.get("Certificates") or ()]
        good = bool(arns) and all(arn.split(":")[2:3] == ["acm"] for arn in arns)
        yield verdict(good, listener["ListenerArn"], f"Certificates: {listed(arns)}")
    if not secure:
        yield not_applicable("no listener speaks HTTPS")


@check(
    id="alb_tls_policy",
    pillar="security",
    best_practice="SEC09-BP02",
    severity="medium",
    resource_type="AwsElbv2Listener",
    title="HTTPS listeners take TLS 1.2 and 1.3 with strong ciphers alone",
    needs=("elbv2.listeners",),
    role="ecs_service",
    item="SEC-7",
    recommendation="Run the ecs_service role: the listener gets ELBSecurityPolicy-TLS13-1-2-2021-06.",
    source=f"{_GUIDE}/describe-ssl-policies.html",
)
def alb_tls_policy(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """SslPolicy has TLS 1.3, nothing before TLS 1.2, and none of the extended lists of ciphers."""
    secure = [one for one in stack.items("elbv2.listeners") if one.get("Protocol") == "HTTPS"]
    for listener in secure:
        policy = str(listener.get("SslPolicy") or "")
        good = policy.startswith(_TLS_POLICIES) and "-Ext" not in policy
        yield verdict(good, listener["ListenerArn"], fact("SslPolicy", listener.get("SslPolicy")))
    if not secure:
        yield not_applicable("no listener speaks HTTPS")


@check(
    id="alb_drop_invalid_headers",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="medium",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer drops headers that are not valid",
    needs=("elbv2.load_balancers",),
    role="ecs_service",
    item="SEC-7",
    recommendation="Run the ecs_service role: it sets routing.http.drop_invalid_header_fields.enabled.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-4",
)
def alb_drop_invalid_headers(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The attribute routing.http.drop_invalid_header_fields.enabled."""
    yield from _attribute(stack, "routing.http.drop_invalid_header_fields.enabled", {"true"})


@check(
    id="alb_desync_mitigation",
    pillar="security",
    best_practice="SEC05-BP03",
    severity="low",
    resource_type="AwsElbv2LoadBalancer",
    title="The load balancer guards against request smuggling",
    needs=("elbv2.load_balancers",),
    role="ecs_service",
    item="SEC-7",
    recommendation="Set routing.http.desync_mitigation_mode to defensive or strictest; the ecs_service role does.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-12",
)
def alb_desync_mitigation(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """The attribute routing.http.desync_mitigation_mode."""
    yield from _attribute(stack, "routing.http.desync_mitigation_mode", {"defensive", "strictest"})


@check(
    id="acm_certificate_not_expiring",
    pillar="security",
    best_practice="SEC09-BP01",
    severity="high",
    resource_type="AwsCertificateManagerCertificate",
    title="No certificate in use expires soon",
    needs=("acm.certificates",),
    role="edge",
    item="SEC-7",
    recommendation="Renew it; ACM renews by itself those that it issued and whose DNS validation records still stand.",
    source="https://docs.aws.amazon.com/securityhub/latest/userguide/acm-controls.html#acm-1",
)
def acm_certificate_not_expiring(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """NotAfter is at least certificate_days away."""
    for certificate in stack.items("acm.certificates"):
        arn, end = certificate["CertificateArn"], certificate.get("NotAfter")
        if end is None:
            yield failed(arn, f"NotAfter is not set, {fact('Status', certificate.get('Status'))}")
            continue
        days = (date.fromisoformat(str(end)[:10]) - stack.today).days
        yield verdict(days >= parameters.certificate_days, arn, f"NotAfter is {end}, in {days} days")


@check(
    id="acm_renewal_eligible",
    pillar="security",
    best_practice="SEC09-BP01",
    severity="medium",
    resource_type="AwsCertificateManagerCertificate",
    title="Certificates in use renew by themselves",
    needs=("acm.certificates",),
    role="edge",
    item="SEC-7",
    recommendation="Replace an imported certificate by one of ACM's (edge role) and keep its DNS validation records.",
    source=f"{_ACM}/managed-renewal.html",
)
def acm_renewal_eligible(stack: Stack, parameters: Parameters) -> Iterator[Result]:
    """RenewalEligibility, and no renewal that failed."""
    for certificate in stack.items("acm.certificates"):
        eligible, kind = certificate.get("RenewalEligibility"), certificate.get("Type")
        renewal = (certificate.get("RenewalSummary") or {}).get("RenewalStatus")
        good = eligible == "ELIGIBLE" and renewal != "FAILED"
        facts = [fact("Type", kind), fact("RenewalEligibility", eligible), fact("RenewalStatus", renewal)]
        yield verdict(good, certificate["CertificateArn"], ", ".join(facts))


def _attribute(stack: Stack, key: str, wanted: Collection[str]) -> Iterator[Result]:
    """Whether the attribute of each application load balancer has one of the values."""

    def judge(balancer: Item) -> Result:
        arn = balancer["LoadBalancerArn"]
        if balancer.get("Type") != "application":
            return not_applicable(fact("Type", balancer.get("Type")), arn)
        found = (value(balancer, "Attributes", "describe_load_balancer_attributes") or {}).get(key)
        return verdict(found in wanted, arn, fact(key, found))

    yield from each(stack.items("elbv2.load_balancers"), "LoadBalancerArn", judge)


def _open_rules(listener: Item) -> list[str]:
    """Priorities of the rules that serve something else than a redirect to HTTPS or a fixed answer."""
    rules = value(listener, "Rules", "describe_rules") or [{"Actions": listener.get("DefaultActions")}]
    return [str(one.get("Priority", "default")) for one in rules if not all(map(_closed, one.get("Actions") or ()))]


def _closed(action: Item) -> bool:
    if action.get("Type") == "redirect":
        return bool((action.get("RedirectConfig") or {}).get("Protocol") == "HTTPS")
    return bool(action.get("Type") == "fixed-response")
