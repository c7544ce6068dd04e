# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Requests held against botocore's model: types, required, unknown keys, lengths, ranges, enums, patterns.

A client's botocore checks only some of it before it sends. S3 is left out: its model is no guide to what S3
refuses.
"""

from __future__ import annotations

import functools
import json
from typing import Any
from urllib.parse import parse_qsl

import regex
from botocore.validate import ParamValidator, ValidationErrors

from local_aws import refusal

LEFT_OUT = frozenset({"s3"})
# Shapes whose pattern in the model is narrower than what the service takes: buckets' ARNs have no region.
_LOOSE = frozenset({"S3ResourceArn"})


@functools.cache
def _pattern(text: str) -> Any:
    try:
        return regex.compile(text)
    except regex.error:  # some models carry patterns of other dialects
        return None


class Validator(ParamValidator):
    """botocore's, with what it leaves to the service."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[int, bool] = {}

    def _shape_has_constraints(self, shape: Any) -> bool:
        return True  # so that list members are looked at, too

    def _validate_string(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if not isinstance(param, str):
            errors.report(name, "invalid type", param=param, valid_types=["<class 'str'>"])
            return
        metadata = shape.metadata
        if not metadata:
            return
        if "enum" in metadata and param not in metadata["enum"]:
            errors.report(name, "not in enum", param=param, allowed=metadata["enum"])
            return
        self._length(param, metadata, errors, name)
        if "pattern" in metadata and shape.name not in _LOOSE:
            pattern = _pattern(metadata["pattern"])
            if pattern is not None and not _matches(pattern, param):
                errors.report(name, "no match", param=param, pattern=metadata["pattern"])

    def _validate_list(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_list(param, shape, errors, name)
        if isinstance(param, (list, tuple)) and len(param) > shape.metadata.get("max", len(param)):
            errors.report(name, "too long", length=len(param), max=shape.metadata["max"])

    def _validate_map(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_map(param, shape, errors, name)
        if isinstance(param, dict):
            self._length(param, shape.metadata, errors, name)

    def _validate_integer(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_integer(param, shape, errors, name)
        self._range(param, shape, errors, name)

    def _validate_long(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_long(param, shape, errors, name)
        self._range(param, shape, errors, name)

    def _validate_double(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        super()._validate_double(param, shape, errors, name)
        self._range(param, shape, errors, name)

    _validate_float = _validate_double

    @staticmethod
    def _length(param: Any, metadata: Any, errors: Any, name: str) -> None:
        if len(param) < metadata.get("min", 0):
            errors.report(name, "invalid length", param=len(param), min_allowed=metadata["min"])
        if len(param) > metadata.get("max", len(param)):
            errors.report(name, "too long", length=len(param), max=metadata["max"])

    @staticmethod
    def _range(param: Any, shape: Any, errors: Any, name: str) -> None:
        if isinstance(param, (int, float)) and param > shape.metadata.get("max", param):
            errors.report(name, "too large", param=param, max=shape.metadata["max"])


def _matches(pattern: Any, value: str) -> bool:
    """The service's regexes are anchored, whether they say so or not; some mean a part, and say so with .*"""
    return pattern.fullmatch(value) is not None


class Errors(ValidationErrors):
    def _format_error(self, error: Any) -> str:
        kind, name, more = error
        name = self._get_name(name)
        if kind == "not in enum":
            return f"Value '{more['param']}' at '{name}' must be one of: {', '.join(more['allowed'])}"
        if kind == "no match":
            return f"Value '{more['param']}' at '{name}' must satisfy the regular expression {more['pattern']}"
        if kind == "too long":
            return f"Length {more['length']} at '{name}' is more than {more['max']}"
        if kind == "too large":
            return f"Value {more['param']} at '{name}' is more than {more['max']}"
        return str(super()._format_error(error))

    def kinds(self) -> set[str]:
        return {error[0] for error in self._errors}


_validator = Validator()


def check(call: Any) -> None:
    """Refuse the call as its service would, when its parameters do not fit the model."""
    if call.service in LEFT_OUT:
        return
    shape = call.model.input_shape
    if shape is None:
        return
    unknown = unknown_keys(call, shape)
    if unknown:
        message = f"The parameter {unknown[0]} is not recognized"
        raise refusal.invalid(call.service, call.protocol, message, unknown=True)
    errors = Errors()
    _validator._validate(call.params, shape, errors, "")
    if errors.has_errors():
        kinds = errors.kinds()
        count = len(errors._errors)
        message = f"{count} validation error{'s' if count > 1 else ''} detected: {errors.generate_report()}"
        missing = kinds == {"missing required field"}
        raise refusal.invalid(call.service, call.protocol, message, missing=missing)


def unknown_keys(call: Any, shape: Any) -> list[str]:
    """Keys of the raw request that the model does not have: moto's parsers drop them."""
    if call.protocol in ("query", "ec2"):
        form = call.body or call.environ.get("QUERY_STRING", "").encode()
        names = [name for name, _unused in parse_qsl(form.decode(), keep_blank_values=True)]
        return _unknown_in_form(names, shape, call)
    if call.protocol == "json" or (call.protocol == "rest-json" and _has_json_body(call, shape)):
        if not call.body:
            return []
        payload = shape.serialization.get("payload")
        inner = shape.members[payload] if payload else shape
        try:
            return _unknown_in_json(json.loads(call.body), inner, "")
        except ValueError:
            return []
    return []


def _has_json_body(call: Any, shape: Any) -> bool:
    payload = shape.serialization.get("payload")
    if payload and shape.members[payload].type_name != "structure":
        return False
    return "json" in call.environ.get("CONTENT_TYPE", "") or call.body[:1] == b"{"


def _unknown_in_json(value: Any, shape: Any, path: str) -> list[str]:
    kind = shape.type_name
    if kind == "structure" and isinstance(value, dict):
        if getattr(shape, "is_document_type", False):
            return []
        members = {member.serialization.get("name", name): member for name, member in shape.members.items()}
        found = []
        for key, item in value.items():
            if key in members:
                found += _unknown_in_json(item, members[key], f"{path}{key}.")
            elif key != "__type":
                found.append(f"{path}{key}")
        return found
    if kind == "list" and isinstance(value, list):
        return [name for item in value for name in _unknown_in_json(item, shape.member, path)]
    if kind == "map" and isinstance(value, dict):
        return [name for key, item in value.items() for name in _unknown_in_json(item, shape.value, f"{path}{key}.")]
    return []


def _unknown_in_form(keys: list[str], shape: Any, call: Any) -> list[str]:
    return [
        key
        for key in keys
        if key not in ("Action", "Version", "ContentType", "AWSAccessKeyId")
        and not key.startswith("X-Amz-")
        and not _known_in_form(key.split("."), shape, call.protocol)
    ]


def _known_in_form(parts: list[str], shape: Any, protocol: str) -> bool:
    """Whether A.member.1.B leads to a scalar (or an empty list) of the model."""
    kind = shape.type_name
    if kind == "structure":
        for name, member in shape.members.items():
            wire = _wire_name(name, member, protocol).split(".")
            if parts[: len(wire)] == wire and _known_in_form(parts[len(wire) :], member, protocol):
                return True
        return False
    if kind in ("list", "map"):
        if not parts:
            return True  # an empty one is sent as its bare name
        flattened = shape.serialization.get("flattened") or protocol == "ec2"
        if not flattened:
            parts = parts[1:]  # member, entry or the locationName of the item
        if not parts or not parts[0].isdigit():
            return False
        rest = parts[1:]
        if kind == "list":
            return _known_in_form(rest, shape.member, protocol)
        if not rest:
            return False
        if rest[0] == shape.key.serialization.get("name", "key"):
            return len(rest) == 1
        if rest[0] == shape.value.serialization.get("name", "value"):
            return _known_in_form(rest[1:], shape.value, protocol)
        return False
    return not parts


def _wire_name(name: str, member: Any, protocol: str) -> str:
    serialization = member.serialization
    if protocol == "ec2":
        if "queryName" in serialization:
            return str(serialization["queryName"])
        wire = str(serialization.get("name", name))
        return wire[0].upper() + wire[1:]
    if member.type_name == "list" and serialization.get("flattened"):
        return str(member.member.serialization.get("name", serialization.get("name", name)))
    return str(serialization.get("name", name))
