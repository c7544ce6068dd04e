# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A bucket's lifecycle: rules of ours, each known by its ID, among those of others. Pure.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Rule = Mapping[str, Any]

NONCURRENT_ID, CLASS_ID, EXPIRY_ID = "expire-noncurrent-versions", "move-to-standard-ia", "expire-objects"
CHEAPER = "STANDARD_IA"
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html
LEAST_DAYS = 30
FIELDS = frozenset({"noncurrent_days", "standard_ia_days", "expiration_days"})


def _noncurrent(days: int) -> dict[str, Any]:
    return {
        "NoncurrentVersionExpiration": {"NoncurrentDays": days},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    }


def _cheaper(days: int) -> dict[str, Any]:
    return {"Transitions": [{"Days": days, "StorageClass": CHEAPER}]}


def _expiry(days: int) -> dict[str, Any]:
    return {"Expiration": {"Days": days}}


# Field -> ID of its rule, and what the rule does after so many days.
_RULES: dict[str, tuple[str, Callable[[int], dict[str, Any]]]] = {
    "standard_ia_days": (CLASS_ID, _cheaper),
    "expiration_days": (EXPIRY_ID, _expiry),
    "noncurrent_days": (NONCURRENT_ID, _noncurrent),
}


def state(rules: Sequence[Rule]) -> dict[str, Any]:
    """Days of each of our rules that is in force for the whole bucket; None without."""
    ours = {rule["ID"]: rule for rule in rules if _is_in_force(rule)}
    moves = (ours.get(CLASS_ID) or {}).get("Transitions") or ()
    return {
        "noncurrent_days": ((ours.get(NONCURRENT_ID) or {}).get("NoncurrentVersionExpiration") or {}).get(
            "NoncurrentDays"
        ),
        "standard_ia_days": next((one.get("Days") for one in moves if one.get("StorageClass") == CHEAPER), None),
        "expiration_days": ((ours.get(EXPIRY_ID) or {}).get("Expiration") or {}).get("Days"),
    }


def _is_in_force(rule: Rule) -> bool:
    return "ID" in rule and rule.get("Status") == "Enabled" and (rule.get("Filter") or {}) in ({}, {"Prefix": ""})


def configuration(found: Mapping[str, Any], desired: Mapping[str, Any]) -> dict[str, Any]:
    """Our rules beside those of others; a prefix outside of the filter, as it once was, does not go with filters."""
    wanted = {name: days for name in _RULES if (days := desired.get(name)) is not None}
    replaced = {_RULES[name][0] for name in wanted}
    others = [_filtered(rule) for rule in found["lifecycle_rules"] if rule.get("ID") not in replaced]
    ours = [
        {"ID": _RULES[name][0], "Status": "Enabled", "Filter": {"Prefix": ""}, **_RULES[name][1](days)}
        for name, days in wanted.items()
    ]
    size = {"TransitionDefaultMinimumObjectSize": found["least_size"]} if found["least_size"] else {}
    return {"LifecycleConfiguration": {"Rules": [*others, *ours]}, **size}


def _filtered(rule: Rule) -> Rule:
    if "Prefix" not in rule:
        return rule
    rest = {key: value for key, value in rule.items() if key != "Prefix"}
    return {"Filter": {"Prefix": rule["Prefix"]}, **rest}


def check(desired: Mapping[str, Any]) -> Iterator[str]:
    """Why S3 would not take the days, as sentences."""
    for name in ("noncurrent_days", "expiration_days"):
        if desired.get(name) is not None and desired[name] < 1:
            yield f"{name} is {desired[name]}; S3 takes 1 and more"
    days, end = desired.get("standard_ia_days"), desired.get("expiration_days")
    if days is not None and days < LEAST_DAYS:
        yield f"standard_ia_days is {days}; S3 takes {LEAST_DAYS} and more"
    if days is not None and end is not None and end <= days:
        yield f"expiration_days is {end} and standard_ia_days is {days}; objects must move before they end"
