# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One request to an AWS API: whose it is, what it asks, and how its answer is written."""

from __future__ import annotations

import io
import re
import uuid
from typing import Any
from urllib.parse import unquote_plus, urlencode

from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from moto.backends import get_backend
from moto.core.errors import COMMON_ERROR_CODES
from moto.core.model import OperationModel
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import DefaultAttributePicker, SerializationContext, get_serializer_class
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

from local_aws.refusal import Refusal, not_emulated, stranger
from local_aws.regions import GLOBAL_REGION, is_region, partition_of, partitions
from local_aws.stores import Stores

Answer = tuple[int, list[tuple[str, str]], bytes]

# Signing names that are not botocore's name of the service.
_SIGNED_AS = {
    "access-analyzer": "accessanalyzer",
    "aoss": "opensearchserverless",
    "aps": "amp",
    "cloudcontrolapi": "cloudcontrol",
    "elasticfilesystem": "efs",
    "elasticmapreduce": "emr",
    "mobiletargeting": "pinpoint",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "sso": "sso-admin",
    "sso-oauth": "sso-oidc",
    "states": "stepfunctions",
    "tagging": "resourcegroupstaggingapi",
    "timestream": "timestream-write",
}
_SCOPE = re.compile(r"Credential=([^/,\s]+)/\d{8}/([^/,\s]+)/([^/,\s]+)/aws4_request")
_UNSIGNED = {
    b"AssumeRoleWithSAML": "sts",
    b"AssumeRoleWithWebIdentity": "sts",
}


def service_of(signing_name: str, path: str, body: bytes, target: str) -> str:
    """botocore's name of the service; several share a signing name."""
    if signing_name == "elasticloadbalancing":
        return "elb" if b"Version=2012-06-01" in body else "elbv2"
    if signing_name == "s3" and path.startswith("/v20180820/"):
        return "s3control"
    if signing_name == "dynamodb" and target.startswith("DynamoDBStreams"):
        return "dynamodbstreams"
    if signing_name == "ses" and path.startswith("/v2/"):
        return "sesv2"
    if signing_name == "apigateway" and path.startswith("/v2/"):
        return "apigatewayv2"
    if signing_name == "es" and path.startswith("/2021-01-01/"):
        return "opensearch"
    return _SIGNED_AS.get(signing_name, signing_name)


