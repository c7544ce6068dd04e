# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.elbv2.actions import (
    action_reasons,
    action_state,
    actions_to_send,
    same_action,
    weights,
)

BLUE, GREEN, OTHER = "arn:tg/blue", "arn:tg/green", "arn:tg/other"


def forward(**shares):
    arns = {"blue": BLUE, "green": GREEN, "other": OTHER}
    groups = [{"TargetGroupArn": arns[name], "Weight": weight} for name, weight in shares.items()]
    return {"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}


def sent(before, groups):
    (action,) = actions_to_send(before, {"forward": groups, "redirect": None, "fixed_response": None})
    return {one["TargetGroupArn"]: one["Weight"] for one in action["ForwardConfig"]["TargetGroups"]}


def test_a_new_forward_gives_all_to_the_first():
    assert sent([], [BLUE, GREEN]) == {BLUE: 100, GREEN: 0}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({"blue": 100, "green": 0}, {BLUE: 100, GREEN: 0}),
        ({"blue": 0, "green": 100}, {BLUE: 0, GREEN: 100}),
        ({"blue": 1}, {BLUE: 1, GREEN: 0}),
        ({"green": 30, "other": 70}, {BLUE: 0, GREEN: 30}),
        ({"other": 100}, {BLUE: 100, GREEN: 0}),
        ({"blue": 0, "green": 0}, {BLUE: 100, GREEN: 0}),
    ],
)
def test_what_stays_keeps_its_share(found, expected):
    assert sent([forward(**found)], [BLUE, GREEN]) == expected


@pytest.mark.parametrize(
    ("found", "same"),
    [
        ({"blue": 100, "green": 0}, True),
        ({"green": 100, "blue": 0}, True),
        ({"blue": 50, "green": 50}, True),
        ({"blue": 100}, False),
        ({"blue": 100, "other": 0}, False),
        ({"blue": 50, "green": 50, "other": 0}, False),
    ],
)
def test_weights_are_no_difference_and_groups_are(found, same):
    assert same_action(action_state([forward(**found)]), {"forward": [BLUE, GREEN]}) is same


def test_the_short_form_of_a_forward_is_known():
    action = {"Type": "forward", "TargetGroupArn": BLUE}
    assert weights([action]) == {BLUE: 1} and action_state([action]) == {"forward": [BLUE]}


def test_a_sign_in_before_the_action_stays():
    sign_in = {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": {"Issuer": "https://id"}}
    kept, changed = actions_to_send(
        [sign_in, {**forward(blue=1), "Order": 2}], {"fixed_response": {"status_code": "503"}}
    )
    assert kept["AuthenticateOidcConfig"] == {"Issuer": "https://id", "UseExistingClientSecret": True}
    assert changed == {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}, "Order": 2}


def test_stickiness_stays():
    before = forward(blue=1)
    sticky = {"Enabled": True, "DurationSeconds": 60}
    before["ForwardConfig"]["TargetGroupStickinessConfig"] = sticky
    (action,) = actions_to_send([before], {"forward": [BLUE, GREEN]})
    assert action["ForwardConfig"]["TargetGroupStickinessConfig"] == sticky


def test_a_redirect_is_compared_with_what_aws_fills_in():
    wanted = {"redirect": {"protocol": "HTTPS", "port": "443", "host": None, "status_code": "HTTP_301"}}
    (action,) = actions_to_send([], wanted)
    assert action["RedirectConfig"]["Path"] == "/#{path}" and same_action(action_state([action]), wanted)
    short = {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
    assert same_action(action_state([short]), wanted)
    short["RedirectConfig"]["StatusCode"] = "HTTP_302"
    assert not same_action(action_state([short]), wanted)


def test_an_answer_of_its_own_is_compared():
    wanted = {"fixed_response": {"status_code": "404", "content_type": None, "message_body": ""}}
    (action,) = actions_to_send([], wanted)
    assert action == {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
    assert same_action(action_state([action]), wanted) and not same_action(action_state([forward(blue=1)]), wanted)


def test_another_kind_of_action_is_a_difference():
    assert not same_action(action_state([{"Type": "authenticate-oidc"}]), {"forward": [BLUE]})


def test_groups_that_aws_would_refuse():
    assert "names no target group" in action_reasons({"forward": []})[0]
    assert "stands twice" in action_reasons({"forward": [BLUE, BLUE]})[0]
    assert "more than five" in action_reasons({"forward": list("abcdef")})[0]
    assert action_reasons({"redirect": {}}) == action_reasons({"forward": [BLUE]}) == []
