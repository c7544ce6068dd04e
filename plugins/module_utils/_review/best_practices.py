# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The best practices of the AWS Well-Architected Framework: id -> title and page.

Source: https://docs.aws.amazon.com/wellarchitected/latest/framework/appendix.html, read 2026-02.
"""

from __future__ import annotations

from typing import NamedTuple

PAGES = "https://docs.aws.amazon.com/wellarchitected/latest/framework/"


class BestPractice(NamedTuple):
    """One best practice: "SEC08-BP02", its title, the address of its page."""

    id: str
    title: str
    url: str


# Each entry: id, the page's name, the title. A line that starts with a space goes on with the one before.
_TABLE = """\
OPS01-BP01 ops_priorities_ext_cust_needs Evaluate external customer needs
OPS01-BP02 ops_priorities_int_cust_needs Evaluate internal customer needs
OPS01-BP03 ops_priorities_governance_reqs Evaluate governance requirements
OPS01-BP04 ops_priorities_compliance_reqs Evaluate compliance requirements
OPS01-BP05 ops_priorities_eval_threat_landscape Evaluate threat landscape
OPS01-BP06 ops_priorities_eval_tradeoffs Evaluate tradeoffs while managing benefits and risks
OPS02-BP01 ops_ops_model_def_resource_owners Resources have identified owners
OPS02-BP02 ops_ops_model_def_proc_owners Processes and procedures have identified owners
OPS02-BP03 ops_ops_model_def_activity_owners Operations activities have identified owners responsible for their
  performance
OPS02-BP04 ops_ops_model_def_responsibilities_ownership Mechanisms exist to manage responsibilities and ownership
OPS02-BP05 ops_ops_model_req_add_chg_exception Mechanisms exist to request additions, changes, and exceptions
OPS02-BP06 ops_ops_model_def_neg_team_agreements Responsibilities between teams are predefined or negotiated
OPS03-BP01 ops_org_culture_executive_sponsor Provide executive sponsorship
OPS03-BP02 ops_org_culture_team_emp_take_action Team members are empowered to take action when outcomes are at risk
OPS03-BP03 ops_org_culture_team_enc_escalation Escalation is encouraged
OPS03-BP04 ops_org_culture_effective_comms Communications are timely, clear, and actionable
OPS03-BP05 ops_org_culture_team_enc_experiment Experimentation is encouraged
OPS03-BP06 ops_org_culture_team_enc_learn Team members are encouraged to maintain and grow their skill sets
OPS03-BP07 ops_org_culture_team_res_appro Resource teams appropriately
OPS04-BP01 ops_observability_identify_kpis Identify key performance indicators
OPS04-BP02 ops_observability_application_telemetry Implement application telemetry
OPS04-BP03 ops_observability_customer_telemetry Implement user experience telemetry
OPS04-BP04 ops_observability_dependency_telemetry Implement dependency telemetry
OPS04-BP05 ops_observability_dist_trace Implement distributed tracing
OPS05-BP01 ops_dev_integ_version_control Use version control
OPS05-BP02 ops_dev_integ_test_val_chg Test and validate changes
OPS05-BP03 ops_dev_integ_conf_mgmt_sys Use configuration management systems
OPS05-BP04 ops_dev_integ_build_mgmt_sys Use build and deployment management systems
OPS05-BP05 ops_dev_integ_patch_mgmt Perform patch management
OPS05-BP06 ops_dev_integ_share_design_stds Share design standards
OPS05-BP07 ops_dev_integ_code_quality Implement practices to improve code quality
OPS05-BP08 ops_dev_integ_multi_env Use multiple environments
OPS05-BP09 ops_dev_integ_freq_sm_rev_chg Make frequent, small, reversible changes
OPS05-BP10 ops_dev_integ_auto_integ_deploy Fully automate integration and deployment
OPS06-BP01 ops_mit_deploy_risks_plan_for_unsucessful_changes Plan for unsuccessful changes
OPS06-BP02 ops_mit_deploy_risks_test_val_chg Test deployments
OPS06-BP03 ops_mit_deploy_risks_deploy_mgmt_sys Employ safe deployment strategies
OPS06-BP04 ops_mit_deploy_risks_auto_testing_and_rollback Automate testing and rollback
OPS07-BP01 ops_ready_to_support_personnel_capability Ensure personnel capability
OPS07-BP03 ops_ready_to_support_use_runbooks Use runbooks to perform procedures
OPS07-BP04 ops_ready_to_support_use_playbooks Use playbooks to investigate issues
OPS07-BP05 ops_ready_to_support_informed_deploy_decisions Make informed decisions to deploy systems and changes
OPS07-BP06 ops_ready_to_support_enable_support_plans Create support plans for production workloads
OPS08-BP01 ops_workload_observability_analyze_workload_metrics Analyze workload metrics
OPS08-BP02 ops_workload_observability_analyze_workload_logs Analyze workload logs
OPS08-BP03 ops_workload_observability_analyze_workload_traces Analyze workload traces
OPS08-BP04 ops_workload_observability_create_alerts Create actionable alerts
OPS08-BP05 ops_workload_observability_create_dashboards Create dashboards
OPS09-BP01 ops_operations_health_measure_ops_goals_kpis Measure operations goals and KPIs with metrics
OPS09-BP02 ops_operations_health_communicate_status_trends Communicate status and trends to ensure visibility into
  operation
