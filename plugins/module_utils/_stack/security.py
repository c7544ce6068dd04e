# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Collectors of the account's guards: IAM, keys, secrets, trails, detection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._describe import cloudtrail, config, guardduty, iam, kms, secretsmanager, securityhub
from .membership import values
from .source import Collector, Item, Source


def _keys(source: Source) -> Iterable[Item]:
    """Keys with an alias of the workload, and those of this account that its database and secrets use."""
    aliases = {one["AliasName"]: one["TargetKeyId"] for one in kms.aliases(source.aws) if one.get("TargetKeyId")}
    used = values(source.items("rds.db_clusters"), "KmsKeyId")
    used += values(source.items("secretsmanager.secrets"), "KmsKeyId")
    ids = {_key_id(source, name, aliases) for name in used}
    ids |= {key for name, key in aliases.items() if source.workload.owns({}, name.removeprefix("alias/"))}
    known = [{"AliasName": name, "TargetKeyId": key} for name, key in aliases.items()]
    return kms.keys(source.aws, ids=ids - {""}, known=known)


def _key_id(source: Source, name: str, aliases: Mapping[str, str]) -> str:
    """The id of a key given as id, alias or ARN; empty for a key of another account or region."""
    if name.startswith("arn:"):
        _unused, _unused, _unused, region, account, name = name.split(":", 5)
        if (region, account) != (source.aws.region, source.aws.account_id):
            return ""
    return aliases.get(name, "") if name.startswith("alias/") else name.removeprefix("key/")


def _secrets(source: Source) -> Iterable[Item]:
    """Secrets named like the workload, tagged so, or made by RDS for its clusters; with ResourcePolicy."""
    managed = set(values(source.items("rds.db_clusters"), "MasterUserSecret", "SecretArn"))
    found = [
        one
        for one in secretsmanager.secrets(source.aws)
        if one["ARN"] in managed or source.workload.owns(one, one["Name"])
    ]
    source.aws.map(lambda one: secretsmanager.add_policy(source.aws, one), found)
    return found


COLLECTORS = {
    "iam.account_summary": Collector("governance", lambda source: iam.account_summary(source.aws), workload=False),
    "cloudtrail.trails": Collector("governance", lambda source: cloudtrail.trails(source.aws), workload=False),
    "guardduty.detectors": Collector("governance", lambda source: guardduty.detectors(source.aws), workload=False),
    "securityhub.hubs": Collector("governance", lambda source: securityhub.hubs(source.aws), workload=False),
    "config.recorders": Collector("governance", lambda source: config.recorders(source.aws), workload=False),
    "config.rules": Collector("governance", lambda source: config.rules(source.aws), workload=False),
    "config.conformance_packs": Collector(
        "governance", lambda source: config.conformance_packs(source.aws), workload=False
    ),
    "kms.keys": Collector("secrets", _keys),
    "secretsmanager.secrets": Collector("secrets", _secrets),
}
