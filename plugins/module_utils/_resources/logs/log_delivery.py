# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Logs that AWS services deliver: a source, a destination and the delivery that joins them, one kind of three parts.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..._describe import logs
from ..._describe.partitions import home_region
from ..._engine.aws import Aws
from ..._engine.errors import AwsError, Refusal
from ..._engine.kind import Kind, Reference, State
from ..cloudfront.distribution import DISTRIBUTION
from ..s3.s3_bucket import S3_BUCKET
from .log_group import LOG_GROUP

# Names of sources and destinations: API_PutDeliverySource.html, API_PutDeliveryDestination.html.
NAME = re.compile(r"[\w-]{1,60}", re.ASCII)
# What AWS puts before the path of a new delivery of CloudFront, and not of one that is changed:
# https://github.com/hashicorp/terraform-provider-aws/issues/46328.
FOLDER = "AWSLogs/{account-id}/CloudFront/"
_DELIVERY = ("record_fields", "field_delimiter", "suffix_path", "hive_compatible_path")
_DESTINATION = ("bucket", "log_group")
FORMATS = ("json", "parquet", "plain", "raw", "w3c")


def read(aws: Aws, items: Sequence[State]) -> dict[str, State]:
    """The deliveries by name, each found by what is delivered and the kind of destination, of which AWS takes one."""
    parts = logs.delivery_parts(aws)
    found = {item["name"]: _delivery(item, parts) for item in items}
    return {name: _state(aws, name, delivery, parts) for name, delivery in found.items() if delivery}


def _source(item: Mapping[str, Any], parts: Mapping[str, Any]) -> Any:
    """AWS takes one source for a resource and a type of log, whatever its name."""
    for one in parts["sources"]:
        if item["resource"] in one["resourceArns"] and one["logType"] == item["log_type"]:
            return one
    return None


def _delivery(item: Mapping[str, Any], parts: Mapping[str, Any]) -> Any:
    source = _source(item, parts)
    if source is None:
        return None
    kind = "S3" if item.get("bucket") else "CWL"
    return next(
        (
            one
            for one in parts["deliveries"]
            if one["deliverySourceName"] == source["name"] and one["deliveryDestinationType"] == kind
        ),
        None,
    )


def _state(aws: Aws, name: str, delivery: Mapping[str, Any], parts: Mapping[str, Any]) -> State:
    source = next(one for one in parts["sources"] if one["name"] == delivery["deliverySourceName"])
    arn = delivery["deliveryDestinationArn"]
    destination: Any = next((one for one in parts["destinations"] if one["arn"] == arn), {})
    target = (destination.get("deliveryDestinationConfiguration") or {}).get("destinationResourceArn", "")
    to_bucket = delivery["deliveryDestinationType"] == "S3"
    path = delivery.get("s3DeliveryConfiguration") or {}
    ours = [one["arn"] for one in (source, destination) if one.get("name") == name]
    tags = [logs.tags_of(aws, one) for one in (delivery["arn"], *ours)]
    return {
        "name": name,
        "id": delivery["id"],
        "arn": delivery["arn"],
        "source": source["name"],
        "destination": destination.get("name"),
        "destination_arn": arn,
        "resource": next(iter(source["resourceArns"])),
        "log_type": source["logType"],
        "bucket": target if to_bucket else None,
        "log_group": None if to_bucket else target.removesuffix(":*"),
        "output_format": destination.get("outputFormat"),
        "record_fields": delivery.get("recordFields"),
        "field_delimiter": delivery.get("fieldDelimiter"),
        "suffix_path": path.get("suffixPath"),
        "hive_compatible_path": path.get("enableHiveCompatiblePath"),
        "parts": [delivery["arn"], *ours],
        "tags": {key: value for key, value in tags[0].items() if all(one.get(key) == value for one in tags)},
    }


def held(aws: Aws, items: Sequence[State]) -> None:
    """Errors: Refusal of items that AWS would not take."""
    home = home_region(aws)
    reasons = []
    for item in items:
        reasons += [f"log_delivery {item['name']}: {reason}" for reason in _refusals(item)]
        if aws.region != home and not _is_regional(item["resource"]):
            reasons.append(
                f"log_delivery {item['name']}: CloudFront delivers its logs in {home}, whatever the stack's region, "
                f"and the task's region is {aws.region}; give the task region: {home}"
            )
    if reasons:
        raise Refusal(reasons)


def _is_regional(resource: str) -> bool:
    return resource.startswith("arn:") and ":cloudfront:" not in resource


def _refusals(item: State) -> Iterator[str]:
    if not NAME.fullmatch(item["name"]):
        yield "a name is of at most 60 letters, digits, - and _"
    if bool(item.get("bucket")) == bool(item.get("log_group")):
        yield "give either a bucket or a log_group"
    if item.get("log_group") and (item.get("suffix_path") or item.get("hive_compatible_path")):
        yield "suffix_path and hive_compatible_path are for a bucket"
    if item.get("hive_compatible_path") and "=" in (item.get("suffix_path") or ""):
        yield "with hive_compatible_path AWS writes the keys into the path itself; leave them out of suffix_path"


def keeps(desired: State, found: State | None) -> tuple[State, list[str]]:
    """Who delivers the same logs to the same kind of place already goes on to do so: AWS takes no second delivery."""
    if found is None or found["destination"] == desired["name"]:
        return desired, []
    rest = {key: value for key, value in desired.items() if key in ("name", "create")}
    where = found["bucket"] or found["log_group"]
    return rest, [
        f"log_delivery {desired['name']}: {found['log_type']} of {found['resource']} are delivered to {where} by "
        f"{found['destination']} already, and AWS takes one delivery to each kind of destination; that one stays"
    ]


