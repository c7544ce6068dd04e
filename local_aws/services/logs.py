# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""CloudWatch Logs: retention is one of a list, and a key must admit the service."""

from __future__ import annotations

from typing import Any

from local_aws import policies
from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("logs")

RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@aws.before("PutRetentionPolicy")
def retention_rule(call: Any) -> None:
    if call.params["retentionInDays"] not in RETENTION:
        raise Refusal(
            "InvalidParameterException", f"retentionInDays must be one of {', '.join(map(str, RETENTION))}", 400
        )


@aws.before("CreateLogGroup")
def name_rule(call: Any) -> None:
    if call.params["logGroupName"].startswith("aws/"):
        raise Refusal("InvalidParameterException", "Log groups starting with aws/ are reserved for AWS.", 400)


@aws.before("CreateLogGroup", "AssociateKmsKey")
def key_rule(call: Any) -> None:
    """The key is there, enabled and symmetric, and its policy admits CloudWatch Logs for this very log group.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    key = call.params.get("kmsKeyId")
    if key is None:
        return
    try:
        found = call.ask("kms", "DescribeKey", KeyId=key)["KeyMetadata"]
    except Refusal as refused:
        raise Refusal("InvalidParameterException", f"The specified KMS Key Id could not be found. '{key}'", 400) from (
            refused
        )
    if found["KeyState"] != "Enabled" or found.get("KeySpec", "SYMMETRIC_DEFAULT") != "SYMMETRIC_DEFAULT":
        raise Refusal("InvalidParameterException", f"The specified KMS Key Id is disabled or not valid. '{key}'", 400)
    identifier = call.params.get("resourceIdentifier", "")
    name = call.params.get("logGroupName") or identifier.partition(":log-group:")[2].removesuffix(":*")
    group = f"arn:{call.partition}:logs:{call.region}:{call.account}:log-group:{name}"
    if call.operation == "AssociateKmsKey":
        _group(call, call.params.get("logGroupName", ""), identifier)
    policy = call.ask("kms", "GetKeyPolicy", KeyId=found["KeyId"], PolicyName="default")["Policy"]
    if not _admitted(call, policy, group):
        raise Refusal(
            "AccessDeniedException",
            f"The specified KMS key does not exist or is not allowed to be used with Arn '{group}'",
            400,
        )


def _admitted(call: Any, policy: str, group: str) -> bool:
    context = {"kms:EncryptionContext:aws:logs:arn": group, "aws:SourceArn": group, "aws:SourceAccount": call.account}
    principals = [f"logs.{call.region}.amazonaws.com"]
    if call.partition == "aws-cn":
        principals.append(f"{principals[0]}.cn")
    return any(
        all(policies.admits(policy, principal, action, context) for action in ("kms:Decrypt", "kms:GenerateDataKey"))
        for principal in principals
    )


@aws.adds
def associate_kms_key(call: Any, *, kms_key_id: str, log_group_name: str = "", resource_identifier: str = "") -> None:
    _group(call, log_group_name, resource_identifier).kms_key_id = kms_key_id


@aws.adds
def disassociate_kms_key(call: Any, *, log_group_name: str = "", resource_identifier: str = "") -> None:
    _group(call, log_group_name, resource_identifier).kms_key_id = None


def _group(call: Any, name: str, identifier: str) -> Any:
    if bool(name) == bool(identifier):
        raise Refusal("InvalidParameterException", "Give either logGroupName or resourceIdentifier.", 400)
    wanted = name or identifier.partition(":log-group:")[2].removesuffix(":*")
    group = call.backend().groups.get(wanted)
    if group is None:
        raise Refusal("ResourceNotFoundException", "The specified log group does not exist.", 400)
    return group


# Vended logs: sources, destinations and deliveries


@aws.before("PutDeliverySource")
def source_rule(call: Any) -> None:
    """One source for a resource and a type, and what is CloudFront's in one region of the partition.

    https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2513
    """
    arn = call.params["resourceArn"]
    if ":cloudfront:" in arn:
        if call.region != HOME.get(call.partition):
            raise Refusal(
                "ValidationException", f"The resource {arn} is not supported in the region {call.region}.", 400
            )
        listed = call.ask("cloudfront", "ListDistributions")["DistributionList"].get("Items", [])
        if arn not in {one["ARN"] for one in listed}:
            raise Refusal("ResourceNotFoundException", f"The specified resource {arn} does not exist.", 400)
    for one in call.backend().delivery_sources.values():
        same = arn in one.resource_arns and one.log_type == call.params["logType"]
        if same and one.name != call.params["name"]:
            raise Refusal(
                "ConflictException",
                "This ResourceId has already been used in another Delivery Source in this account.",
                400,
            )


HOME = {"aws": "us-east-1", "aws-cn": "cn-northwest-1"}
FOLDER = "AWSLogs/{account-id}/CloudFront/"


@aws.before("PutDeliveryDestination")
def destination_rule(call: Any) -> None:
    target = call.params["deliveryDestinationConfiguration"]["destinationResourceArn"]
    if ":log-group:" in target:
        _group(call, "", target)
    bucket = target.partition(":s3:::")[2].partition("/")[0]
    if bucket and bucket not in call.backend("s3", region="aws").buckets:
        raise Refusal("ResourceNotFoundException", f"The bucket {bucket} does not exist.", 400)


@aws.before("CreateDelivery", "UpdateDeliveryConfiguration")
def path_rule(call: Any) -> None:
    path = call.params.get("s3DeliveryConfiguration") or {}
    if path.get("enableHiveCompatiblePath") and "=" in path.get("suffixPath", ""):
        raise Refusal("ValidationException", "Provided suffixPath is invalid", 400)


@aws.after("CreateDelivery")
def delivery_made(call: Any, answer: dict[str, Any]) -> None:
    """CloudFront's folder comes before the path of a new delivery, unless the destination has one of its own; and the
    bucket's policy is made to admit it.

    https://github.com/hashicorp/terraform-provider-aws/issues/46328
    """
    backend = call.backend()
    delivery = backend.deliveries[answer["delivery"]["id"]]
    destination = next(
        one for one in backend.delivery_destinations.values() if one.arn == delivery.delivery_destination_arn
    )
    target = destination.delivery_destination_configuration["destinationResourceArn"]
    if destination.delivery_destination_type != "S3":
        return
    asked = call.params.get("s3DeliveryConfiguration") or {}
    bucket, _slash, folder = target.partition(":s3:::")[2].partition("/")
    suffix = asked.get("suffixPath", "")
    delivery.s3_delivery_configuration = {
        "suffixPath": suffix if folder else FOLDER + suffix,
        "enableHiveCompatiblePath": bool(asked.get("enableHiveCompatiblePath")),
    }
    from local_aws.services.s3 import delivery as permissions

    permissions.admit(call, bucket, folder or f"AWSLogs/{call.account}/CloudFront")
    answer["delivery"] = {**answer["delivery"], "s3DeliveryConfiguration": delivery.s3_delivery_configuration}


@aws.adds
def update_delivery_configuration(
    call: Any,
    *,
    id: str,  # noqa: A002 the API's own name
    record_fields: list[str] | None = None,
    field_delimiter: str | None = None,
    s3_delivery_configuration: dict[str, Any] | None = None,
) -> None:
    """What is given takes the place of what was; nothing is put before a path now."""
    delivery = call.backend().deliveries.get(id)
    if delivery is None:
        raise Refusal("ResourceNotFoundException", "Requested Delivery does not exist in this account.", 400)
    if record_fields is not None:
        delivery.record_fields = record_fields
    if field_delimiter is not None:
        delivery.field_delimiter = field_delimiter
    if s3_delivery_configuration is not None:
        delivery.s3_delivery_configuration = {**delivery.s3_delivery_configuration, **s3_delivery_configuration}


@aws.before("DeleteDeliverySource", "DeleteDeliveryDestination")
def part_rule(call: Any) -> None:
    """ "You can't delete a delivery source/destination that is in use": the deliveries go first."""
    name = call.params["name"]
    backend = call.backend()
    arns = {one.arn for one in backend.delivery_destinations.values() if one.name == name}
    used = any(
        one.delivery_source_name == name
        if call.operation == "DeleteDeliverySource"
        else one.delivery_destination_arn in arns
        for one in backend.deliveries.values()
    )
    if used:
        raise Refusal("ConflictException", f"{name} is used by a delivery.", 400)