class Call:
    """``params`` is the request as the API reference names it; ``state(name)`` a dictionary of ours."""

    def __init__(self, environ: dict[str, Any], body: bytes, front: Any) -> None:
        self.environ = environ
        self.body = body
        self.front = front
        self.params: dict[str, Any] = {}
        self.operation = ""
        self.request_id = str(uuid.uuid4())
        self.changed = False
        self.original: dict[str, Any] = {}
        path = environ.get("PATH_INFO", "/")
        scope = environ.get("HTTP_AUTHORIZATION", "")
        if "Credential=" not in scope:
            query = environ.get("QUERY_STRING", "")
            scope = unquote_plus(query).replace("X-Amz-Credential", "Credential") if "X-Amz-Cred" in query else ""
        found = _SCOPE.search(scope)
        self.access_key, self.region, signing_name = found.groups() if found else ("", GLOBAL_REGION, "")
        if not signing_name:
            action = next((name for name in _UNSIGNED if b"Action=" + name in body), b"")
            signing_name = _UNSIGNED.get(action, "s3")
        self.service = service_of(signing_name.lower(), path, body, environ.get("HTTP_X_AMZ_TARGET", ""))
        self.account = account_of(self.access_key)

    def identify(self) -> None:
        """Find the operation and read its parameters; refuse what no AWS client would send."""
        try:
            self.service_model = get_service_model(self.service)
        except Exception as error:  # botocore's UnknownServiceError, moto's own
            raise Refusal("UnknownService", f"local_aws: there is no AWS service {self.service!r}", 400) from error
        if not any(is_region(self.region, partition) for partition in partitions()):
            raise Refusal("UnknownRegion", f"local_aws: there is no AWS region {self.region!r}", 400)
        request = Request(self.environ)
        content_type = self.environ.get("CONTENT_TYPE", "")
        try:
            self.protocol = determine_request_protocol(self.service_model, content_type)
            self.model, uri = get_service_router(self.service).match(request)
        except (NotFound, NotImplementedError, KeyError) as error:
            place = f"{self.environ.get('REQUEST_METHOD')} {self.environ.get('PATH_INFO')}"
            raise Refusal("InvalidAction", f"{self.service} has no such operation: {place}", 400) from error
        if not is_region(self.region, self.front.settings.partition):
            raise stranger(self.protocol)
        self.operation = str(self.model.name)
        try:
            parser = PROTOCOL_PARSERS[self.protocol](self.model)
            self.params = dict(
                parser.parse(
                    {
                        "method": self.environ["REQUEST_METHOD"],
                        "values": request.values,
                        "headers": request.headers,
                        "body": self.body,
                        "url_path": request.path,
                        "url_params": uri,
                    }
                )
                or {}
            )
        except Exception as error:
            if self.service == "s3":  # a body of any form, which moto reads in its own way
                return
            raise Refusal("SerializationException", f"{self.operation}: cannot be read: {error}", 400) from error
        finally:
            self.environ["wsgi.input"] = io.BytesIO(self.body)
        self.original = dict(self.params)  # as the client sent it, whatever rules change

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation or '?'}"

    @property
    def partition(self) -> str:
        """The partition of the call's region, as ARNs begin with it: ``aws``, ``aws-cn``, ``aws-us-gov``."""
        return partition_of(self.region)

    def state(self, name: str, *, region: str | None = None, service: str | None = None) -> dict[str, Any]:
        """Own state, by service, account and region; gone at a reset."""
        stores: Stores = self.front.stores
        return stores.get(service or self.service, self.account, region or self.region, name)

    def backend(self, service: str | None = None, region: str | None = None) -> Any:
        """moto's state of a service, in this account and region."""
        regions = get_backend(service or self.service)[self.account]
        wanted = region or self.region
        if wanted in partitions():
            wanted = self.partition  # a global service's state is the partition's
        return regions[wanted] if wanted in regions else regions[self.partition]

    def change(self, **params: Any) -> None:
        """Send moto other parameters than the client did; None takes one away."""
        for name, value in params.items():
            if value is None:
                self.params.pop(name, None)
            else:
                self.params[name] = value
        self.changed = True

    def ask(self, service: str, operation: str, *, region: str | None = None, **params: Any) -> dict[str, Any]:
        """Another call by the same caller, through all rules; unrecorded, and no fault strikes it."""
        environ, body = request_for(service, operation, params, region or self.region, self.access_key)
        other = Call(environ, body, self.front)
        status, headers, answer = self.front.answer(other)
        return read_answer(other, status, headers, answer)

    def moto(self, operation: str | None = None, **params: Any) -> dict[str, Any]:
        """moto's own answer to this call, or to another of the same service, past all rules."""
        if operation is None:
            status, headers, answer = self.front.moto(self)
            return read_answer(self, status, headers, answer)
        environ, body = request_for(self.service, operation, params, self.region, self.access_key)
        other = Call(environ, body, self.front)
        other.identify()
        status, headers, answer = self.front.moto(other)
        return read_answer(other, status, headers, answer)


def account_of(access_key: str) -> str:
    from moto.iam.models import get_account_id_from

    return str(get_account_id_from(access_key))


