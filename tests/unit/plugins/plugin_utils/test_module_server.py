# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import json
import socket
import sys
import threading
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils import module_server
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils.module_server import (
    PLUGINS,
    CompiledCode,
    ServerEnded,
    answer,
    ask,
    start,
)

REQUEST = {"module": "thing", "arguments": {"size": 3}, "check_mode": False}


@pytest.fixture
def worker():
    """Runs answer() in a thread with the function given; .socket is the worker's end."""
    here, there = socket.socketpair()
    with here, here.makefile("rb") as lines:

        def serve(run):
            thread = threading.Thread(target=answer, args=(there, run), daemon=True)
            thread.start()
            here.sendall(json.dumps(REQUEST).encode() + b"\n")
            return thread

        yield SimpleNamespace(socket=here, lines=lines, serve=serve)


def test_lines_that_are_said_come_before_the_result(worker):
    def run(module, arguments, check_mode, say, wanted):
        assert (module, arguments, check_mode) == ("thing", {"size": 3}, False) and wanted()
        say("waiting")
        return {"changed": False}

    worker.serve(run)
    said, answered = (json.loads(worker.lines.readline()) for _unused in range(2))
    assert (said, answered) == ({"say": "waiting"}, {"result": {"changed": False}})


def test_a_worker_that_has_gone_wants_nothing_more(worker):
    gone, seen = threading.Event(), []

    def run(wanted, say, **_request):
        seen.append(wanted())
        gone.wait(10)
        seen.append(wanted())
        say("waiting")
        return {}

    thread = worker.serve(run)
    while not seen:
        gone.wait(0.01)
    worker.socket.shutdown(socket.SHUT_RDWR)
    gone.set()
    thread.join(10)
    assert seen == [True, False] and not thread.is_alive()


def answered(worker, result):
    worker.serve(lambda **_request: result)
    return json.loads(worker.lines.readline())["result"]


def test_dates_and_sets_travel_as_ansible_gives_them_to_a_process(worker):
    result = answered(worker, {"made": datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "day": date(2026, 1, 2), "names": {"a"}})
    assert result == {"made": "2026-01-02T03:04:00+00:00", "day": "2026-01-02", "names": ["a"]}


def test_a_result_that_cannot_travel_is_a_failed_task(worker):
    result = answered(worker, {"changed": True, "odd": object()})
    assert result["failed"] and "thing ran, and its result cannot be sent: object" in result["msg"]


def test_a_library_that_is_broken_is_each_tasks_message(monkeypatch):
    monkeypatch.setitem(sys.modules, f"{module_server.__package__}.module_runner", None)
    assert "cannot be loaded: ModuleNotFoundError" in module_server._runner()(module="vpc")["msg"]


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(module_server, "_entrance", [])
    start()
    (entrance,) = module_server._entrance
    with entrance:
        yield entrance


def test_a_server_answers_from_a_process_of_its_own(server):
    vpcs = [{"name": "a", "cidr_block": "10.0.0.0/16"}]
    result = ask("vpc", {"vpcs": vpcs, "region": "us-nowhere-1"}, True, say=print)
    assert result["failed"] and "us-nowhere-1" in result["msg"]


def test_a_date_among_the_options_is_no_trouble(server):
    result = ask("vpc", {"vpcs": [], "tags": {"made": date(2026, 1, 1)}, "region": "us-nowhere-1"}, True, say=print)
    assert "us-nowhere-1" in result["msg"]


def test_a_worker_whose_socket_was_lost_hears_so_and_the_server_goes_on(server):
    server.send(b"\n")
    assert "us-nowhere-1" in ask("vpc", {"vpcs": [], "region": "us-nowhere-1"}, True, say=print)["msg"]


def test_a_server_that_is_not_there_is_said(server):
    server.close()
    with pytest.raises(ServerEnded):
        ask("vpc", {}, True, say=print)


def test_code_of_the_collection_is_kept_compiled_and_other_code_left_to_ansible(tmp_path):
    (tmp_path / "engine.py").write_text("VALUE = 1\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "__init__.py").write_text("")
    find = CompiledCode().find_spec
    found = find(f"{PLUGINS}.module_utils.engine", [str(tmp_path / "absent"), str(tmp_path)])
    assert found and found.origin == str(tmp_path / "engine.py") and found.cached
    folder = find(f"{PLUGINS}.module_utils.folder", [str(tmp_path)])
    assert folder and folder.submodule_search_locations == [str(tmp_path / "folder")]
    assert find(f"{PLUGINS}.module_utils.absent", [str(tmp_path)]) is None
    assert find("ansible_collections.amazon.aws.plugins.module_utils.engine", [str(tmp_path)]) is None
