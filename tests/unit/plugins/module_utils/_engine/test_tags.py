# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.tags import (
    difference,
    specifications,
    to_dict,
    to_list,
)


@pytest.mark.parametrize(
    "form",
    [
        [{"Key": "a", "Value": "1"}, {"Key": "aws:x", "Value": "2"}],
        [{"key": "a", "value": "1"}],
        [{"TagKey": "a", "TagValue": "1"}],
        {"a": "1", "aws:x": "2"},
    ],
)
def test_every_form_of_tags_becomes_one_dictionary(form):
    assert to_dict(form) == {"a": "1"}


def test_nothing_is_an_empty_dictionary():
    assert to_dict(None) == {} == to_dict([])


def test_lists_are_sorted():
    assert to_list({"b": "2", "a": "1"}) == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    assert specifications("vpc", {}) == []


def test_difference_removes_only_when_purging():
    assert difference({"a": "1", "b": "2"}, {"a": "9"}, purge=False) == ({"a": "9"}, [])
    assert difference({"a": "1", "b": "2"}, {"a": "1"}, purge=True) == ({}, ["b"])
