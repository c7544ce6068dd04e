# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible.errors import AnsibleActionFail
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar
from ansible_collections.wellarchitected.webapp.plugins.plugin_utils.role_variables import (
    described,
    plain,
    read_options,
    short_name,
    stack_tags,
    typed_variables,
)

PORTS = {"type": "list", "elements": "int", "default": [80]}
CIDRS = {"type": "list", "elements": "str", "default": ["10.0.0.0/8"]}
MODE = {"type": "str", "choices": ["off", "standard"]}
SWITCH = {"type": "bool", "default": True}
ITEMS = {
    "type": "list",
    "elements": "dict",
    "options": {
        "name": {"type": "str", "required": True},
        "size": {"type": "int"},
        "rotation": {"type": "bool", "default": True},
        "ports": {"type": "list", "elements": "int"},
        "tags": {"type": "dict"},
    },
}


def one(option, value):
    """The converted value of one variable; nothing where it is left out."""
    typed, errors = typed_variables({"web_it": option}, {"web_it": value}, lambda default: default)
    assert not errors
    return typed.get("web_it", "left out")


def wrong(option, value):
    typed, (error,) = typed_variables({"web_it": option}, {"web_it": value}, lambda default: default)
    assert not typed
    return error


@pytest.mark.parametrize("value", ["false", "no", "off", "0", 0, False])
def test_what_means_false_is_false(value):
    assert one(SWITCH, value) is False


@pytest.mark.parametrize(
    ("option", "value", "converted"),
    [
        (PORTS, "443", [443]),
        (PORTS, 443, [443]),
        (PORTS, "80, 443", [80, 443]),
        (PORTS, "[80, 443]", [80, 443]),
        (PORTS, ["80", 443], [80, 443]),
        (PORTS, [], []),
        (PORTS, "[]", []),
        (CIDRS, "10.9.0.0/16", ["10.9.0.0/16"]),
        (CIDRS, '["a", "b"]', ["a", "b"]),
        ({"type": "str"}, 4711, "4711"),
        ({"type": "str"}, "", ""),
        ({"type": "int"}, "30", 30),
        (MODE, False, "off"),
        (MODE, "standard", "standard"),
        ({"type": "dict"}, '{"a": [1]}', {"a": [1]}),
        (
            {"type": "dict"},
            {"slow_query_log": True, "n": 1, "none": None},
            {"slow_query_log": True, "n": 1, "none": None},
        ),
    ],
)
def test_a_value_becomes_what_the_specification_says(option, value, converted):
    got = one(option, value)
    assert got == converted
    assert repr(got) == repr(converted)


def test_dictionaries_of_the_specification_are_converted_inside():
    items = [{"name": 5, "size": "3", "ports": "80,443", "tags": {"on": True}, "rotation": "no"}, {"name": "b"}]
    assert one(ITEMS, items) == [
        {"name": "5", "size": 3, "ports": [80, 443], "tags": {"on": True}, "rotation": False},
        {"name": "b", "rotation": True},
    ]


def test_json_text_and_a_single_dictionary_become_the_list():
    assert one(ITEMS, '[{"name": "a", "size": "3"}]') == [{"name": "a", "size": 3, "rotation": True}]
    assert one(ITEMS, '{"name": "a"}') == one(ITEMS, {"name": "a"}) == [{"name": "a", "rotation": True}]


def test_null_inside_stays_unless_there_is_a_default():
    assert one(ITEMS, [{"name": "a", "size": None, "rotation": None}]) == [
        {"name": "a", "size": None, "rotation": True}
    ]


@pytest.mark.parametrize("value", [None, "", " "])
def test_nothing_is_the_default(value):
    assert one(PORTS, value) == [80]
    assert one(SWITCH, value) is True
    assert one({"type": "int"}, value) == "left out"


def test_a_default_is_templated_and_converted():
    options = {"web_copy": {"type": "list", "elements": "int", "default": "{{ web_ports }}"}}
    typed, errors = typed_variables(options, {}, lambda default: "80,443" if default == "{{ web_ports }}" else default)
    assert (typed, errors) == ({"web_copy": [80, 443]}, [])