def create(aws: Aws, desired: State) -> None:
    """The parts that are not there, source and destination first; a repeated call with tags would be refused."""
    parts = logs.delivery_parts(aws)
    name, tags = desired["name"], {"tags": desired["tags"]} if desired["tags"] else {}
    source = _source(desired, parts)
    if source is None:
        of = {"resourceArn": desired["resource"], "logType": desired["log_type"]}
        source = aws.call_once("logs", "put_delivery_source", name=name, **of, **tags)["deliverySource"]
    known = next((one for one in parts["destinations"] if one["name"] == name), None)
    destination: Mapping[str, Any] = (
        known if known and _leads_there(known, desired) else _put_destination(aws, desired, {} if known else tags)
    )
    try:
        aws.call_once(
            "logs",
            "create_delivery",
            deliverySourceName=source["name"],
            deliveryDestinationArn=destination["arn"],
            **_configuration({}, desired, new=True),
            **tags,
        )
    except AwsError as error:
        if not (error.code == "ConflictException" and "already exists" in error.message):
            raise


def _leads_there(destination: Mapping[str, Any], desired: State) -> bool:
    """An ended run has made it as it is asked for."""
    target = destination["deliveryDestinationConfiguration"]["destinationResourceArn"]
    return bool(target == _target(desired) and desired.get("output_format") in (None, destination.get("outputFormat")))


def _put_destination(aws: Aws, desired: State, tags: Mapping[str, Any]) -> dict[str, Any]:
    options = {"outputFormat": desired["output_format"]} if desired.get("output_format") else {}
    made: dict[str, Any] = aws.call_once(
        "logs",
        "put_delivery_destination",
        name=desired["name"],
        deliveryDestinationConfiguration={"destinationResourceArn": _target(desired)},
        **options,
        **tags,
    )["deliveryDestination"]
    return made


def _target(desired: Mapping[str, Any]) -> str:
    """ARN of the destination; of a log group it ends with :*, as AWS gives it back."""
    group = desired.get("log_group")
    return f"{group}:*" if group else str(desired["bucket"])


def _configuration(found: Mapping[str, Any], desired: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
    """What is to be delivered in which form, whole."""
    wanted = {name: desired[name] if desired.get(name) is not None else found.get(name) for name in _DELIVERY}
    suffix = wanted["suffix_path"]
    if suffix is not None:
        suffix = suffix.removeprefix(FOLDER) if new else FOLDER + suffix.removeprefix(FOLDER)
    path = {"suffixPath": suffix, "enableHiveCompatiblePath": wanted["hive_compatible_path"]}
    path = {key: value for key, value in path.items() if value is not None}
    options = {
        "recordFields": wanted["record_fields"],
        "fieldDelimiter": wanted["field_delimiter"],
        "s3DeliveryConfiguration": path if desired.get("bucket") and path else None,
    }
    return {key: value for key, value in options.items() if value is not None}


def update(aws: Aws, found: State, desired: State, fields: frozenset[str]) -> Iterator[frozenset[str]]:
    moved = fields & set(_DESTINATION)
    if moved:
        form = {"outputFormat": found["output_format"]} if found["output_format"] else {}
        aws.call(
            "logs",
            "put_delivery_destination",
            name=found["destination"],
            deliveryDestinationConfiguration={"destinationResourceArn": _target(desired)},
            **form,
        )
        yield moved
    changed = fields & set(_DELIVERY)
    if changed:
        options = _configuration(found, {**{name: desired[name] for name in changed}, "bucket": found["bucket"]})
        aws.call("logs", "update_delivery_configuration", id=found["id"], **options)
        yield changed


def tag(aws: Aws, found: State, to_set: dict[str, str], to_remove: list[str]) -> None:
    """Of the three parts those that are ours."""
    for arn in found["parts"]:
        if to_set:
            aws.call("logs", "tag_resource", resourceArn=arn, tags=to_set)
        if to_remove:
            aws.call("logs", "untag_resource", resourceArn=arn, tagKeys=to_remove)


def busy(error: AwsError) -> bool:
    """ "Requested resource is currently being updated": https://github.com/hashicorp/terraform-provider-aws/issues/42194"""
    return error.code == "ConflictException" and "being updated" in error.message


def eventual(error: AwsError) -> bool:
    """A source or destination of a moment ago."""
    return error.code == "ResourceNotFoundException" and "Delivery" in error.message


def _same_path(found: Any, desired: Any) -> bool:
    """AWS adds its own folder to the path of a new delivery."""
    return str(found or "").removeprefix(FOLDER).strip("/") == str(desired or "").removeprefix(FOLDER).strip("/")


_OTHER = "give another name to make another delivery"
LOG_DELIVERY = Kind(
    name="log_delivery",
    role="edge",
    read=read,
    create=create,
    update=update,
    tag=tag,
    references={
        "resource": Reference(DISTRIBUTION, "arn"),
        "bucket": Reference(S3_BUCKET, "arn"),
        "log_group": Reference(LOG_GROUP, "arn"),
    },
    unchangeable={
        "resource": f"a source keeps what it delivers; {_OTHER}",
        "log_type": f"a source keeps its type; {_OTHER}",
        "output_format": f"a destination keeps its format; {_OTHER}, once the old one is deleted",
    },
    equal={"suffix_path": _same_path},
    busy=busy,
    eventual=eventual,
    keeps=keeps,
)
