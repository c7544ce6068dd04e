# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

from types import SimpleNamespace

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.items import ITEMS
from ansible_collections.wellarchitected.webapp.plugins.module_utils._review.registry import all_checks, collectors


def test_the_checks_have_one_id_each():
    checks = all_checks()
    assert {"aurora_storage_encrypted", "aurora_not_public"} <= {one.id for one in checks}
    assert len({one.id for one in checks}) == len(checks)


def test_an_id_that_stands_twice_is_refused(make_check):
    with pytest.raises(ValueError, match="registered twice: example"):
        all_checks([SimpleNamespace(a=make_check()), SimpleNamespace(b=make_check())])


def test_items_are_those_of_the_review_document():
    assert {one.item for one in all_checks()} - {""} <= set(ITEMS)


def test_collectors_are_named_once(make_check):
    checks = [make_check(needs=("b.b", "a.a")), make_check(needs=("a.a",))]
    assert collectors(checks) == ["a.a", "b.b"]
