# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The architecture review of mywebapp, prod, us-east-1, of February 18, 2026: what it found, as data.

Every bullet of its six "Gaps" and six "Strengths" lists in its own words, with the checks that must see it on
the stack as it was reviewed: each check of a gap FAILs there, no check of a strength FAILs and one passes.
"""

from __future__ import annotations

import dataclasses

OPERATIONS = "operational_excellence"
SECURITY = "security"
RELIABILITY = "reliability"
PERFORMANCE = "performance_efficiency"
COST = "cost_optimization"
SUSTAINABILITY = "sustainability"


@dataclasses.dataclass(frozen=True)
class Gap:
    section: str  # the section of the review; a check may belong to another pillar
    text: str
    checks: tuple[str, ...]  # each FAILs on the stack as reviewed
    then: tuple[str, ...] = ()  # belong to the gap, and have nothing to look at until it is begun to be closed
    critical: bool = False
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Strength:
    section: str
    text: str
    checks: tuple[str, ...] = ()
    note: str = ""  # why no check sees it, where none does


GAPS = (
    Gap(
        OPERATIONS,
        "No monitoring dashboards or alarms configured",
        (
            "dashboard_exists",
            "alarm_alb_unhealthy_targets",
            "alarm_alb_5xx",
            "alarm_alb_latency",
            "alarm_ecs_cpu",
            "alarm_ecs_memory",
            "alarm_ecs_task_failures",
            "alarm_aurora_cpu",
            "alarm_aurora_connections",
            "alarm_nat_errors",
        ),
        then=("dashboard_covers_tiers", "alarms_have_actions"),
    ),
    Gap(
        OPERATIONS,
        "No automated deployment pipeline",
        ("cicd_pipeline_present", "ecs_safe_deployment", "ecs_deployment_rollback"),
    ),
    Gap(OPERATIONS, "Missing runbooks and operational procedures", ("runbooks_available",)),
    Gap(
        OPERATIONS,
        "No centralized logging strategy",
        ("alb_access_logging", "cloudfront_access_logging"),
        then=("cloudtrail_cloudwatch_integrated", "log_retention_minimum"),
    ),
    Gap(
        OPERATIONS,
        "Limited observability (no distributed tracing)",
        ("xray_tracing_enabled", "ecs_container_insights"),
    ),
    Gap(
        SECURITY,
        "Database encryption at rest not enabled",
        ("aurora_storage_encrypted", "aurora_customer_managed_key"),
        critical=True,
    ),
    Gap(SECURITY, "Database password in Terraform state (plaintext)", ("tfstate_bucket_secured",), critical=True),
    Gap(
        SECURITY,
        "No AWS Secrets Manager for credentials",
        ("aurora_master_secret_managed", "ecs_secrets_referenced"),
        then=("secret_rotation_enabled",),
        critical=True,
    ),
    Gap(
        SECURITY,
        "S3 bucket publicly accessible",
        (
            "s3_bucket_not_public",
            "s3_bucket_public_access_block",
            "s3_account_public_access_block",
            "cloudfront_origin_access_control",
        ),
        critical=True,
    ),
    Gap(SECURITY, "No encryption for ECS task environment variables", ("ecs_no_plaintext_secrets",)),
    Gap(SECURITY, "No VPC Flow Logs enabled", ("vpc_flow_logs_enabled",), then=("vpc_flow_logs_all_traffic",)),
    Gap(
        SECURITY,
        "No AWS WAF on ALB or CloudFront",
        ("waf_attached_alb", "waf_attached_cloudfront"),
        then=(
            "waf_has_rules",
            "waf_core_rule_set",
            "waf_known_bad_inputs",
            "waf_sqli_rule_set",
            "waf_rate_limit",
            "waf_logging_enabled",
        ),
    ),
    Gap(
        SECURITY,
        "CloudFront using default certificate (not ACM)",
        (
            "cloudfront_custom_certificate",
            "cloudfront_viewer_https",
            "cloudfront_origin_https",
            "alb_https_listener",
            "alb_http_redirect",
        ),
        then=("alb_acm_certificate", "acm_certificate_not_expiring", "acm_renewal_eligible"),
    ),
    Gap(
        SECURITY,
        "No GuardDuty or Security Hub enabled",
        ("guardduty_enabled", "security_hub_enabled"),
        then=("guardduty_s3_protection", "guardduty_rds_protection", "guardduty_findings_routed"),
    ),
    Gap(
        SECURITY,
        "Missing CloudTrail for audit logging",
        ("cloudtrail_multi_region_enabled",),
        then=("cloudtrail_logging_active", "cloudtrail_log_validation"),
    ),
    Gap(
        RELIABILITY,
        "No automated database backups beyond 7 days",
        (
            "aurora_backup_retention",
            "aurora_deletion_protection",
            "aurora_copy_tags_to_snapshot",
            "backup_plan_exists",
            "aurora_in_backup_plan",
        ),
        then=("backup_plan_has_selection", "backup_plan_frequency_retention"),
    ),
    Gap(RELIABILITY, "No disaster recovery plan or testing", ("dr_test_recent", "backup_restore_tested")),
    Gap(
        RELIABILITY,
        "No cross-region backup strategy",
        ("s3_cross_region_replication", "s3_in_backup_or_replicated"),
        then=("backup_cross_region_copy",),
    ),
    Gap(RELIABILITY, "Missing RTO/RPO definitions", ("rto_rpo_declared",)),
    Gap(RELIABILITY, "No chaos engineering or failure testing", ("fis_experiment_present",)),
    Gap(RELIABILITY, "Single region deployment (no multi-region DR)", ("aurora_cross_region_replica",)),
    Gap(
        PERFORMANCE,
        "No caching strategy (Redis/ElastiCache)",
        ("elasticache_present",),
        then=("elasticache_private_subnet",),
    ),
    Gap(
        PERFORMANCE,
        "ECS tasks may be oversized (2 vCPU, 256 MB memory mismatch)",
        ("ecs_task_size_sound", "ecs_task_utilization", "ecs_oversized"),
        note="Fargate refuses 2 vCPU with 256 MB: the task has 4096 MB, and its container a limit of 256.",
    ),
    Gap(
        PERFORMANCE,
        "No performance monitoring or APM",
        ("application_signals_enabled", "custom_metrics_present"),
    ),
    Gap(
        PERFORMANCE,
        "CloudFront cache settings not optimized",
        ("cloudfront_caching_configured", "cloudfront_compression"),
    ),
    Gap(
        PERFORMANCE,
        "No database query performance insights enabled",
        ("aurora_performance_insights", "aurora_slow_query_log"),
        then=("aurora_pi_retention",),
    ),
    Gap(COST, "No Reserved Instances or Savings Plans", ("savings_plan_coverage", "rds_commitment_coverage")),
    Gap(COST, "Oversized database instances (db.r6g.large)", ("aurora_oversized",)),
    Gap(
        COST,
        "Two NAT Gateways ($70/month)",
        ("vpc_gateway_endpoint_s3", "vpc_endpoints_private_services"),
        then=("nat_gateway_count",),
        note="Also a strength of its reliability section: nat_gateway_count judges by the declared policy alone.",
    ),
    Gap(
        COST,
        "No cost allocation tags",
        ("required_tags_present", "resource_owner_tagged", "cost_allocation_tags_active", "ecs_propagate_tags"),
    ),
    Gap(
        COST,
        "No budget alerts configured",
        ("budget_exists",),
        then=("budget_notifications", "budget_scoped_to_workload"),
    ),
    Gap(COST, "ECS task sizing inefficient", ("ecs_oversized",)),
    Gap(SUSTAINABILITY, "Oversized resources waste energy", ("resources_not_oversized",)),
    Gap(SUSTAINABILITY, "No sustainability metrics tracking", ("carbon_tracking",)),
    Gap(
        SUSTAINABILITY,
        "No optimization for carbon footprint",
        ("fargate_arm64", "network_data_movement", "ecs_scales_with_demand"),
    ),
)

# What stands in the review's summary or recommendations alone.
FURTHER_GAPS = (
    Gap(
        SECURITY,
        "No compliance monitoring (AWS Config)",
        ("config_recorder_enabled",),
        then=("config_rules_present", "config_delivery_channel_healthy"),
    ),
    Gap(OPERATIONS, "Set up AWS Systems Manager Parameter Store", ("parameter_store_used",)),
    Gap(
        RELIABILITY,
        "Implement Auto Scaling",
        ("ecs_autoscaling_target",),
        then=("ecs_autoscaling_policy", "ecs_scaling_target_sane"),
    ),
    Gap(
        RELIABILITY,
        "Implement Health Checks and Circuit Breakers",
        ("ecs_container_health_check", "alb_health_check_sound"),
    ),
    Gap(PERFORMANCE, "Implement Database Read Replicas", ("aurora_reader_used", "aurora_replica_autoscaling")),
    Gap(COST, "Use Fargate Spot for Non-Critical Tasks", (), then=("fargate_spot_used",)),
    Gap(COST, "Implement S3 Lifecycle Policies", ("s3_lifecycle", "data_lifecycle_enforced")),
)

_CHOICE = "A choice of services: the snapshot of a stack made of them cannot show its absence."

STRENGTHS = (
    Strength(OPERATIONS, "Infrastructure as Code using Terraform", note="No AWS API says what made a resource."),
    Strength(OPERATIONS, "CloudWatch Logs configured for ECS tasks", ("ecs_logs_configured",)),
    Strength(
        OPERATIONS,
        "Managed services reduce operational overhead (ECS Fargate, Aurora, ALB)",
        ("ecs_platform_version_latest", "aurora_engine_supported", "aurora_auto_minor_upgrade"),
    ),
    Strength(
        SECURITY,
        "VPC with public/private subnet separation",
        ("subnet_tiers_separate", "subnet_no_auto_public_ip", "ecs_service_no_public_ip"),
    ),
    Strength(
        SECURITY,
        "Security groups with least-privilege access",
        (
            "sg_no_open_all_ports",
            "sg_no_open_high_risk_ports",
            "sg_alb_only_listener_ports",
            "sg_ecs_ingress_from_alb_only",
            "sg_db_ingress_from_app_only",
        ),
    ),
    Strength(SECURITY, "Private subnets for database", ("aurora_not_public", "subnet_tiers_separate")),
    Strength(SECURITY, "IAM role for ECS task execution", ("ecs_task_role_separate", "ecs_role_least_privilege")),
    Strength(
        RELIABILITY,
        "Multi-AZ deployment (2 AZs)",
        ("alb_multi_az", "ecs_service_multi_az", "aurora_multi_az"),
    ),
    Strength(RELIABILITY, "Aurora with 2 instances for high availability", ("aurora_multi_az",)),
    Strength(RELIABILITY, "ALB health checks configured", ("alb_targets_healthy",)),
    Strength(RELIABILITY, "Auto-healing with ECS service", ("ecs_running_matches_desired",)),
    Strength(RELIABILITY, "NAT Gateway redundancy (one per AZ)", ("nat_per_az",)),
    Strength(PERFORMANCE, "CloudFront CDN for content delivery", ("cloudfront_origin_bucket_exists",)),
    Strength(
        PERFORMANCE,
        "Aurora MySQL for high-performance database",
        ("aurora_engine_supported", "aurora_not_burstable_in_prod"),
    ),
    Strength(PERFORMANCE, "ECS Fargate for containerized workloads", ("ecs_platform_version_latest",)),
    Strength(PERFORMANCE, "ALB for efficient load distribution", ("alb_multi_az", "alb_targets_healthy")),
    Strength(COST, "Using managed services reduces operational costs", note=_CHOICE),
    Strength(COST, "Fargate eliminates EC2 management overhead", ("ecs_platform_version_latest",)),
    Strength(COST, "CloudFront reduces origin requests", note="How many it saves is in cloudfront_cache_hit_ratio."),
    Strength(SUSTAINABILITY, "Using managed services (AWS optimizes infrastructure)", note=_CHOICE),
    Strength(SUSTAINABILITY, "Fargate uses shared infrastructure efficiently", note=_CHOICE),
    Strength(SUSTAINABILITY, "Multi-AZ in single region reduces data transfer", ("nat_per_az",)),
)

# A strength that the review names among its recommendations.
FURTHER_STRENGTHS = (Strength(SUSTAINABILITY, "Already using db.r6g (Graviton2) for Aurora", ("aurora_graviton",)),)
