# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What a service on Fargate and its load balancer cannot become, said at once and before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..._engine.context import Context
from ..._engine.errors import Refusal
from ..._engine.names import AHEAD
from ..acm.acm_certificate import ACM_CERTIFICATE, ISSUED, records_to_make
from ..elbv2.common import name_reasons
from ..kinds import missing
from .common import strategy_reasons
from .container import container_reasons, definition
from .ecs_service import SHIFTING
from .fargate import size_reasons


def preflight(context: Context, wanted: Mapping[str, Any]) -> None:
    """wanted: the module's options. Errors: Refusal with every reason."""
    aws = context.aws
    reasons = missing(aws, wanted["expect"], context.planned, context.awaited)
    reasons += size_reasons(wanted["cpu"], wanted["memory"])
    containers = [definition(one, str(one.get("image") or ""), aws.region) for one in wanted["containers"]]
    reasons += container_reasons(containers, wanted["memory"])
    reasons += [f"container {one['name']} has no image" for one in wanted["containers"] if not one.get("image")]
    reasons += strategy_reasons(wanted["capacity_provider_strategy"])
    names = [("load_balancer", wanted["load_balancer"]), *(("target_group", one) for one in wanted["target_groups"])]
    reasons += [f"{kind} {name}: {reason}" for kind, name in names for reason in name_reasons(kind, name)]
    if wanted["min_capacity"] > wanted["max_capacity"]:
        reasons.append(
            f"the least number of tasks ({wanted['min_capacity']}) is above the most ({wanted['max_capacity']})"
        )
    if wanted["http_kept"] and wanted["deployment_strategy"] in SHIFTING:
        reasons.append(
            f"{wanted['deployment_strategy']} empties the target group that HTTP would still be sent to; redirect HTTP "
            "(ecs_service_http), or deploy ROLLING until then"
        )
    reasons += _certificate_reasons(context, wanted["certificate"])
    if reasons:
        raise Refusal(reasons)


def _certificate_reasons(context: Context, name: str) -> list[str]:
    """HTTPS listeners take issued certificates alone. Before any role has run, one may be on its way."""
    aws = context.aws
    found = ACM_CERTIFICATE.read(aws, [{"name": name}])
    certificate = next(iter(found.values()), None)
    if certificate and certificate["status"] == ISSUED:
        return []
    if certificate:
        records = records_to_make(certificate["validation_records"])
        reason = f"the certificate for {name} is {certificate['status']}; {records}"
    else:
        reason = (
            f"there is no certificate for {name} in {aws.region}; the role edge makes it (playbooks/roles/edge.yml), "
            "or request and validate one"
        )
    if AHEAD in context.planned:
        context.awaited.append(reason)
        return []
    is_foretold = context.check_mode and name in context.planned.get(ACM_CERTIFICATE.name, {})
    return [] if is_foretold else [reason]