OPS09-BP03 ops_operations_health_review_ops_metrics_prioritize_improvement Review operations metrics and prioritize
  improvement
OPS10-BP01 ops_event_response_event_incident_problem_process Use a process for event, incident, and problem management
OPS10-BP02 ops_event_response_process_per_alert Have a process per alert
OPS10-BP03 ops_event_response_prioritize_events Prioritize operational events based on business impact
OPS10-BP04 ops_event_response_define_escalation_paths Define escalation paths
OPS10-BP05 ops_event_response_push_notify Define a customer communication plan for service-impacting events
OPS10-BP06 ops_event_response_dashboards Communicate status through dashboards
OPS10-BP07 ops_event_response_auto_event_response Automate responses to events
OPS11-BP01 ops_evolve_ops_process_cont_imp Have a process for continuous improvement
OPS11-BP02 ops_evolve_ops_perform_rca_process Perform post-incident analysis
OPS11-BP03 ops_evolve_ops_feedback_loops Implement feedback loops
OPS11-BP04 ops_evolve_ops_knowledge_management Perform knowledge management
OPS11-BP05 ops_evolve_ops_drivers_for_imp Define drivers for improvement
OPS11-BP06 ops_evolve_ops_validate_insights Validate insights
OPS11-BP07 ops_evolve_ops_metrics_review Perform operations metrics reviews
OPS11-BP08 ops_evolve_ops_share_lessons_learned Document and share lessons learned
OPS11-BP09 ops_evolve_ops_allocate_time_for_imp Allocate time to make improvements
SEC01-BP01 sec_securely_operate_multi_accounts Separate workloads using accounts
SEC01-BP02 sec_securely_operate_aws_account Secure account root user and properties
SEC01-BP03 sec_securely_operate_control_objectives Identify and validate control objectives
SEC01-BP04 sec_securely_operate_updated_threats Stay up to date with security threats and recommendations
SEC01-BP05 sec_securely_operate_reduce_management_scope Reduce security management scope
SEC01-BP06 sec_securely_operate_automate_security_controls Automate deployment of standard security controls
SEC01-BP07 sec_securely_operate_threat_model Identify threats and prioritize mitigations using a threat model
SEC01-BP08 sec_securely_operate_implement_services_features Evaluate and implement new security services and features
  regularly
