# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the stack costs a month, line by line, from the snapshot and the price list.

Priced is what runs all month: instances, tasks, gateways, keys. What is billed by traffic or by request is named
in NOT_COUNTED and not guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from .._stack.snapshot import Snapshot, Unavailable
from .prices import PRICE_REGION, PRICED_ON, PRICES, SPOT_FACTOR, Price, monthly

Item = Mapping[str, Any]

NOT_COUNTED = (
    "what runs in the recovery region",
    "data transfer, NAT and endpoint gigabytes, load balancer and CloudFront traffic",
    "requests: WAF, S3, KMS, Secrets Manager, X-Ray, CloudWatch API",
    "Aurora I/O and backup storage, S3 and image storage, log ingestion",
    "GuardDuty, Security Hub, Config and CloudTrail, which count events",
    "taxes, support, Savings Plans and reservations",
)


@dataclass(frozen=True)
class Line:
    """One line of the bill. monthly_usd is None where the list has no price for the key."""

    area: str
    what: str
    key: str
    quantity: float
    unit: str
    unit_usd: float | None
    monthly_usd: float | None
    page: str
    note: str = ""


@dataclass(frozen=True)
class Estimate:
    """lines, their sum in USD a month, and what could not be priced and why."""

    lines: tuple[Line, ...]
    total_usd: float
    missing: tuple[str, ...]
    region: str

    def as_dict(self) -> dict[str, Any]:
        """JSON."""
        return {
            "currency": "USD",
            "priced_on": PRICED_ON,
            "price_region": PRICE_REGION,
            "stack_region": self.region,
            "total_usd": self.total_usd,
            "lines": [asdict(line) for line in self.lines],
            "missing": list(self.missing),
            "not_counted": list(NOT_COUNTED),
        }


@dataclass(frozen=True)
class Usage:
    """So much of what a price key names."""

    area: str
    what: str
    key: str
    quantity: float
    factor: float = 1.0
    note: str = ""


def estimate(snapshot: Snapshot, prices: Mapping[str, Price] = PRICES) -> Estimate:
    """The stack's monthly cost. A collector that failed is named in missing; nothing is taken for zero silently."""
    usages: list[Usage] = []
    missing: list[str] = []
    for read in READERS:
        try:
            usages += read(snapshot)
        except Unavailable as error:
            missing.append(f"{error.collector}: {error.error.get('code', '')} {error.error.get('message', '')}".strip())
    lines = tuple(_line(usage, prices) for usage in _merged(usages))
    missing += [f"no price for {line.key}" for line in lines if line.monthly_usd is None]
    total = round(sum(line.monthly_usd or 0 for line in lines), 2)
    return Estimate(lines, total, tuple(dict.fromkeys(missing)), snapshot.region)


def _merged(usages: Iterable[Usage]) -> Iterator[Usage]:
    """Usages of one kind added up, in the order in which they came."""
    sums: dict[tuple[str, str, str, float, str], float] = {}
    for one in usages:
        kind = (one.area, one.what, one.key, one.factor, one.note)
        sums[kind] = sums.get(kind, 0) + one.quantity
    for (area, what, key, factor, note), quantity in sums.items():
        if quantity:
            yield Usage(area, what, key, quantity, factor, note)


def _line(usage: Usage, prices: Mapping[str, Price]) -> Line:
    price = prices.get(usage.key)
    amount = monthly(usage.key, usage.quantity * usage.factor, prices)
    return Line(
        area=usage.area,
        what=usage.what,
        key=usage.key,
        quantity=round(usage.quantity, 3),
        unit=price.unit if price else "",
        unit_usd=round(price.usd * usage.factor, 6) if price else None,
        monthly_usd=amount,
        page=price.page if price else "",
        note=usage.note,
    )


def _aurora(snapshot: Snapshot) -> Iterator[Usage]:
    for instance in snapshot.items("rds.db_instances"):
        kind = instance["DBInstanceClass"]
        if kind != "db.serverless":
            yield Usage("Aurora", f"{kind} instances", f"aurora.{kind}", 1)
    for cluster in snapshot.items("rds.db_clusters"):
        scaling = cluster.get("ServerlessV2ScalingConfiguration")
        if scaling:
            note = "the least capacity that is always there"
            yield Usage(
                "Aurora", "Serverless v2 capacity units", "aurora.acu", scaling.get("MinCapacity", 0), note=note
            )


def _fargate(snapshot: Snapshot) -> Iterator[Usage]:
    definitions = {one["taskDefinitionArn"]: one for one in snapshot.items("ecs.task_definitions")}
    for service in snapshot.items("ecs.services"):
        definition = definitions.get(service["taskDefinition"])
        if definition and definition.get("cpu"):
            yield from _tasks(service, definition)


def _tasks(service: Item, definition: Item) -> Iterator[Usage]:
    architecture = ((definition.get("runtimePlatform") or {}).get("cpuArchitecture") or "X86_64").lower()
    count = int(service.get("desiredCount", 0))
    spot = count * spot_share(service.get("capacityProviderStrategy") or (), count)
    for tasks, factor, name in ((count - spot, 1.0, "Fargate"), (spot, SPOT_FACTOR, "Fargate Spot")):
        cpu, memory = int(definition["cpu"]) / 1024, int(definition["memory"]) / 1024
        note = "" if factor == 1.0 else "at 70 % below the list"
        shape = f"{name} {architecture}"
        yield Usage("ECS", f"{shape} vCPU", f"fargate.{architecture}.vcpu", tasks * cpu, factor, note)
        yield Usage("ECS", f"{shape} memory", f"fargate.{architecture}.gb", tasks * memory, factor, note)


