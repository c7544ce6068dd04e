# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The kinds that one role makes and another needs, by name: what a role may expect of the stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._engine.aws import Aws
from .._engine.kind import Kind
from .._engine.names import Planned, is_id, known_as, missing_message
from .ec2.security_group import SECURITY_GROUP
from .ec2.subnet import SUBNET
from .ec2.vpc import VPC
from .kms.kms_key import KMS_KEY
from .secretsmanager.secret import SECRET

KINDS: dict[str, Kind] = {kind.name: kind for kind in (KMS_KEY, SECRET, SECURITY_GROUP, SUBNET, VPC)}


def missing(aws: Aws, expected: Sequence[Mapping[str, str]], planned: Planned) -> list[str]:
    """One sentence for each expected thing ({kind, name}) that is neither in AWS nor planned. One read a kind."""
    wanted: dict[str, dict[str, str]] = {}
    for one in expected:
        kind, text = KINDS[one["kind"]], one["name"]
        if not is_id(kind, text):
            name = known_as(aws, kind, text)
            if name not in planned.get(kind.name, {}):
                wanted.setdefault(kind.name, {})[text] = name

    def of_kind(kind: Kind) -> list[str]:
        names = wanted[kind.name]
        found = (kind.lookup or kind.read)(aws, [{"name": name} for name in sorted(set(names.values()))])
        return [missing_message(kind.name, text, kind.role) for text in sorted(names) if names[text] not in found]

    return [sentence for answer in aws.map(of_kind, [KINDS[name] for name in sorted(wanted)]) for sentence in answer]