SEC02-BP01 sec_identities_enforce_mechanisms Use strong sign-in mechanisms
SEC02-BP02 sec_identities_unique Use temporary credentials
SEC02-BP03 sec_identities_secrets Store and use secrets securely
SEC02-BP04 sec_identities_identity_provider Rely on a centralized identity provider
SEC02-BP05 sec_identities_audit Audit and rotate credentials periodically
SEC02-BP06 sec_identities_groups_attributes Employ user groups and attributes
SEC03-BP01 sec_permissions_define Define access requirements
SEC03-BP02 sec_permissions_least_privileges Grant least privilege access
SEC03-BP03 sec_permissions_emergency_process Establish emergency access process
SEC03-BP04 sec_permissions_continuous_reduction Reduce permissions continuously
SEC03-BP05 sec_permissions_define_guardrails Define permission guardrails for your organization
SEC03-BP06 sec_permissions_lifecycle Manage access based on lifecycle
SEC03-BP07 sec_permissions_analyze_cross_account Analyze public and cross-account access
SEC03-BP08 sec_permissions_share_securely Share resources securely within your organization
SEC03-BP09 sec_permissions_share_securely_third_party Share resources securely with a third party
SEC04-BP01 sec_detect_investigate_events_app_service_logging Configure service and application logging
SEC04-BP02 sec_detect_investigate_events_logs Capture logs, findings, and metrics in standardized locations
SEC04-BP03 sec_detect_investigate_events_security_alerts Correlate and enrich security alerts
SEC04-BP04 sec_detect_investigate_events_noncompliant_resources Initiate remediation for non-compliant resources
SEC05-BP01 sec_network_protection_create_layers Create network layers
SEC05-BP02 sec_network_protection_layered Control traffic flow within your network layers
SEC05-BP03 sec_network_protection_inspection Implement inspection-based protection
SEC05-BP04 sec_network_auto_protect Automate network protection
SEC06-BP01 sec_protect_compute_vulnerability_management Perform vulnerability management
SEC06-BP02 sec_protect_compute_hardened_images Provision compute from hardened images
SEC06-BP03 sec_protect_compute_reduce_manual_management Reduce manual management and interactive access
SEC06-BP04 sec_protect_compute_validate_software_integrity Validate software integrity
SEC06-BP05 sec_protect_compute_auto_protection Automate compute protection
SEC07-BP01 sec_data_classification_identify_data Understand your data classification scheme
SEC07-BP02 sec_data_classification_define_protection Apply data protection controls based on data sensitivity
SEC07-BP03 sec_data_classification_auto_classification Automate identification and classification
SEC07-BP04 sec_data_classification_lifecycle_management Define scalable data lifecycle management
SEC08-BP01 sec_protect_data_rest_key_mgmt Implement secure key management
SEC08-BP02 sec_protect_data_rest_encrypt Enforce encryption at rest
SEC08-BP03 sec_protect_data_rest_automate_protection Automate data at rest protection
SEC08-BP04 sec_protect_data_rest_access_control Enforce access control
SEC09-BP01 sec_protect_data_transit_key_cert_mgmt Implement secure key and certificate management
SEC09-BP02 sec_protect_data_transit_encrypt Enforce encryption in transit
SEC09-BP03 sec_protect_data_transit_authentication Authenticate network communications
SEC10-BP01 sec_incident_response_identify_personnel Identify key personnel and external resources
SEC10-BP02 sec_incident_response_develop_management_plans Develop incident management plans
SEC10-BP03 sec_incident_response_prepare_forensic Prepare forensic capabilities
SEC10-BP04 sec_incident_response_playbooks Develop and test security incident response playbooks
SEC10-BP05 sec_incident_response_pre_provision_access Pre-provision access
SEC10-BP06 sec_incident_response_pre_deploy_tools Pre-deploy tools
SEC10-BP07 sec_incident_response_run_game_days Run simulations
SEC10-BP08 sec_incident_response_establish_incident_framework Establish a framework for learning from incidents
SEC11-BP01 sec_appsec_train_for_application_security Train for application security
SEC11-BP02 sec_appsec_automate_testing_throughout_lifecycle Automate testing throughout the development and release
  lifecycle
SEC11-BP03 sec_appsec_perform_regular_penetration_testing Perform regular penetration testing
SEC11-BP04 sec_appsec_manual_code_reviews Conduct code reviews
SEC11-BP05 sec_appsec_centralize_services_for_packages_and_dependencies Centralize services for packages and
  dependencies
SEC11-BP06 sec_appsec_deploy_software_programmatically Deploy software programmatically
SEC11-BP07 sec_appsec_regularly_assess_security_properties_of_pipelines Regularly assess security properties of the
  pipelines
SEC11-BP08 sec_appsec_build_program_that_embeds_security_ownership_in_teams Build a program that embeds security
  ownership in workload teams
REL01-BP01 rel_manage_service_limits_aware_quotas_and_constraints Aware of service quotas and constraints
REL01-BP02 rel_manage_service_limits_limits_considered Manage service quotas across accounts and regions
REL01-BP03 rel_manage_service_limits_aware_fixed_limits Accommodate fixed service quotas and constraints through
  architecture
REL01-BP04 rel_manage_service_limits_monitor_manage_limits Monitor and manage quotas
REL01-BP05 rel_manage_service_limits_automated_monitor_limits Automate quota management
REL01-BP06 rel_manage_service_limits_suff_buffer_limits Ensure that a sufficient gap exists between the current quotas
  and the maximum usage to accommodate failover