def spot_share(strategy: Iterable[Item], count: int) -> float:
    """The share (0 to 1) of count tasks that a capacity provider strategy gives to FARGATE_SPOT."""
    entries = list(strategy)
    weights = sum(entry.get("weight", 0) for entry in entries)
    if not count or not entries:
        return 0.0
    left = max(0, count - sum(entry.get("base", 0) for entry in entries))
    spot = 0.0
    for entry in entries:
        if entry.get("capacityProvider") == "FARGATE_SPOT":
            spot += entry.get("base", 0) + (left * entry.get("weight", 0) / weights if weights else 0)
    return min(1.0, spot / count)


def _nat(snapshot: Snapshot) -> Iterator[Usage]:
    for gateway in snapshot.items("ec2.nat_gateways"):
        if gateway.get("State") in {"available", "pending"}:
            addresses = [one for one in gateway.get("NatGatewayAddresses") or () if one.get("PublicIp")]
            yield Usage("Network", "NAT gateways", "nat.gateway", _zones_of_nat(gateway))
            yield Usage("Network", "Public IPv4 addresses", "vpc.public_ipv4", len(addresses))


def _zones_of_nat(gateway: Item) -> int:
    """A regional gateway is billed for each zone that it serves."""
    if gateway.get("AvailabilityMode") != "regional":
        return 1
    zones = {one.get("AvailabilityZone") for one in gateway.get("NatGatewayAddresses") or ()}
    return max(1, len(zones - {None}))


def _endpoints(snapshot: Snapshot) -> Iterator[Usage]:
    for endpoint in snapshot.items("ec2.vpc_endpoints"):
        if endpoint.get("VpcEndpointType") == "Interface":
            zones = len(endpoint.get("SubnetIds") or ())
            yield Usage("Network", "Interface endpoints, one for each zone", "vpc.interface_endpoint", zones)


def _load_balancers(snapshot: Snapshot) -> Iterator[Usage]:
    for balancer in snapshot.items("elbv2.load_balancers"):
        if balancer.get("Type", "application") == "application":
            yield Usage("Network", "Application load balancers", "elb.application", 1)
            if balancer.get("Scheme") == "internet-facing":
                zones = len(balancer.get("AvailabilityZones") or ())
                yield Usage("Network", "Public IPv4 addresses", "vpc.public_ipv4", zones)


def _cache(snapshot: Snapshot) -> Iterator[Usage]:
    for group in snapshot.items("elasticache.replication_groups"):
        engine, kind = group.get("Engine") or "redis", group.get("CacheNodeType")
        nodes = len(group.get("MemberClusters") or ())
        yield Usage("ElastiCache", f"{engine} {kind} nodes", f"cache.{engine}.{kind}", nodes)
    for cluster in snapshot.items("elasticache.cache_clusters"):
        if not cluster.get("ReplicationGroupId"):
            engine, kind = cluster.get("Engine") or "redis", cluster.get("CacheNodeType")
            yield Usage(
                "ElastiCache", f"{engine} {kind} nodes", f"cache.{engine}.{kind}", cluster.get("NumCacheNodes", 1)
            )


def _waf(snapshot: Snapshot) -> Iterator[Usage]:
    for acl in snapshot.items("wafv2.web_acls"):
        yield Usage("Security", "Web ACLs", "waf.web_acl", 1)
        yield Usage("Security", "Web ACL rules", "waf.rule", len(acl.get("Rules") or ()))


def _keys(snapshot: Snapshot) -> Iterator[Usage]:
    for key in snapshot.items("kms.keys"):
        if key.get("KeyManager", "CUSTOMER") == "CUSTOMER" and key.get("KeyState", "Enabled") != "PendingDeletion":
            yield Usage("Security", "Customer-managed keys", "kms.key", 1)


def _secrets(snapshot: Snapshot) -> Iterator[Usage]:
    yield Usage("Security", "Secrets", "secrets.secret", len(snapshot.items("secretsmanager.secrets")))


def _alarms(snapshot: Snapshot) -> Iterator[Usage]:
    for alarm in snapshot.items("cloudwatch.alarms"):
        composite = "AlarmRule" in alarm
        key = "cloudwatch.composite_alarm" if composite else "cloudwatch.alarm"
        yield Usage("Observability", "Composite alarms" if composite else "Alarms", key, 1)


def _dashboards(snapshot: Snapshot) -> Iterator[Usage]:
    count = len(snapshot.items("cloudwatch.dashboards"))
    note = "the account's first three are free and not deducted"
    yield Usage("Observability", "Dashboards", "cloudwatch.dashboard", count, note=note)


def _logs(snapshot: Snapshot) -> Iterator[Usage]:
    stored = sum(group.get("storedBytes", 0) for group in snapshot.items("logs.log_groups"))
    yield Usage("Observability", "Stored logs", "cloudwatch.log_storage", round(stored / 1024**3, 3))


READERS: tuple[Callable[[Snapshot], Iterator[Usage]], ...] = (
    _aurora,
    _fargate,
    _nat,
    _endpoints,
    _load_balancers,
    _cache,
    _waf,
    _keys,
    _secrets,
    _alarms,
    _dashboards,
    _logs,
)
