# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A key's five spellings, app, alias/app, the alias's ARN, the key's id and its ARN, brought to the last of them.

https://docs.aws.amazon.com/kms/latest/developerguide/concepts-key-id.html: the names are aliases without alias/, AWS's
own (aws/rds) too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..._describe import kms
from ..._describe.reading import existing
from ..._engine.aws import Aws
from ..._engine.errors import Refusal
from ..._engine.kind import State

ALIAS = "alias/"
KEY_ARN = re.compile(r"arn:[^:]+:kms:[^:]+:[^:]+:key/.+")
_ALIAS_ARN = re.compile(r"arn:[^:]+:kms:(?P<region>[^:]+):(?P<account>[^:]+):alias/(?P<name>.+)")
_KEY_ID = re.compile(r"mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def is_key_id(text: str) -> bool:
    """The text is the id of a key, a multi-Region one's too."""
    return _KEY_ID.fullmatch(text) is not None


def known_as(aws: Aws, text: str) -> str:
    """The name of an alias of this account and region, however it is spelled; all else as it is.

    Errors: Refusal for the ARN of an alias in another region, which encrypts nothing here.
    """
    arn = _ALIAS_ARN.fullmatch(text)
    if arn is None:
        return text.removeprefix(ALIAS)
    if arn["region"] != aws.region:
        raise Refusal(f"kms_key {text} is in {arn['region']} and encrypts nothing in {aws.region}; name a key there")
    return arn["name"] if arn["account"] == aws.account_id else text


def lookup(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """id and arn by what known_as() gives: the names of aliases cost one call for all of them; the id of a key without
    an alias, and the ARN of another account's alias, one each.

    An alias of AWS's own that no key has yet, as none was needed so far, stands for the key by its ARN.
    https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html
    """
    names = {item["name"] for item in items}
    listed = {alias["AliasName"].removeprefix(ALIAS): alias for alias in kms.aliases(aws)}
    found = {name: _of_alias(listed[name]) for name in names & set(listed)}
    by_id = {state["id"]: state for state in map(_of_alias, listed.values())}
    found |= {name: by_id[name] for name in names - set(found) if name in by_id}
    asked = [name for name in sorted(names - set(found)) if is_key_id(name) or _ALIAS_ARN.fullmatch(name)]
    answers = aws.map(lambda name: existing(lambda: [kms.key(aws, name)]), asked)
    return found | {
        name: {"id": key["KeyId"], "arn": key["Arn"]} for name, keys in zip(asked, answers, strict=True) for key in keys
    }


def _of_alias(alias: Mapping[str, str]) -> State:
    if not alias.get("TargetKeyId"):
        return {"id": alias["AliasName"], "arn": alias["AliasArn"]}
    arn = alias["AliasArn"].partition(f":{ALIAS}")[0]
    return {"id": alias["TargetKeyId"], "arn": f"{arn}:key/{alias['TargetKeyId']}"}


def with_key_arns(aws: Aws, items: Sequence[State], states: dict[str, State]) -> dict[str, State]:
    """States by name, with the key's ARN as kms_key where a key is asked for: S3, SNS and Secrets Manager give back
    whatever spelling they were given."""
    wanted = {item["name"]: item["kms_key"] for item in items if item.get("kms_key")}
    asked = {name for name in wanted if name in states and states[name]["kms_key"] not in (None, wanted[name])}
    spelled = {str(states[name]["kms_key"]) for name in asked}
    names = {text: known_as(aws, text) for text in spelled if not KEY_ARN.fullmatch(text)}
    if not names:
        return states
    found = lookup(aws, [{"name": name} for name in sorted(set(names.values()))])
    arns = {text: found[name]["arn"] for text, name in names.items() if name in found}
    return {
        name: {**state, "kms_key": arns.get(state["kms_key"], state["kms_key"])} if name in asked else state
        for name, state in states.items()
    }
