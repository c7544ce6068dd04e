# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""All checks. The list is explicit because Ansible ships only what is imported by name."""

from __future__ import annotations

from collections.abc import Iterable
from types import ModuleType

from .checks.cost_optimization import budgets as cost_optimization_budgets
from .checks.cost_optimization import ecr as cost_optimization_ecr
from .checks.cost_optimization import ecs as cost_optimization_ecs
from .checks.cost_optimization import rds as cost_optimization_rds
from .checks.cost_optimization import s3 as cost_optimization_s3
from .checks.cost_optimization import tags as cost_optimization_tags
from .checks.cost_optimization import vpc as cost_optimization_vpc
from .checks.operational_excellence import alarms as operational_excellence_alarms
from .checks.operational_excellence import dashboards as operational_excellence_dashboards
from .checks.operational_excellence import delivery as operational_excellence_delivery
from .checks.operational_excellence import ecs as operational_excellence_ecs
from .checks.operational_excellence import elasticache as operational_excellence_elasticache
from .checks.operational_excellence import rds as operational_excellence_rds
from .checks.operational_excellence import wafv2 as operational_excellence_wafv2
from .checks.performance_efficiency import cloudfront as performance_efficiency_cloudfront
from .checks.performance_efficiency import ecs as performance_efficiency_ecs
from .checks.performance_efficiency import elasticache as performance_efficiency_elasticache
from .checks.performance_efficiency import rds as performance_efficiency_rds
from .checks.reliability import backup as reliability_backup
from .checks.reliability import cloudfront as reliability_cloudfront
from .checks.reliability import ecs as reliability_ecs
from .checks.reliability import elasticache as reliability_elasticache
from .checks.reliability import elbv2 as reliability_elbv2
from .checks.reliability import rds as reliability_rds
from .checks.reliability import recovery as reliability_recovery
from .checks.reliability import s3 as reliability_s3
from .checks.reliability import vpc as reliability_vpc
from .checks.reliability import wafv2 as reliability_wafv2
from .checks.security import account as security_account
from .checks.security import cloudfront as security_cloudfront
from .checks.security import cloudtrail as security_cloudtrail
from .checks.security import detection as security_detection
from .checks.security import ecr as security_ecr
from .checks.security import ecs as security_ecs
from .checks.security import elasticache as security_elasticache
from .checks.security import elbv2 as security_elbv2
from .checks.security import iam as security_iam
from .checks.security import kms as security_kms
from .checks.security import logging as security_logging
from .checks.security import logs as security_logs
from .checks.security import rds as security_rds
from .checks.security import s3 as security_s3
from .checks.security import secretsmanager as security_secretsmanager
from .checks.security import security_groups as security_security_groups
from .checks.security import vpc as security_vpc
from .checks.security import wafv2 as security_wafv2
from .checks.sustainability import compute as sustainability_compute
from .checks.sustainability import data as sustainability_data
from .checks.sustainability import hardware as sustainability_hardware
from .model import Check

MODULES: tuple[ModuleType, ...] = (
    cost_optimization_budgets,
    cost_optimization_ecr,
    cost_optimization_ecs,
    cost_optimization_rds,
    cost_optimization_s3,
    cost_optimization_tags,
    cost_optimization_vpc,
    operational_excellence_alarms,
    operational_excellence_dashboards,
    operational_excellence_delivery,
    operational_excellence_ecs,
    operational_excellence_elasticache,
    operational_excellence_rds,
    operational_excellence_wafv2,
    performance_efficiency_cloudfront,
    performance_efficiency_ecs,
    performance_efficiency_elasticache,
    performance_efficiency_rds,
    reliability_backup,
    reliability_cloudfront,
    reliability_ecs,
    reliability_elasticache,
    reliability_elbv2,
    reliability_rds,
    reliability_recovery,
    reliability_s3,
    reliability_vpc,
    reliability_wafv2,
    security_account,
    security_cloudfront,
    security_cloudtrail,
    security_detection,
    security_ecr,
    security_ecs,
    security_elasticache,
    security_elbv2,
    security_iam,
    security_kms,
    security_logging,
    security_logs,
    security_rds,
    security_s3,
    security_secretsmanager,
    security_security_groups,
    security_vpc,
    security_wafv2,
    sustainability_compute,
    sustainability_data,
    sustainability_hardware,
)


def all_checks(modules: Iterable[ModuleType] = MODULES) -> tuple[Check, ...]:
    """The checks of the modules, in their order. Errors: ValueError for an id that stands twice."""
    checks = [one for module in modules for one in vars(module).values() if isinstance(one, Check)]
    ids = [one.id for one in checks]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"checks registered twice: {', '.join(twice)}")
    return tuple(checks)


def collectors(checks: Iterable[Check]) -> list[str]:
    """The collectors that the checks need, sorted."""
    return sorted({need for one in checks for need in one.needs})
