# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import WebappError
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.plan import plan
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.codeconnections import (
    codeconnections_connection as connection,
)


def found(name, number=1, status="PENDING"):
    return {
        "ConnectionName": name,
        "ConnectionArn": f"arn:aws:codeconnections:us-east-1:111122223333:connection/{number}",
        "ProviderType": "GitHub",
        "ConnectionStatus": status,
    }


class Aws:
    def __init__(self, *connections):
        self.connections, self.sent = list(connections), []

    def pages(self, service, operation, key, **parameters):
        return self.connections

    def call(self, service, operation, **parameters):
        self.sent.append((operation, parameters))
        return {"Tags": [{"Key": "Project", "Value": "web"}]}

    call_once = call

    def map(self, function, items):
        return [function(item) for item in items]


def test_a_connection_is_known_by_its_name_and_has_its_state():
    states = connection.read(Aws(found("web"), found("other", 2)), [{"name": "web", "tags": {}}])
    assert set(states) == {"web"}
    assert (states["web"]["status"], states["web"]["tags"]) == ("PENDING", {"Project": "web"})


def test_who_refers_to_one_does_not_ask_for_its_tags():
    aws = Aws(found("web"))
    assert connection.read(aws, [{"name": "web"}])["web"]["arn"].endswith("/1") and aws.sent == []


def test_two_of_the_same_name_are_nobody_s_to_choose_from():
    with pytest.raises(WebappError, match="several connections are called web"):
        connection.read(Aws(found("web"), found("web", 2)), [{"name": "web"}])


def test_a_host_says_the_provider():
    aws = Aws()
    connection.create(aws, {"name": "web", "provider_type": "GitHub", "tags": {}})
    connection.create(aws, {"name": "web", "provider_type": "GitLabSelfManaged", "host": "arn:host", "tags": {}})
    assert [sorted(sent) for _operation, sent in aws.sent] == [
        ["ConnectionName", "ProviderType", "Tags"],
        ["ConnectionName", "HostArn", "Tags"],
    ]


def test_the_provider_stays():
    [state] = connection.read(Aws(found("web")), [{"name": "web"}]).values()
    kind = connection.CODECONNECTIONS_CONNECTION
    [reason] = plan(kind, state, {"name": "web", "provider_type": "GitLab"}).refusals
    assert "a connection keeps its provider" in reason


@pytest.mark.parametrize(
    ("desired", "words"),
    [
        ({"name": "web"}, ""),
        ({"name": ""}, "1 to 32"),
        ({"name": "w" * 33}, "1 to 32"),
        ({"name": "web", "provider_type": "GitHubEnterpriseServer"}, "give host"),
        ({"name": "web", "provider_type": "GitHubEnterpriseServer", "host": "arn:host"}, ""),
    ],
)
def test_what_codeconnections_would_not_take_is_said(desired, words):
    reasons = connection.check(desired)
    assert bool(reasons) is bool(words) and words in " ".join(reasons)
