# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The conditions of a rule, as options and as AWS has them. Pure.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html#rule-condition-types

The value of a header may be the secret that a CDN sends, so a condition that is read holds digests of such values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..._engine.fingerprint import fingerprint

HEADER, QUERY = "http-header", "query-string"
_CONFIGS = {
    "host-header": "HostHeaderConfig",
    "path-pattern": "PathPatternConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "source-ip": "SourceIpConfig",
    HEADER: "HttpHeaderConfig",
    QUERY: "QueryStringConfig",
}
FIELDS = tuple(sorted(_CONFIGS))


def condition_state(condition: Mapping[str, Any]) -> dict[str, Any]:
    """A condition of AWS in the shape of the option, values of headers as digests."""
    field = str(condition["Field"])
    config = condition.get(_CONFIGS.get(field, "")) or {}
    values = config.get("Values") or condition.get("Values") or []
    if field == QUERY:
        values = [f"{one['Key']}={one['Value']}" if one.get("Key") else str(one["Value"]) for one in values]
    if field == HEADER:
        return {
            "field": field,
            "header_name": config.get("HttpHeaderName"),
            "header_values": sorted(map(fingerprint, values)),
        }
    return {"field": field, "values": sorted(values)}


def same_conditions(found: Iterable[Mapping[str, Any]] | None, desired: Iterable[Mapping[str, Any]] | None) -> bool:
    """Neither the order of conditions nor that of values counts, nor how the name of a header is written."""
    return sorted(map(_compared, found or ())) == sorted(_compared(_hidden(one)) for one in desired or ())


def _hidden(condition: Mapping[str, Any]) -> dict[str, Any]:
    return {**condition, "header_values": [fingerprint(str(value)) for value in condition.get("header_values") or ()]}


def _compared(condition: Mapping[str, Any]) -> tuple[str, str, tuple[str, ...]]:
    values = [*(condition.get("values") or ()), *(condition.get("header_values") or ())]
    return (
        str(condition["field"]),
        str(condition.get("header_name") or "").lower(),
        tuple(sorted(set(map(str, values)))),
    )


def conditions_to_send(conditions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The conditions as AWS takes them."""
    return [{"Field": one["field"], _CONFIGS[one["field"]]: _config(one)} for one in conditions]


def _config(condition: Mapping[str, Any]) -> dict[str, Any]:
    if condition["field"] == HEADER:
        return {"HttpHeaderName": condition["header_name"], "Values": list(condition["header_values"])}
    if condition["field"] == QUERY:
        return {"Values": [_pair(value) for value in condition["values"]]}
    return {"Values": list(condition["values"])}


def _pair(text: str) -> dict[str, str]:
    key, equals, value = text.partition("=")
    return {"Key": key, "Value": value} if equals else {"Value": text}


def condition_reasons(conditions: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong with conditions that no argument spec can say."""
    reasons = []
    if not conditions:
        reasons.append("a rule needs a condition; one for every request is {field: path-pattern, values: ['/*']}")
    for one in conditions:
        field = one["field"]
        needs, other = ("header_values", "values") if field == HEADER else ("values", "header_values")
        if not one.get(needs) or one.get(other) or bool(one.get("header_name")) is not (field == HEADER):
            needed = "header_name and header_values" if field == HEADER else "values"
            reasons.append(f"a condition on {field} takes {needed}, and these alone")
    return reasons
