# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.report.files import (
    read_json,
    write_json,
    write_text,
)


def test_json_comes_back_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "reports" / "host" / "review.json"
    write_json(path, {"a": "ü"})
    assert read_json(path, "report") == {"a": "ü"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["review.json"]


def test_a_file_is_replaced(tmp_path):
    write_text(tmp_path / "a", "one")
    write_text(tmp_path / "a", "two")
    assert (tmp_path / "a").read_text() == "two"


def test_what_cannot_be_written_or_read_is_said(tmp_path):
    (tmp_path / "file").write_text("[1]")
    with pytest.raises(Refusal, match="cannot write"):
        write_text(tmp_path / "file" / "under", "x")
    with pytest.raises(Refusal, match="cannot read the snapshot"):
        read_json(tmp_path / "none", "snapshot")
    with pytest.raises(Refusal, match="is not a JSON object"):
        read_json(tmp_path / "file", "snapshot")
    (tmp_path / "file").write_text("{")
    with pytest.raises(Refusal, match="is not JSON"):
        read_json(tmp_path / "file", "snapshot")
