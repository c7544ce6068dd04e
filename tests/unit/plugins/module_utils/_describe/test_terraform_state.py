# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Terraform's states as they are in public repositories and issues."""

from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import terraform_state
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe.terraform_state import (
    plaintext_attributes,
)
from botocore.exceptions import ReadTimeoutError

SECRET = "hunter2-hunter2"


def state(kind="aws_db_instance", attributes=None, outputs=None, **instance):
    instance = {"attributes": attributes, **instance} if attributes else instance
    resource = {"type": kind, "name": "main", "instances": [instance]}
    return {"version": 4, "serial": 1, "outputs": outputs, "resources": [resource]}


def marked(*steps):
    return [[{"type": "get_attr", "value": step} for step in steps]]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (state(attributes={"password": SECRET, "username": "app"}), {"aws_db_instance.main.password"}),
        (state(attributes_flat={"id": "db", "password": SECRET}), {"aws_db_instance.main.password"}),
        (
            state("aws_iam_access_key", {"secret": SECRET, "ses_smtp_password_v4": SECRET, "id": "AKIA"}),
            {"aws_iam_access_key.main.secret", "aws_iam_access_key.main.ses_smtp_password_v4"},
        ),
        (
            state("tls_private_key", {"private_key_pem": SECRET, "public_key_pem": "x"}),
            {"tls_private_key.main.private_key_pem"},
        ),
        (state("aws_elasticache_user", {"passwords": [SECRET]}), {"aws_elasticache_user.main.passwords"}),
        (
            state("aws_lambda_function", {"environment": [{"variables": {"API_KEY": SECRET, "LEVEL": "info"}}]}),
            {"aws_lambda_function.main.environment[0].variables.API_KEY"},
        ),
        (state("random_password", {"result": SECRET}), {"random_password.main.result"}),
        (
            state("x", {"conf": [{"dsn": SECRET}]}, sensitive_attributes=marked("conf")),
            {"x.main.conf"},
        ),
        (state("aws_ssm_parameter", {"type": "SecureString", "value": SECRET}), {"aws_ssm_parameter.main.value"}),
        (
            state("aws_ssm_parameter", {"type": "String", "value": "eu"}, sensitive_attributes=marked("value")),
            set(),
        ),
        (state(attributes={"password": None, "token": ""}, sensitive_attributes=marked("password")), set()),
        (state("p", {"allow_users_to_change_password": True, "minimum_password_length": 14}), set()),
        (state("x", {"client_request_token": "a", "password_wo_version": "1"}), set()),
        (state("aws_vpc", {"id": "vpc-1"}), set()),
    ],
)
def test_secrets_of_resources_are_found_by_name_type_and_mark(document, found):
    assert plaintext_attributes(document) == found


def test_an_index_in_a_marked_path_is_written_as_terraform_does():
    index = {"type": "index", "value": {"value": 0, "type": "number"}}
    path = [{"type": "get_attr", "value": "conf"}, index, {"type": "get_attr", "value": "dsn"}]
    document = state("x", {"conf": [{"dsn": SECRET}]}, sensitive_attributes=[path])
    assert plaintext_attributes(document) == {"x.main.conf[0].dsn"}


@pytest.mark.parametrize(
    ("output", "found"),
    [
        ({"value": f"mysql://app:{SECRET}@db/x", "sensitive": True}, {"output.it"}),
        ({"value": {"password": SECRET}, "sensitive": True}, {"output.it"}),
        ({"value": {"password": SECRET}}, {"output.it.password"}),
        ({"value": "", "sensitive": True}, set()),
        ({"value": ["10.0.0.0/16"]}, set()),
        (None, set()),
    ],
)
def test_outputs_that_are_secrets_or_hold_some(output, found):
    assert plaintext_attributes(state("aws_vpc", {"id": "v"}, outputs={"it": output})) == found


def test_format_3_has_modules_and_flat_attributes():
    primary = {"attributes": {"master.0.password": SECRET, "passwords.#": "1", "passwords.0": SECRET, "id": "db"}}
    module = {
        "outputs": {"db_password": {"value": SECRET, "sensitive": False}},
        "resources": {"aws_db_instance.main": {"type": "aws_db_instance", "primary": primary}},
    }
    assert plaintext_attributes({"version": 3, "serial": 7, "modules": [module]}) == {
        "output.db_password",
        "aws_db_instance.main.master.0.password",
        "aws_db_instance.main.passwords.0",
    }


@pytest.mark.parametrize(
    "document",
    [
        {"version": 4, "serial": 1, "outputs": None, "resources": None},
        {"serial": 1, "lineage": "x", "encrypted_data": "AAAA"},
        [],
        "text",
    ],
)
def test_what_shows_nothing_ends_nothing(document):
    assert plaintext_attributes(document) == set()


class Body:
    def __init__(self, content):
        self.content = content

    def __deepcopy__(self, memo):
        return self

    def read(self):
        if isinstance(self.content, Exception):
            raise self.content
        return json.dumps(self.content).encode()


def states(scripted, **objects):
    listed = [{"Key": key, "Size": 100} for key in objects]
    answers = {
        "s3:list_objects_v2": {"Contents": listed},
        "s3:get_object": lambda parameters: {"Body": Body(objects[parameters["Key"]])},
    }
    return {one["Key"]: one for one in terraform_state.states(scripted(answers), "bucket")}


def test_states_whose_keys_say_nothing_are_found_and_other_objects_are_not(scripted):
    password = state(attributes={"password": SECRET})
    objects = {"env:/prod/network": password, "a.tfstate.backup": password, "LICENSE": {"a": 1}, "x.zip": password}
    found = states(scripted, **objects)
    assert set(found) == {"env:/prod/network", "a.tfstate.backup"}
    assert all(one["PlaintextAttributes"] == ["aws_db_instance.main.password"] for one in found.values())


def test_a_bucket_of_many_things_is_searched_for_states_by_name_only(scripted, monkeypatch):
    monkeypatch.setattr(terraform_state, "MAX_PLAIN", 1)
    assert set(states(scripted, photo1=state(), photo2=state(), **{"a.tfstate": state()})) == {"a.tfstate"}


def test_a_stream_that_breaks_is_an_error_with_words(scripted):
    found = states(scripted, **{"a.tfstate": ReadTimeoutError(endpoint_url="https://s3")})["a.tfstate"]
    assert found["PlaintextAttributes"] is None
    assert found["Errors"]["get_object"]["code"] == "ReadTimeoutError"
