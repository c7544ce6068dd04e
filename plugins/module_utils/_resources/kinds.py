# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The kinds that one role makes and another needs, by name: what a role may expect of the stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .._engine.aws import Aws
from .._engine.kind import Kind
from .._engine.names import Planned, is_id, missing_message
from .acm.acm_certificate import ACM_CERTIFICATE
from .ec2.security_group import SECURITY_GROUP
from .ec2.subnet import SUBNET
from .ec2.vpc import VPC
from .elbv2.load_balancer import LOAD_BALANCER
from .kms.kms_key import KMS_KEY
from .secretsmanager.secret import SECRET

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (ACM_CERTIFICATE, KMS_KEY, LOAD_BALANCER, SECRET, SECURITY_GROUP, SUBNET, VPC)
}


def missing(aws: Aws, expected: Sequence[Mapping[str, str]], planned: Planned) -> list[str]:
    """One sentence for each expected thing ({kind, name}) that is neither in AWS nor planned. One read a kind."""
    wanted: dict[str, set[str]] = {}
    for one in expected:
        if one["name"] not in planned.get(one["kind"], {}) and not is_id(KINDS[one["kind"]], one["name"]):
            wanted.setdefault(one["kind"], set()).add(one["name"])

    def of_kind(kind: Kind) -> list[str]:
        names = sorted(wanted[kind.name])
        found = (kind.lookup or kind.read)(aws, [{"name": name} for name in names])
        return [missing_message(kind.name, name, kind.role) for name in names if name not in found]

    return [sentence for answer in aws.map(of_kind, [KINDS[name] for name in sorted(wanted)]) for sentence in answer]