REL02-BP01 rel_planning_network_topology_ha_conn_users Use highly available network connectivity for your workload
  public endpoints
REL02-BP02 rel_planning_network_topology_ha_conn_private_networks Provision redundant connectivity between private
  networks in the cloud and on-premises environments
REL02-BP03 rel_planning_network_topology_ip_subnet_allocation Ensure IP subnet allocation accounts for expansion and
  availability
REL02-BP04 rel_planning_network_topology_prefer_hub_and_spoke Prefer hub-and-spoke topologies over many-to-many mesh
REL02-BP05 rel_planning_network_topology_non_overlap_ip Enforce non-overlapping private IP address ranges in all private
  address spaces where they are connected
REL03-BP01 rel_service_architecture_monolith_soa_microservice Choose how to segment your workload
REL03-BP02 rel_service_architecture_business_domains Build services focused on specific business domains and
  functionality
REL03-BP03 rel_service_architecture_api_contracts Provide service contracts per API
REL04-BP01 rel_prevent_interaction_failure_identify Identify the kind of distributed systems you depend on
REL04-BP02 rel_prevent_interaction_failure_loosely_coupled_system Implement loosely coupled dependencies
REL04-BP03 rel_prevent_interaction_failure_constant_work Do constant work
REL04-BP04 rel_prevent_interaction_failure_idempotent Make mutating operations idempotent
REL05-BP01 rel_mitigate_interaction_failure_graceful_degradation Implement graceful degradation to transform applicable
  hard dependencies into soft dependencies
REL05-BP02 rel_mitigate_interaction_failure_throttle_requests Throttle requests
REL05-BP03 rel_mitigate_interaction_failure_limit_retries Control and limit retry calls
REL05-BP04 rel_mitigate_interaction_failure_fail_fast Fail fast and limit queues
REL05-BP05 rel_mitigate_interaction_failure_client_timeouts Set client timeouts
REL05-BP06 rel_mitigate_interaction_failure_stateless Make systems stateless where possible
REL05-BP07 rel_mitigate_interaction_failure_emergency_levers Implement emergency levers
REL06-BP01 rel_monitor_aws_resources_monitor_resources Monitor all components for the workload (Generation)
REL06-BP02 rel_monitor_aws_resources_notification_aggregation Define and calculate metrics (Aggregation)
REL06-BP03 rel_monitor_aws_resources_notification_monitor Send notifications (Real-time processing and alarming)
REL06-BP04 rel_monitor_aws_resources_automate_response_monitor Automate responses (Real-time processing and alarming)
REL06-BP05 rel_monitor_aws_resources_storage_analytics Analyze logs
REL06-BP06 rel_monitor_aws_resources_review_monitoring Regularly review monitoring scope and metrics
REL06-BP07 rel_monitor_aws_resources_end_to_end Monitor end-to-end tracing of requests through your system
REL07-BP01 rel_adapt_to_changes_autoscale_adapt Use automation when obtaining or scaling resources
REL07-BP02 rel_adapt_to_changes_reactive_adapt_auto Obtain resources upon detection of impairment to a workload
REL07-BP03 rel_adapt_to_changes_proactive_adapt_auto Obtain resources upon detection that more resources are needed for
  a workload
REL07-BP04 rel_adapt_to_changes_load_tested_adapt Load test your workload
REL08-BP01 rel_tracking_change_management_planned_changemgmt Use runbooks for standard activities such as deployment
REL08-BP02 rel_tracking_change_management_functional_testing Integrate functional testing as part of your deployment
REL08-BP03 rel_tracking_change_management_resiliency_testing Integrate resiliency testing as part of your deployment
REL08-BP04 rel_tracking_change_management_immutable_infrastructure Deploy using immutable infrastructure
REL08-BP05 rel_tracking_change_management_automated_changemgmt Deploy changes with automation
REL09-BP01 rel_backing_up_data_identified_backups_data Identify and back up all data that needs to be backed up, or
  reproduce the data from sources
REL09-BP02 rel_backing_up_data_secured_backups_data Secure and encrypt backups
REL09-BP03 rel_backing_up_data_automated_backups_data Perform data backup automatically
REL09-BP04 rel_backing_up_data_periodic_recovery_testing_data Perform periodic recovery of the data to verify backup
  integrity and processes
