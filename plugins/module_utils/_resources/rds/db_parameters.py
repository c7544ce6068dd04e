# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""DB parameter groups and their parameters, the same for clusters and instances.

https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.html
A parameter that is set to the engine's default keeps its source, so that it is not among the user's:
https://github.com/hashicorp/terraform-provider-aws/issues/23335 and 5410
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..._engine.aws import Aws
from ..._engine.kind import Kind, State
from ..._engine.tags import to_list
from .common import busy, lookup, lower_case, tag

CANNOT_CHANGE = "a parameter group keeps its family; give the new engine version a group of another name"
PER_CALL = 20
_WORDS = {"ON": "1", "OFF": "0", "TRUE": "1", "FALSE": "0", "YES": "1", "NO": "0"}
# Names and statements, where Admin and admin are two.
_EXACT = frozenset({"init_connect", "server_audit_excl_users", "server_audit_incl_users"})
# RDS refuses one of these without the others that go with it, so they are set in one call:
# https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/rds/parameter_group.go
_TOGETHER = (
    ("gtid-mode", "enforce_gtid_consistency"),
    ("character_set_server", "collation_server"),
    ("character_set_client", "character_set_connection", "character_set_results", "collation_connection"),
    ("aurora_enhanced_binlog", "binlog_backup", "binlog_replication_globaldb"),
)


def user_values(parameters: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Name to value of the parameters that someone has set."""
    return {name: str(item["ParameterValue"]) for name, item in parameters.items() if "ParameterValue" in item}


def same_values(found: Mapping[str, str] | None, desired: Mapping[str, Any]) -> bool:
    """Only what is asked for is compared; ON and 1 are the same, so is the order of a list."""
    values = found or {}
    return all(name in values and _same(name, values[name], value) for name, value in desired.items())


def _same(name: str, found: Any, desired: Any) -> bool:
    fold = str.strip if name in _EXACT else str.upper
    return bool(_normal(found, fold) == _normal(desired, fold))


def _normal(value: Any, fold: Callable[[str], str]) -> Any:
    text = as_text(value).strip()
    text = _WORDS.get(text.upper(), text)
    if "," in text:
        return sorted(fold(part.strip()) for part in text.split(","))
    try:
        return float(text)
    except ValueError:
        return fold(text)


def as_text(value: Any) -> str:
    """RDS's form of a value; YAML's booleans become 1 and 0."""
    return str(int(value)) if isinstance(value, bool) else str(value)


def allowed_form(value: Any, allowed: str | None) -> str:
    """The value as AllowedValues has it ("ON,OFF", "0,1", "1-65535"): YAML makes a boolean of ON, and MySQL's
    enumerations know no 1."""
    text = as_text(value)
    forms = [form.strip() for form in (allowed or "").split(",")]
    if text in forms:
        return text
    return next((form for form in forms if _WORDS.get(form.upper(), form) == _WORDS.get(text.upper(), text)), text)


def set_values(
    aws: Aws,
    operation: str,
    group: Mapping[str, str],
    found: Mapping[str, str],
    desired: Mapping[str, Any],
    described: Callable[[], Mapping[str, Mapping[str, Any]]],
) -> None:
    """Set the parameters that differ. described() gives each one's ApplyType and AllowedValues, by name.

    A static parameter can only be set pending-reboot; a dynamic one is set at once.
    """
    wanted = {name: value for name, value in desired.items() if not same_values(found, {name: value})}
    known = described()
    changes = {
        name: {
            "ParameterName": name,
            "ParameterValue": allowed_form(value, known.get(name, {}).get("AllowedValues")),
            "ApplyMethod": "immediate" if known.get(name, {}).get("ApplyType") == "dynamic" else "pending-reboot",
        }
        for name, value in wanted.items()
    }
    for names in calls(sorted(changes)):
        aws.call("rds", operation, **group, Parameters=[changes[name] for name in names])


def calls(names: Sequence[str]) -> list[list[str]]:
    """The names of each call: at most PER_CALL, and what goes together in the same one."""
    families = [[name for name in family if name in names] for family in _TOGETHER]
    members = {name for family in families for name in family}
    batches: list[list[str]] = []
    for group in [*filter(None, families), *([name] for name in names if name not in members)]:
        if not batches or len(batches[-1]) + len(group) > PER_CALL:
            batches.append([])
        batches[-1] += group
    return [sorted(batch) for batch in batches]


def parameter_group(
    kind: str,
    shape: str,
    groups: Callable[..., list[dict[str, Any]]],
    parameters: Callable[..., list[dict[str, Any]]],
) -> Kind:
    """A kind of parameter group.

    kind: "db_parameter_group", as in boto3's operations; shape: "DBParameterGroup", as in the API's names of its
    fields; groups, parameters: what reads the groups, and every parameter of the group of a name.
    """
    group_name = f"{shape}Name"

    def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
        wanted = {item["name"]: item.get("parameters") or {} for item in items}
        return {
            group[group_name]: {
                "name": group[group_name],
                "arn": group[f"{shape}Arn"],
                "family": group["DBParameterGroupFamily"],
                "description": group["Description"],
                "parameters": values(aws, group, wanted.get(group[group_name], {})),
                "tags": group["Tags"],
            }
            for group in groups(aws, names=[item["name"] for item in items])
        }

    def values(aws: Aws, group: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, str]:
        """What users have set, and of what is wanted also the engine's own values."""
        found = user_values(group["Parameters"])
        others = sorted(set(wanted) - set(found))
        defaults = parameters(aws, group[group_name], names=others) if others else []
        return {**user_values({item["ParameterName"]: item for item in defaults}), **found}

    def create(aws: Aws, desired: State) -> None:
        aws.call_once(
            "rds",
            f"create_{kind}",
            **{group_name: desired["name"]},
            DBParameterGroupFamily=desired["family"],
            Description=desired["description"],
            Tags=to_list(desired["tags"]),
        )

    def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> None:
        def described() -> dict[str, dict[str, Any]]:
            names = sorted(desired["parameters"])
            return {item["ParameterName"]: item for item in parameters(aws, found["name"], names=names)}

        named = {group_name: found["name"]}
        set_values(aws, f"modify_{kind}", named, found["parameters"], desired["parameters"], described)

    return Kind(
        name=kind,
        role="aurora",
        read=read,
        create=create,
        update=update,
        tag=tag,
        lookup=lookup(kind),
        unchangeable={"family": CANNOT_CHANGE},
        initial=frozenset({"description"}),
        equal={"parameters": same_values},
        busy=busy,
        check=lambda desired: lower_case(desired["name"]),
    )