@pytest.mark.parametrize(
    ("option", "value", "parts"),
    [
        ({"type": "int"}, "many", ('web_it is "many"', "a whole number")),
        ({"type": "int"}, True, ("web_it is true", "a whole number")),
        (PORTS, "80,https", ('web_it is "80,https"', "a list of whole numbers")),
        (PORTS, "[80", ('web_it is "[80"', "no JSON")),
        (MODE, "on", ("one of off, standard",)),
        ({"type": "str"}, True, ("web_it is true", "text", "quote it")),
        ({"type": "str"}, ["a"], ('web_it is ["a"]', "text")),
        ({"type": "dict"}, "text", ('web_it is "text"', "a dictionary")),
        (SWITCH, "maybe", ('web_it is "maybe"', "true or false")),
        (ITEMS, [{"size": 1}], ("a list of dictionaries", "name")),
        (ITEMS, [{"name": "a", "sise": 1}], ("sise",)),
        (ITEMS, [{"name": "a", "tags": "{"}], ("tags: it is no JSON",)),
        ({"type": "str", "required": True}, None, ("web_it is not given", "text")),
    ],
)
def test_what_does_not_fit_is_named_with_what_it_should_be(option, value, parts):
    message = wrong(option, value)
    assert all(part in message for part in parts), message


def test_a_secret_is_not_shown():
    assert "hunter" not in wrong({"type": "int", "no_log": True}, "hunter2")
    inside = {"type": "dict", "options": {"word": {"type": "int", "no_log": True}}}
    assert "hunter" not in wrong(inside, {"word": "hunter2"})


def test_all_errors_are_said_at_once_and_the_rest_is_converted():
    options = {"a": {"type": "int"}, "b": {"type": "bool"}, "c": {"type": "str"}}
    typed, errors = typed_variables(options, {"a": "x", "b": "perhaps", "c": 1}, lambda default: default)
    assert typed == {"c": "1"}
    assert [error.split()[0] for error in errors] == ["a", "b"]


def test_choices_of_lists_are_described():
    assert described({"type": "list", "elements": "str", "choices": ["s3"]}) == "a list of texts, each one of s3"


def test_names_lose_the_role_s():
    assert short_name("network", "network_vpc_cidr") == "vpc_cidr"
    assert short_name("network", "stack_project") == "stack_project"
    assert short_name("network", "networks") == "networks"


def test_what_ansible_tags_becomes_plain(tmp_path):
    path = tmp_path / "vars.yml"
    path.write_text("a: '{{ b }}'\nb: {c: [text, 1, 1.5, true, null]}\n")
    loader = DataLoader()
    content = loader.load_from_file(str(path), trusted_as_template=True)
    value = plain(Templar(loader=loader, variables=content).template(content["a"]))
    assert value == {"c": ["text", 1, 1.5, True, None]}
    assert [type(value), type(value["c"])] == [dict, list]
    assert [type(item) for item in value["c"]] == [str, int, float, bool, type(None)]
    assert [type(key) for key in value] == [str]


def test_the_specification_is_read_from_the_role_s_folder(tmp_path):
    with pytest.raises(AnsibleActionFail, match="no meta/argument_specs"):
        read_options(str(tmp_path))
    (tmp_path / "meta").mkdir()
    options = "{a: {type: int}, b: {default: ['{{ a }}', {c: '{{ a }}'}]}}"
    (tmp_path / "meta" / "argument_specs.yml").write_text(f"argument_specs: {{main: {{options: {options}}}}}")
    read = read_options(str(tmp_path))
    assert read == {"a": {"type": "int"}, "b": {"default": ["{{ a }}", {"c": "{{ a }}"}]}}
    template = Templar(loader=DataLoader(), variables={"a": 5}).template
    assert plain(template(read["b"]["default"])) == [5, {"c": 5}]


def test_the_tags_of_the_stack_come_with_the_options_they_are_made_of():
    options = {"stack_project": "shop", "stack_environment": "prod", "stack_owner": "web", "web_days": 7}
    assert stack_tags(options) == {}
    tags = {"Project": "shop", "Environment": "prod", "Owner": "web", "CostCenter": "4711", "ManagedBy": "Ansible"}
    assert stack_tags({**options, "stack_cost_center": "4711"}) == {"stack_tags": tags}