def request_for(
    service: str, operation: str, params: dict[str, Any], region: str, access_key: str
) -> tuple[dict[str, Any], bytes]:
    """The WSGI environment and body of a call, as botocore writes them."""
    model = get_service_model(service)
    operation_model = model.operation_model(operation)
    sent = create_serializer(_protocol(model), False).serialize_to_request(params, operation_model)
    body = body_bytes(sent["body"])
    signing_name = model.metadata.get("signingName", model.metadata["endpointPrefix"])
    path = sent["url_path"]
    query = sent["query_string"]
    query = query if isinstance(query, str) else urlencode(query, doseq=True)
    if "?" in path:
        path, _unused, more = path.partition("?")
        query = f"{more}&{query}" if query else more
    environ: dict[str, Any] = {
        "REQUEST_METHOD": sent["method"],
        "PATH_INFO": unquote_plus(path.replace("+", "%2B")),
        "RAW_URI": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.version": (1, 0),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": (
            f"AWS4-HMAC-SHA256 Credential={access_key or 'LOCALAWS'}/20260101/{region}/{signing_name}/aws4_request, "
            "SignedHeaders=host, Signature=0"
        ),
    }
    for name, value in sent["headers"].items():
        key = name.upper().replace("-", "_")
        environ[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = str(value)
    if isinstance(sent["body"], dict):
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded; charset=utf-8"
    return environ, body


def _protocol(model: Any) -> str:
    """The first of the service's protocols that moto reads; CloudWatch's own one is not among them."""
    protocols = [str(model.protocol), *model.metadata.get("protocols", [])]
    return next((one for one in protocols if one in PROTOCOL_PARSERS), protocols[0])


def body_bytes(body: Any) -> bytes:
    if isinstance(body, dict):
        return urlencode(body, doseq=True).encode()
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def rewrite(call: Call) -> None:
    """Write changed parameters back into the request that moto will read."""
    sent = create_serializer(call.protocol, False).serialize_to_request(call.params, call.model)
    call.body = body_bytes(sent["body"])
    call.environ["wsgi.input"] = io.BytesIO(call.body)
    call.environ["CONTENT_LENGTH"] = str(len(call.body))
    call.changed = False


def write_answer(call: Call, result: Any) -> Answer:
    """A dictionary or a Refusal in the call's protocol."""
    if isinstance(result, Refusal) and result.code not in COMMON_ERROR_CODES:
        COMMON_ERROR_CODES.append(result.code)  # else moto warns of each that the service's model leaves out
    model = call.model if call.operation else _no_operation(call)
    protocol = getattr(call, "protocol", "json")
    serializer = get_serializer_class(call.service, protocol)(
        model, context=SerializationContext(call.request_id), value_picker=DefaultAttributePicker()
    )
    response = serializer.serialize(result)
    body = response["body"]
    status = response["status_code"]
    if isinstance(result, Refusal) and result.status:
        status = result.status
    headers = [(name, str(value)) for name, value in response["headers"].items()]
    if not any(name.lower() in ("x-amzn-requestid", "x-amz-request-id") for name, _unused in headers):
        headers.append(("x-amz-request-id" if call.service == "s3" else "x-amzn-RequestId", call.request_id))
    return status, headers, body.encode() if isinstance(body, str) else body


def _no_operation(call: Call) -> OperationModel:
    if not hasattr(call, "service_model"):
        call.service_model = get_service_model("sts")
    if not hasattr(call, "protocol"):
        content_type = call.environ.get("CONTENT_TYPE", "")
        call.protocol = "json" if "json" in content_type else str(call.service_model.protocol)
    return OperationModel({}, call.service_model)


def read_answer(call: Call, status: int, headers: list[tuple[str, str]], body: bytes) -> dict[str, Any]:
    """What a client would read; an error is raised as a Refusal."""
    from botocore.awsrequest import HeadersDict

    response = {"status_code": status, "headers": HeadersDict(headers), "body": body}
    if status >= 300 and not call.operation:
        raise not_emulated(body.decode(errors="replace"))
    parsed = create_parser(call.protocol).parse(response, call.model.output_shape)
    if status >= 300:
        error = parsed.get("Error", {})
        raise Refusal(error.get("Code", "Unknown"), error.get("Message", ""), status)
    parsed.pop("ResponseMetadata", None)
    return parsed
