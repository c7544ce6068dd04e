# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""One account and one region: clients, calls, pages, concurrency."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from .done import note_call
from .errors import Abandoned, AwsError, Refusal, WebappError
from .pending import pending_fields
from .permissions import permission
from .session import USER_AGENT

try:
    from botocore.config import Config
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        ConnectTimeoutError,
        EndpointConnectionError,
        HTTPClientError,
        NoCredentialsError,
        ProxyConnectionError,
        SSLError,
    )

    # Behind a proxy a connection that breaks after the request was sent is a ProxyConnectionError, too.
    _UNSENT = (ConnectTimeoutError, EndpointConnectionError, SSLError)
    _UNANSWERED = (HTTPClientError, ProxyConnectionError)
except ImportError:
    # _engine/module.py says that botocore is missing before anything could come here.
    pass

Item = TypeVar("Item")
Answer = TypeVar("Answer")

CONCURRENCY = 24
MAX_ATTEMPTS = 10
# Attempts to connect, where nothing has been sent yet.
CONNECTS = 4
# How operations begin that change nothing.
READS = ("describe_", "get_", "head_", "list_", "batch_get_", "search_", "simulate_", "validate_")
# Where botocore has no paginator: what answers call their token. The parameter has the same name, or is Marker.
_TOKENS = ("NextToken", "nextToken", "NextMarker")


@dataclass
class _Shared:
    """What the Aws of one account have in common, whatever their region."""

    clients: dict[tuple[str, str, bool], Any] = field(default_factory=dict)
    views: dict[tuple[str, bool], Aws] = field(default_factory=dict)
    lock: Any = field(default_factory=threading.RLock)
    slots: Any = field(default_factory=lambda: threading.BoundedSemaphore(CONCURRENCY))
    account_id: str = ""
    calls: list[str] = field(default_factory=list)
    has_changed: bool = False
    task: str = field(default_factory=lambda: uuid.uuid4().hex)
    known: dict[tuple[str, str], Any] = field(default_factory=dict)
    asking: dict[tuple[str, str], Any] = field(default_factory=dict)
    wanted: Callable[[], bool] = lambda: True


