# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Errors as AWS answers them, and the codes that differ by protocol and service."""

from __future__ import annotations


class Refusal(Exception):
    """An AWS error: ``raise Refusal("DBClusterNotFoundFault", "DBCluster x not found.", 404)``.

    Without a status the service model's own is used, else 400. Further keywords become members of the
    error's structure where the protocol carries them.
    """

    def __init__(self, code: str, message: str, status: int | None = None, **members: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        for name, value in members.items():
            setattr(self, name, value)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


_THROTTLED = {
    "query": ("Throttling", 400),
    "ec2": ("RequestLimitExceeded", 503),
    "json": ("ThrottlingException", 400),
    "rest-json": ("ThrottlingException", 429),
    "rest-xml": ("Throttling", 400),
}
_DENIED = {
    "query": "AccessDenied",
    "ec2": "UnauthorizedOperation",
    "json": "AccessDeniedException",
    "rest-json": "AccessDeniedException",
    "rest-xml": "AccessDenied",
}
# How credentials are refused that the service does not know.
_TOKEN = "The security token included in the request is invalid."
_STRANGER = {
    "query": ("InvalidClientTokenId", 403, _TOKEN),
    "ec2": ("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
    "json": ("UnrecognizedClientException", 400, _TOKEN),
    "rest-xml": ("InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records."),
}
_INVALID = {
    "query": "ValidationError",
    "ec2": "InvalidParameterValue",
    "json": "ValidationException",
    "rest-json": "ValidationException",
    "rest-xml": "InvalidInput",
}
# Services whose documented code for a malformed parameter is not their protocol's usual one.
_INVALID_IN = {
    "acm": "ValidationException",
    "cloudfront": "InvalidArgument",
    "cloudtrail": "InvalidParameterCombinationException",
    "codebuild": "InvalidInputException",
    "ecr": "InvalidParameterException",
    "ecs": "InvalidParameterException",
    "elasticache": "InvalidParameterValue",
    "guardduty": "BadRequestException",
    "lambda": "InvalidParameterValueException",
    "logs": "InvalidParameterException",
    "rds": "InvalidParameterValue",
    "resourcegroupstaggingapi": "InvalidParameterException",
    "secretsmanager": "ValidationException",
    "securityhub": "InvalidInputException",
    "sns": "InvalidParameter",
    "wafv2": "WAFInvalidParameterException",
    "xray": "InvalidRequestException",
}
_MISSING_IN = {"ec2": "MissingParameter", "rds": "MissingParameter", "elasticache": "MissingParameter"}


def throttled(service: str, protocol: str) -> Refusal:
    code, status = ("SlowDown", 503) if service == "s3" else _THROTTLED.get(protocol, ("ThrottlingException", 400))
    return Refusal(code, "Rate exceeded", status)


def denied(service: str, operation: str, protocol: str, account: str) -> Refusal:
    caller = f"arn:aws:iam::{account}:user/caller"
    message = f"User: {caller} is not authorized to perform: {service}:{operation}"
    if protocol == "ec2":
        message = f"You are not authorized to perform this operation. {message}"
    return Refusal(_DENIED.get(protocol, "AccessDeniedException"), message, 403)


def stranger(protocol: str) -> Refusal:
    """Credentials of another partition: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""
    code, status, message = _STRANGER.get(protocol, ("UnrecognizedClientException", 403, _TOKEN))
    return Refusal(code, message, status)


def invalid(service: str, protocol: str, message: str, *, missing: bool = False, unknown: bool = False) -> Refusal:
    if missing and service in _MISSING_IN:
        return Refusal(_MISSING_IN[service], message, 400)
    if unknown and protocol == "ec2":
        return Refusal("UnknownParameter", message, 400)
    return Refusal(_INVALID_IN.get(service, _INVALID.get(protocol, "ValidationException")), message, 400)


def not_emulated(message: str) -> Refusal:
    """What this emulator cannot do. 501, because botocore does not retry it and no AWS error looks like it."""
    return Refusal("NotImplemented", f"local_aws: {message}", 501)