REL10-BP01 rel_fault_isolation_multiaz_region_system Deploy the workload to multiple locations
REL10-BP02 rel_fault_isolation_single_az_system Automate recovery for components constrained to a single location
REL10-BP03 rel_fault_isolation_use_bulkhead Use bulkhead architectures to limit scope of impact
REL11-BP01 rel_withstand_component_failures_monitoring_health Monitor all components of the workload to detect failures
REL11-BP02 rel_withstand_component_failures_failover2good Fail over to healthy resources
REL11-BP03 rel_withstand_component_failures_auto_healing_system Automate healing on all layers
REL11-BP04 rel_withstand_component_failures_avoid_control_plane Rely on the data plane and not the control plane during
  recovery
REL11-BP05 rel_withstand_component_failures_static_stability Use static stability to prevent bimodal behavior
REL11-BP06 rel_withstand_component_failures_notifications_sent_system Send notifications when events impact availability
REL11-BP07 rel_withstand_component_failures_service_level_agreements Architect your product to meet availability targets
  and uptime service level agreements (SLAs)
REL12-BP01 rel_testing_resiliency_playbook_resiliency Use playbooks to investigate failures
REL12-BP02 rel_testing_resiliency_rca_resiliency Perform post-incident analysis
REL12-BP03 rel_testing_resiliency_test_non_functional Test scalability and performance requirements
REL12-BP04 rel_testing_resiliency_failure_injection_resiliency Test resiliency using chaos engineering
REL12-BP05 rel_testing_resiliency_game_days_resiliency Conduct game days regularly
REL13-BP01 rel_planning_for_recovery_objective_defined_recovery Define recovery objectives for downtime and data loss
REL13-BP02 rel_planning_for_recovery_disaster_recovery Use defined recovery strategies to meet the recovery objectives
REL13-BP03 rel_planning_for_recovery_dr_tested Test disaster recovery implementation to validate the implementation
REL13-BP04 rel_planning_for_recovery_config_drift Manage configuration drift at the DR site or Region
REL13-BP05 rel_planning_for_recovery_auto_recovery Automate recovery
PERF01-BP01 perf_architecture_understand_cloud_services_and_features Learn about and understand available cloud services
  and features
PERF01-BP02 perf_architecture_guidance_architecture_patterns_best_practices Use guidance from your cloud provider or an
  appropriate partner to learn about architecture patterns and best practices
PERF01-BP03 perf_architecture_factor_cost_into_architectural_decisions Factor cost into architectural decisions
PERF01-BP04 perf_architecture_evaluate_trade_offs Evaluate how trade-offs impact customers and architecture efficiency
PERF01-BP05 perf_architecture_use_policies_and_reference_architectures Use policies and reference architectures
PERF01-BP06 perf_architecture_use_benchmarking Use benchmarking to drive architectural decisions
PERF01-BP07 perf_architecture_use_data_driven_approach Use a data-driven approach for architectural choices
PERF02-BP01 perf_compute_hardware_select_best_compute_options Select the best compute options for your workload
PERF02-BP02 perf_compute_hardware_understand_compute_configuration_features Understand the available compute
  configuration and features
PERF02-BP03 perf_compute_hardware_collect_compute_related_metrics Collect compute-related metrics
PERF02-BP04 perf_compute_hardware_configure_and_right_size_compute_resources Configure and right-size compute resources
PERF02-BP05 perf_compute_hardware_scale_compute_resources_dynamically Scale your compute resources dynamically
PERF02-BP06 perf_compute_hardware_compute_accelerators Use optimized hardware-based compute accelerators
PERF03-BP01 perf_data_use_purpose_built_data_store Use a purpose-built data store that best supports your data access
  and storage requirements
PERF03-BP02 perf_data_evaluate_configuration_options_data_store Evaluate available configuration options for data store
PERF03-BP03 perf_data_collect_record_data_store_performance_metrics Collect and record data store performance metrics
PERF03-BP04 perf_data_implement_strategies_to_improve_query_performance Implement strategies to improve query
  performance in data store
PERF03-BP05 perf_data_access_patterns_caching Implement data access patterns that utilize caching
PERF04-BP01 perf_networking_understand_how_networking_impacts_performance Understand how networking impacts performance
PERF04-BP02 perf_networking_evaluate_networking_features Evaluate available networking features
PERF04-BP03 perf_networking_choose_appropriate_dedicated_connectivity_or_vpn Choose appropriate dedicated connectivity
  or VPN for your workload
