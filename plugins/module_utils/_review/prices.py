# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""List prices in USD for us-east-1, on demand, as AWS's pricing pages gave them on PRICED_ON.

They are data, not an oracle: other regions and private agreements differ, so a user may overlay any of them.
Keys are "what.kind"; units are hour, GB-hour, GB-month or month.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from .._engine.errors import Refusal

PRICED_ON = "2026-02-18"
PRICE_REGION = "us-east-1"
HOURS_PER_MONTH = 730  # as AWS's pricing calculator counts


class Price(NamedTuple):
    """usd for one unit; page: where the figure comes from."""

    usd: float
    unit: str
    page: str


AURORA = "https://aws.amazon.com/rds/aurora/pricing/"
FARGATE = "https://aws.amazon.com/fargate/pricing/"
VPC = "https://aws.amazon.com/vpc/pricing/"
PRIVATELINK = "https://aws.amazon.com/privatelink/pricing/"
ELB = "https://aws.amazon.com/elasticloadbalancing/pricing/"
ELASTICACHE = "https://aws.amazon.com/elasticache/pricing/"
WAF = "https://aws.amazon.com/waf/pricing/"
KMS = "https://aws.amazon.com/kms/pricing/"
SECRETS = "https://aws.amazon.com/secrets-manager/pricing/"
CLOUDWATCH = "https://aws.amazon.com/cloudwatch/pricing/"
ECR = "https://aws.amazon.com/ecr/pricing/"

_SIZES = {"large": 1, "xlarge": 2, "2xlarge": 4, "4xlarge": 8, "8xlarge": 16}


def _family(prefix: str, large: float, page: str) -> dict[str, Price]:
    """A family's sizes: within one family AWS's prices double with the size."""
    return {f"{prefix}.{size}": Price(large * times, "hour", page) for size, times in _SIZES.items()}


PRICES: dict[str, Price] = {
    "aurora.db.t3.medium": Price(0.082, "hour", AURORA),
    "aurora.db.t3.large": Price(0.164, "hour", AURORA),
    "aurora.db.t4g.medium": Price(0.073, "hour", AURORA),
    "aurora.db.t4g.large": Price(0.146, "hour", AURORA),
    **_family("aurora.db.r5", 0.29, AURORA),
    **_family("aurora.db.r6i", 0.29, AURORA),
    **_family("aurora.db.r6g", 0.26, AURORA),
    **_family("aurora.db.r7g", 0.276, AURORA),
    "aurora.acu": Price(0.12, "hour", AURORA),
    "aurora.storage": Price(0.10, "GB-month", AURORA),
    "fargate.x86_64.vcpu": Price(0.04048, "hour", FARGATE),
    "fargate.x86_64.gb": Price(0.004445, "GB-hour", FARGATE),
    "fargate.arm64.vcpu": Price(0.03238, "hour", FARGATE),
    "fargate.arm64.gb": Price(0.00356, "GB-hour", FARGATE),
    "nat.gateway": Price(0.045, "hour", VPC),
    "vpc.public_ipv4": Price(0.005, "hour", VPC),
    "vpc.interface_endpoint": Price(0.01, "hour", PRIVATELINK),
    "elb.application": Price(0.0225, "hour", ELB),
    "cache.redis.cache.t3.micro": Price(0.017, "hour", ELASTICACHE),
    "cache.redis.cache.t3.small": Price(0.034, "hour", ELASTICACHE),
    "cache.redis.cache.t3.medium": Price(0.068, "hour", ELASTICACHE),
    "cache.redis.cache.t4g.micro": Price(0.016, "hour", ELASTICACHE),
    "cache.redis.cache.t4g.small": Price(0.032, "hour", ELASTICACHE),
    "cache.redis.cache.t4g.medium": Price(0.065, "hour", ELASTICACHE),
    "cache.valkey.cache.t3.micro": Price(0.0136, "hour", ELASTICACHE),
    "cache.valkey.cache.t3.small": Price(0.0272, "hour", ELASTICACHE),
    "cache.valkey.cache.t3.medium": Price(0.0544, "hour", ELASTICACHE),
    "cache.valkey.cache.t4g.micro": Price(0.0128, "hour", ELASTICACHE),
    "cache.valkey.cache.t4g.small": Price(0.0256, "hour", ELASTICACHE),
    "cache.valkey.cache.t4g.medium": Price(0.052, "hour", ELASTICACHE),
    "waf.web_acl": Price(5.00, "month", WAF),
    "waf.rule": Price(1.00, "month", WAF),
    "kms.key": Price(1.00, "month", KMS),
    "secrets.secret": Price(0.40, "month", SECRETS),
    "cloudwatch.alarm": Price(0.10, "month", CLOUDWATCH),
    "cloudwatch.composite_alarm": Price(0.50, "month", CLOUDWATCH),
    "cloudwatch.dashboard": Price(3.00, "month", CLOUDWATCH),
    "cloudwatch.log_storage": Price(0.03, "GB-month", CLOUDWATCH),
}

# Fargate Spot moves with supply; the review document's 70 % discount is taken. https://aws.amazon.com/fargate/pricing/
SPOT_FACTOR = 0.3


def monthly(key: str, quantity: float = 1, prices: Mapping[str, Price] = PRICES) -> float | None:
    """USD a month for a quantity of what the key names, None where there is no price for it."""
    price = prices.get(key)
    if price is None:
        return None
    hours = HOURS_PER_MONTH if price.unit.endswith("hour") else 1
    return round(price.usd * quantity * hours, 2)


def overlaid(own: Mapping[str, Any]) -> dict[str, Price]:
    """The list with a user's own prices over it: {"aurora.db.r8g.large": 0.31}. Errors: Refusal with all reasons.

    A key that is not on the list must begin like one that is, and takes its unit.
    """
    prices, reasons = dict(PRICES), []
    for key, usd in own.items():
        sibling = next((known for known in PRICES if known.split(".")[0] == key.split(".")[0]), None)
        if sibling is None:
            reasons.append(f"prices.{key}: nothing is priced under {key.split('.')[0]}")
        elif isinstance(usd, bool) or not isinstance(usd, int | float) or usd < 0:
            reasons.append(f"prices.{key}: {usd!r} is not an amount in USD")
        else:
            unit = PRICES.get(key, PRICES[sibling]).unit
            prices[key] = Price(float(usd), unit, "wa_review_prices")
    if reasons:
        raise Refusal(reasons)
    return prices