class Aws:
    """Calls to one account in one region. Safe to share between threads.

    call(), pages() and map() are all that the reading and the changing layers use. Answers have no
    ResponseMetadata and ISO 8601 strings for times. Errors: AwsError. tolerant: a part of a thing that cannot be read
    is noted on the thing; else it is an error, as nothing may be changed that was not read.
    """

    def __init__(
        self,
        session: Any,
        region: str,
        *,
        adaptive: bool = False,
        client_options: Mapping[str, Any] | None = None,
        tolerant: bool = False,
        shared: _Shared | None = None,
    ) -> None:
        self.session = session
        self.region = region
        self.adaptive = adaptive
        self.tolerant = tolerant
        self._client_options = dict(client_options or {})
        self._shared = shared or _Shared()
        self._shared.views[region, tolerant] = self

    @property
    def calls(self) -> list[str]:
        """Each request that went out, repeats too, in all regions: ["ec2:DescribeVpcs", ...]."""
        return self._shared.calls

    @property
    def has_changed(self) -> bool:
        """A call that changes something was sent, in whatever region."""
        return self._shared.has_changed

    @property
    def task(self) -> str:
        """A text that is this task's alone, for tokens: what an earlier task has made may be made anew."""
        return self._shared.task

    def serve(self, wanted: Callable[[], bool]) -> None:
        """Begin another task with the clients that are there: no calls yet, and none any more once nobody wants it.

        wanted is asked before each request.
        """
        self._shared.calls = []
        self._shared.has_changed = False
        self._shared.task = uuid.uuid4().hex
        self._shared.known = {}
        self._shared.wanted = wanted

    def in_region(self, region: str | None) -> Aws:
        """The same account in another region; None is this region."""
        return self._view(region or self.region, self.tolerant)

    def tolerating(self) -> Aws:
        """The same account and region for who reports what could not be read, instead of changing anything."""
        return self._view(self.region, True)

    def _view(self, region: str, tolerant: bool) -> Aws:
        with self._shared.lock:
            found = self._shared.views.get((region, tolerant))
            return found or Aws(
                self.session,
                region,
                adaptive=self.adaptive,
                client_options=self._client_options,
                tolerant=tolerant,
                shared=self._shared,
            )

    @property
    def account_id(self) -> str:
        """The caller's account, asked once."""
        with self._shared.lock:
            if not self._shared.account_id:
                self._shared.account_id = self.call("sts", "get_caller_identity")["Account"]
            return self._shared.account_id

    @property
    def partition(self) -> str:
        """aws, aws-cn or aws-us-gov, from the region's name."""
        return self.session.get_partition_for_region(self.region)

    def arn(self, service: str, resource: str, *, region: str | None = None) -> str:
        """An ARN in this account; region "" for global services."""
        return (
            f"arn:{self.partition}:{service}:{self.region if region is None else region}:{self.account_id}:{resource}"
        )

    def call(self, service: str, operation: str, /, **parameters: Any) -> dict[str, Any]:
        """One call with botocore's retries; they repeat a call whose connection broke, so it must bear that.

        parameters: the API's, of which one may be called service, as in ECS.
        """
        return self._send(service, operation, parameters, once=False)

    def call_once(self, service: str, operation: str, /, **parameters: Any) -> dict[str, Any]:
        """One call that is not repeated when its connection broke, for calls that create."""
        return self._send(service, operation, parameters, once=True)

    def body(self, service: str, operation: str, /, **parameters: Any) -> bytes:
        """The whole body of an answer that is a stream, as an object of S3 is; it may break while it is read."""
        stream = self.call(service, operation, **parameters)["Body"]
        with _translated(service, self.client(service), operation):
            content: bytes = stream.read()
            return content

    def pages(self, service: str, operation: str, key: str, /, **parameters: Any) -> list[Any]:
        """All pages of a list operation, joined. key: the answer's list, dots for nested ("DistributionList.Items")."""
        client = self.client(service)
        items: list[Any] = []
        if client.can_paginate(operation):
            with _translated(service, client, operation), self._shared.slots:
                for page in client.get_paginator(operation).paginate(**parameters):
                    items += _at(page, key) or []
            return items
        accepted = client.meta.service_model.operation_model(client.meta.method_to_api_mapping[operation]).input_shape
        while True:
            answer = self.call(service, operation, **parameters)
            items += _at(answer, key) or []
            # CloudFront's token stands beside the list, inside of the same structure.
            around = _at(answer, key.rpartition(".")[0]) or {} if "." in key else answer
            token = next((name for name in _TOKENS if around.get(name)), "")
            parameter = token if token in accepted.members else "Marker"
            if not token or around[token] == parameters.get(parameter):
                return items
            parameters[parameter] = around[token]

    def map(self, function: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
        """function over items, concurrently, answers in order; the first error is raised when all have ended."""
        work = list(items)
        if len(work) < 2:
            return [function(item) for item in work]
        with ThreadPoolExecutor(max_workers=min(CONCURRENCY, len(work))) as pool:
            return list(pool.map(function, work))

    def known(self, what: str, ask: Callable[[], Answer]) -> Answer:
        """What ask gives, asked once in a task and region, however many want to know at the same time."""
        key = (self.region, what)
        known = self._shared.known
        with self._shared.lock:
            asking = self._shared.asking.setdefault(key, threading.Lock())
        with asking:
            if key not in known:
                known[key] = ask()
            answer: Answer = known[key]
            return answer

    def client(self, service: str, *, once: bool = False) -> Any:
        """botocore's client, made once for each service and region."""
        key = (service, self.region, once)
        with self._shared.lock:
            client = self._shared.clients.get(key)
            if client is None:
                client = self._shared.clients[key] = self._make_client(service, once)
            return client

    def _make_client(self, service: str, once: bool) -> Any:
        options = dict(self._client_options)
        config = Config(
            retries={
                "mode": "adaptive" if self.adaptive else "standard",
                "total_max_attempts": 1 if once else MAX_ATTEMPTS,
            },
            max_pool_connections=CONCURRENCY,
            user_agent_extra=USER_AGENT,
        )
        if options.pop("config", None):
            config = Config(**self._client_options["config"]).merge(config)
        try:
            client = self.session.create_client(service, region_name=self.region, config=config, **options)
        except (BotoCoreError, ValueError) as error:
            raise Refusal(
                f"no client of {service}: {error}; check stack_region, the endpoint's address and the profile"
            ) from error
        client.meta.events.register("before-send", partial(self._record, service))
        return client

    def _record(self, service: str, event_name: str, **_unused: Any) -> None:
        """Before each request. Errors: Abandoned."""
        if not self._shared.wanted():
            raise Abandoned("whoever asked for this task has gone; nothing more is sent")
        self.calls.append(f"{service}:{event_name.rsplit('.', 1)[-1]}")

    def _send(self, service: str, operation: str, parameters: dict[str, Any], once: bool) -> dict[str, Any]:
        client = self.client(service, once=once)
        method = getattr(client, operation)
        changes = not operation.startswith(READS)
        if changes and pending_fields(parameters):
            raise WebappError(f"{service}:{operation} was about to be sent what is not known yet: {parameters}")
        self._shared.has_changed = self._shared.has_changed or changes
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                with _translated(service, client, operation), self._shared.slots:
                    answer = method(**parameters)
            except AwsError as error:
                attempts = MAX_ATTEMPTS if error.code in THROTTLED else CONNECTS if error.unsent else 1
                if not once or attempt >= attempts:
                    raise
                time.sleep(min(0.1 * 2**attempt, 20))
            else:
                answer.pop("ResponseMetadata", None)
                if changes:
                    note_call(f"{service}:{_api(client, operation)}")
                return answer
        raise AssertionError("the last attempt returns or raises")


def _api(client: Any, operation: str) -> str:
    """AWS's name of boto3's operation: DescribeDBClusters of describe_db_clusters."""
    name: str = client.meta.method_to_api_mapping.get(operation, operation)
    return name


@contextmanager
def _translated(service: str, client: Any, operation: str) -> Iterator[None]:
    """botocore's exceptions as AwsError."""
    try:
        yield
    except ClientError as error:
        details = error.response.get("Error", {})
        metadata = error.response.get("ResponseMetadata", {})
        raise AwsError(
            service,
            operation,
            str(details.get("Code", "Unknown")),
            str(details.get("Message", "")),
            status=int(metadata.get("HTTPStatusCode", 0)),
            request_id=str(metadata.get("RequestId", "")),
            action=permission(client.meta.service_model.signing_name, _api(client, operation)),
        ) from error
    except NoCredentialsError as error:
        raise AwsError(
            service,
            operation,
            "NoCredentials",
            "no credentials found; set AWS_PROFILE, stack_profile or the AWS_* variables",
        ) from error
    except BotoCoreError as error:
        raise AwsError(
            service,
            operation,
            type(error).__name__,
            str(error),
            answered=not isinstance(error, _UNANSWERED),
            unsent=isinstance(error, _UNSENT),
        ) from error


THROTTLED = frozenset(
    {
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottledException",
        "TooManyRequestsException",
        "ProvisionedThroughputExceededException",
        "TransactionInProgressException",
        "RequestLimitExceeded",
        "BandwidthLimitExceeded",
        "RequestThrottled",
        "SlowDown",
        "PriorRequestNotComplete",
        "EC2ThrottledException",
    }
)


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = (answer or {}).get(part)
    return answer
