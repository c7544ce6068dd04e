# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.module import bulk, items, make_context

SPEC = bulk(
    things={"name": {"type": "str", "required": True}, "size": {"type": "int"}, "on": {"type": "bool", "default": True}}
)


def params(**given):
    validated = ArgumentSpecValidator(SPEC).validate(given)
    assert not validated.error_messages
    return validated.validated_parameters


def test_an_item_keeps_its_own_defaults_and_may_lack_what_defaults_give():
    assert params(things=[{"name": "a"}])["things"] == [{"name": "a", "size": None, "on": True}]


def test_items_have_what_they_need():
    given = params(things=[{"name": "a", "size": 0}])
    assert items(given, "things", ("size",)) == given["things"]
    assert items(params(things=[{"name": "a"}]), "things")


def test_all_items_that_lack_something_are_named():
    given = params(things=[{"name": "a", "size": 1}, {"name": "b"}, {"name": "c"}])
    with pytest.raises(Refusal) as refusal:
        items(given, "things", ("size",))
    advice = "has no size; give it one, or all of them by defaults"
    assert refusal.value.reasons == (f"things[1] (b) {advice}", f"things[2] (c) {advice}")


def test_the_time_to_wait_reaches_the_context():
    assert make_context(None, params(things=[], wait_timeout="90"), False).wait_timeout == 90
    assert make_context(None, params(things=[]), False).wait_timeout is None
    with pytest.raises(Refusal, match="wait_timeout is -1"):
        make_context(None, params(things=[], wait_timeout=-1), False)