PERF04-BP04 perf_networking_load_balancing_distribute_traffic Use load balancing to distribute traffic across multiple
  resources
PERF04-BP05 perf_networking_choose_network_protocols_improve_performance Choose network protocols to improve performance
PERF04-BP06 perf_networking_choose_workload_location_network_requirements Choose your workload's location based on
  network requirements
PERF04-BP07 perf_networking_optimize_network_configuration_based_on_metrics Optimize network configuration based on
  metrics
PERF05-BP01 perf_process_culture_establish_key_performance_indicators Establish key performance indicators (KPIs) to
  measure workload health and performance
PERF05-BP02 perf_process_culture_use_monitoring_solutions Use monitoring solutions to understand the areas where
  performance is most critical
PERF05-BP03 perf_process_culture_workload_performance Define a process to improve workload performance
PERF05-BP04 perf_process_culture_load_test Load test your workload
PERF05-BP05 perf_process_culture_automation_remediate_issues Use automation to proactively remediate performance-related
  issues
PERF05-BP06 perf_process_culture_keep_workload_and_services_up_to_date Keep your workload and services up-to-date
PERF05-BP07 perf_process_culture_review_metrics Review metrics at regular intervals
COST01-BP01 cost_cloud_financial_management_function Establish ownership of cost optimization
COST01-BP02 cost_cloud_financial_management_partnership Establish a partnership between finance and technology
COST01-BP03 cost_cloud_financial_management_budget_forecast Establish cloud budgets and forecasts
COST01-BP04 cost_cloud_financial_management_cost_awareness Implement cost awareness in your organizational processes
COST01-BP05 cost_cloud_financial_management_usage_report Report and notify on cost optimization
COST01-BP06 cost_cloud_financial_management_proactive_process Monitor cost proactively
COST01-BP07 cost_cloud_financial_management_scheduled Keep up-to-date with new service releases
COST01-BP08 cost_cloud_financial_management_culture Create a cost-aware culture
COST01-BP09 cost_cloud_financial_management_quantify_value Quantify business value from cost optimization
COST02-BP01 cost_govern_usage_policies Develop policies based on your organization requirements
COST02-BP02 cost_govern_usage_goal_target Implement goals and targets
COST02-BP03 cost_govern_usage_account_structure Implement an account structure
COST02-BP04 cost_govern_usage_groups_roles Implement groups and roles
COST02-BP05 cost_govern_usage_controls Implement cost controls
COST02-BP06 cost_govern_usage_track_lifecycle Track project lifecycle
COST03-BP01 cost_monitor_usage_detailed_source Configure detailed information sources
COST03-BP02 cost_monitor_usage_org_information Add organization information to cost and usage
COST03-BP03 cost_monitor_usage_define_attribution Identify cost attribution categories
COST03-BP04 cost_monitor_usage_define_kpi Establish organization metrics
COST03-BP05 cost_monitor_usage_config_tools Configure billing and cost management tools
COST03-BP06 cost_monitor_usage_allocate_outcome Allocate costs based on workload metrics
COST04-BP01 cost_decomissioning_resources_track Track resources over their lifetime
COST04-BP02 cost_decomissioning_resources_implement_process Implement a decommissioning process
COST04-BP03 cost_decomissioning_resources_decommission Decommission resources
COST04-BP04 cost_decomissioning_resources_decomm_automated Decommission resources automatically
COST04-BP05 cost_decomissioning_resources_data_retention Enforce data retention policies
COST05-BP01 cost_select_service_requirements Identify organization requirements for cost
COST05-BP02 cost_select_service_analyze_all Analyze all components of the workload
COST05-BP03 cost_select_service_thorough_analysis Perform a thorough analysis of each component
COST05-BP04 cost_select_service_licensing Select software with cost-effective licensing
COST05-BP05 cost_select_service_select_for_cost Select components of this workload to optimize cost in line with
  organization priorities
COST05-BP06 cost_select_service_analyze_over_time Perform cost analysis for different usage over time
COST06-BP01 cost_type_size_number_resources_cost_modeling Perform cost modeling
COST06-BP02 cost_type_size_number_resources_data Select resource type, size, and number based on data
COST06-BP03 cost_type_size_number_resources_metrics Select resource type, size, and number automatically based on
  metrics
