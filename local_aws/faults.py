# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Faults on demand: slow, throttled, failing, denied or dropped calls.

A fault is a dictionary: ``kind`` (latency, throttling, error, error_after, denied, drop, hang), ``action`` (a glob
over ``service:Operation``, default everything) and optionally ``service``, ``region``, ``writes`` (true: only calls
that change something), ``rate`` (0..1, drawn from ``seed``), ``count`` (how many calls it strikes), ``skip`` (how many
matching calls it lets pass first) and ``seconds`` (of a latency). An error is a 500 before anything is carried out,
error_after one of a call that was, and a call that was carried out hangs until the faults are cleared. The first fault
that strikes decides, latencies apart, which add up.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import random
import threading
from typing import Any

KINDS = ("latency", "throttling", "error", "error_after", "denied", "drop", "hang")
READS = ("AssumeRole", "BatchGet", "Describe", "Get", "Head", "List")


def is_write(operation: str) -> bool:
    """Whether a call of this operation (``CreateVpc``) changes something, by its name."""
    return not operation.startswith(READS)


@dataclasses.dataclass
class Fault:
    kind: str
    action: str = "*"
    service: str | None = None
    region: str | None = None
    writes: bool = False
    rate: float = 1.0
    seed: int = 0
    count: int | None = None
    skip: int = 0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault kind {self.kind!r}; there are: {', '.join(KINDS)}")
        if not 0 <= self.rate <= 1:
            raise ValueError(f"rate must lie between 0 and 1, not {self.rate}")
        if self.kind == "latency" and self.seconds <= 0:
            raise ValueError("a latency needs seconds")
        self._random = random.Random(self.seed)
        self.struck = 0

    def matches(self, service: str, operation: str, region: str) -> bool:
        if self.service not in (None, service) or self.region not in (None, region):
            return False
        if self.writes and not is_write(operation):
            return False
        return fnmatch.fnmatchcase(f"{service}:{operation}", self.action)

    def strikes(self) -> bool:
        """Whether it strikes this matching call. The caller holds the lock."""
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.count is not None and self.struck >= self.count:
            return False
        if self._random.random() >= self.rate:
            return False
        self.struck += 1
        return True


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._cleared = threading.Event()

    def add(self, wanted: list[dict[str, Any]]) -> None:
        if not isinstance(wanted, list) or not all(isinstance(item, dict) for item in wanted):
            raise ValueError("faults are a list of dictionaries")
        known = {field.name for field in dataclasses.fields(Fault)}
        for item in wanted:
            if "kind" not in item or set(item) - known:
                raise ValueError(f"a fault has a kind and any of {', '.join(sorted(known - {'kind'}))}; got {item}")
        faults = [Fault(**item) for item in wanted]
        with self._lock:
            self._faults.extend(faults)

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
            self._cleared.set()
            self._cleared = threading.Event()

    def cleared(self) -> threading.Event:
        """What is set when the faults that there are now are cleared."""
        return self._cleared

    def list(self) -> list[dict[str, Any]]:
        with self._lock:
            return [{**dataclasses.asdict(fault), "struck": fault.struck} for fault in self._faults]

    def strike(self, service: str, operation: str, region: str) -> tuple[float, str | None]:
        """The seconds to wait, and the kind of fault that decides the call's answer."""
        if not self._faults:
            return 0.0, None
        seconds = 0.0
        with self._lock:
            for fault in self._faults:
                if not fault.matches(service, operation, region):
                    continue
                if not fault.strikes():
                    continue
                if fault.kind == "latency":
                    seconds += fault.seconds
                else:
                    return seconds, fault.kind
        return seconds, None
