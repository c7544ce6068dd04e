# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ssm import ssm_parameter
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ssm.ssm_parameter import (
    SSM_PARAMETER,
    read,
)

AWS_PARAMETER = {
    "Name": "/a",
    "ARN": "arn:a",
    "Type": "String",
    "Value": "1",
    "Version": 3,
    "Tier": "Advanced",
    "AllowedPattern": ".*",
    "DataType": "text",
    "Tags": {},
}
DESIRED = {"name": "/a", "tags": {}, "value": "2", "type": "String"}


class Aws:
    def __init__(self):
        self.calls = []

    def call(self, service, operation, **parameters):
        self.calls.append((operation, parameters))

    call_once = call


def found(monkeypatch, **changes):
    monkeypatch.setattr(ssm_parameter.ssm, "parameter_values", lambda aws, names: [{**AWS_PARAMETER, **changes}])
    return read(None, [{"name": "/a"}])["/a"]


def test_a_new_version_keeps_what_was_not_asked_for(monkeypatch):
    aws = Aws()
    SSM_PARAMETER.update(aws, found(monkeypatch), DESIRED, frozenset({"value"}))
    [(operation, parameters)] = aws.calls
    assert operation == "put_parameter" and parameters["Overwrite"] is True and parameters["Value"] == "2"
    assert (parameters["Tier"], parameters["AllowedPattern"], parameters["DataType"]) == ("Advanced", ".*", "text")


def test_a_new_parameter_is_tagged_in_the_call_that_makes_it():
    aws = Aws()
    SSM_PARAMETER.create(aws, {**DESIRED, "tags": {"P": "x"}})
    [(_unused, parameters)] = aws.calls
    assert parameters["Tags"] == [{"Key": "P", "Value": "x"}] and "Overwrite" not in parameters


@pytest.mark.parametrize(
    ("has", "wanted", "changes"),
    [
        ("Standard", "Advanced", True),
        ("Standard", "Standard", False),
        ("Advanced", "Standard", False),
        ("Standard", "Intelligent-Tiering", False),
    ],
)
def test_a_tier_goes_up_only(monkeypatch, has, wanted, changes):
    desired = {**DESIRED, "value": "1", "tier": wanted}
    assert plan(SSM_PARAMETER, found(monkeypatch, Tier=has), desired).needed is changes


def test_a_secure_string_has_no_value_here_and_keeps_its_type(monkeypatch):
    state = found(monkeypatch, Type="SecureString", Value="hidden")
    assert "hidden" not in repr(state)
    assert plan(SSM_PARAMETER, state, DESIRED).refusals


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"name": "/my app"}, "letters, digits"),
        ({"name": "app/region"}, "begins with /"),
        ({"name": "/a" * 16}, "15 levels"),
        ({"value": ""}, "empty"),
        ({"value": "x" * 4097, "tier": "Standard"}, "4096"),
        ({"value": "é" * 4097}, "8194 bytes"),
    ],
)
def test_what_parameter_store_does_not_take_is_refused(options, reason):
    assert reason in SSM_PARAMETER.check({**DESIRED, **options})[0]
    assert SSM_PARAMETER.check({**DESIRED, "value": "x" * 4097}) == []


def test_another_change_of_the_parameter_is_waited_for():
    assert SSM_PARAMETER.busy(AwsError("ssm", "put_parameter", "TooManyUpdates", "There are concurrent updates"))
    assert not SSM_PARAMETER.busy(AwsError("ssm", "put_parameter", "ParameterLimitExceeded", "too many"))