COST06-BP04 cost_type_size_number_resources_shared Consider using shared resources
COST07-BP01 cost_pricing_model_analysis Perform pricing model analysis
COST07-BP02 cost_pricing_model_region_cost Choose Regions based on cost
COST07-BP03 cost_pricing_model_third_party Select third-party agreements with cost-efficient terms
COST07-BP04 cost_pricing_model_implement_models Implement pricing models for all components of this workload
COST07-BP05 cost_pricing_model_master_analysis Perform pricing model analysis at the management account level
COST08-BP01 cost_data_transfer_modeling Perform data transfer modeling
COST08-BP02 cost_data_transfer_optimized_components Select components to optimize data transfer cost
COST08-BP03 cost_data_transfer_implement_services Implement services to reduce data transfer costs
COST09-BP01 cost_manage_demand_resources_cost_analysis Perform an analysis on the workload demand
COST09-BP02 cost_manage_demand_resources_buffer_throttle Implement a buffer or throttle to manage demand
COST09-BP03 cost_manage_demand_resources_dynamic Supply resources dynamically
COST10-BP01 cost_evaluate_new_services_review_process Develop a workload review process
COST10-BP02 cost_evaluate_new_services_review_workload Review and analyze this workload regularly
COST11-BP01 cost_evaluate_cost_effort_automations_operations Perform automation for operations
SUS01-BP01 sus_sus_region_a2 Choose Region based on both business requirements and sustainability goals
SUS02-BP01 sus_sus_user_a2 Scale workload infrastructure dynamically
SUS02-BP02 sus_sus_user_a3 Align SLAs with sustainability goals
SUS02-BP03 sus_sus_user_a4 Stop the creation and maintenance of unused assets
SUS02-BP04 sus_sus_user_a5 Optimize geographic placement of workloads based on their networking requirements
SUS02-BP05 sus_sus_user_a6 Optimize team member resources for activities performed
SUS02-BP06 sus_sus_user_a7 Implement buffering or throttling to flatten the demand curve
SUS03-BP01 sus_sus_software_a2 Optimize software and architecture for asynchronous and scheduled jobs
SUS03-BP02 sus_sus_software_a3 Remove or refactor workload components with low or no use
SUS03-BP03 sus_sus_software_a4 Optimize areas of code that consume the most time or resources
SUS03-BP04 sus_sus_software_a5 Optimize impact on devices and equipment
SUS03-BP05 sus_sus_software_a6 Use software patterns and architectures that best support data access and storage
  patterns
SUS04-BP01 sus_sus_data_a2 Implement a data classification policy
SUS04-BP02 sus_sus_data_a3 Use technologies that support data access and storage patterns
SUS04-BP03 sus_sus_data_a4 Use policies to manage the lifecycle of your datasets
SUS04-BP04 sus_sus_data_a5 Use elasticity and automation to expand block storage or file system
SUS04-BP05 sus_sus_data_a6 Remove unneeded or redundant data
SUS04-BP06 sus_sus_data_a7 Use shared file systems or storage to access common data
SUS04-BP07 sus_sus_data_a8 Minimize data movement across networks
SUS04-BP08 sus_sus_data_a9 Back up data only when difficult to recreate
SUS05-BP01 sus_sus_hardware_a2 Use the minimum amount of hardware to meet your needs
SUS05-BP02 sus_sus_hardware_a3 Use instance types with the least impact
SUS05-BP03 sus_sus_hardware_a4 Use managed services
SUS05-BP04 sus_sus_hardware_a5 Optimize your use of hardware-based compute accelerators
SUS06-BP01 sus_sus_dev_a1 Communicate and cascade your sustainability goals
SUS06-BP02 sus_sus_dev_a2 Adopt methods that can rapidly introduce sustainability improvements
SUS06-BP03 sus_sus_dev_a3 Keep your workload up-to-date
SUS06-BP04 sus_sus_dev_a4 Increase utilization of build environments
SUS06-BP05 sus_sus_dev_a5 Use managed device farms for testing
"""


def _read(table: str) -> dict[str, BestPractice]:
    rows = (row.split(" ", 2) for row in table.replace("\n  ", " ").splitlines())
    return {key: BestPractice(key, title, f"{PAGES}{page}.html") for key, page, title in rows}


BEST_PRACTICES = _read(_TABLE)
