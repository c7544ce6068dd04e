# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import json

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._stack.snapshot import Snapshot, Unavailable

DENIED = {"service": "kms", "operation": "list_aliases", "code": "AccessDenied", "message": "no"}
SNAPSHOT = Snapshot(
    account_id="111122223333",
    partition="aws",
    region="us-east-1",
    dr_region="",
    project="mywebapp",
    environment="prod",
    collected_at="2026-02-18T10:00:00Z",
    collections={"ec2.vpcs": ({"VpcId": "vpc-1", "Tags": {}},), "ec2.subnets": ()},
    errors={"kms.keys": DENIED},
)


def test_items_are_what_was_found():
    assert SNAPSHOT.items("ec2.vpcs") == ({"VpcId": "vpc-1", "Tags": {}},)
    assert SNAPSHOT.items("ec2.subnets") == ()


def test_what_failed_raises_its_error():
    with pytest.raises(Unavailable) as caught:
        SNAPSHOT.items("kms.keys")
    assert (caught.value.collector, caught.value.error) == ("kms.keys", DENIED)


def test_what_was_not_gathered_is_no_empty_list():
    with pytest.raises(Unavailable) as caught:
        SNAPSHOT.items("rds.db_clusters")
    assert caught.value.error["code"] == "NotGathered"


def test_it_is_frozen():
    with pytest.raises(AttributeError):
        SNAPSHOT.region = "eu-central-1"


def test_it_survives_json():
    assert Snapshot.from_dict(json.loads(json.dumps(SNAPSHOT.to_dict()))) == SNAPSHOT


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": 99}, "schema version 99, this release reads 1"),
        ({"schema_version": None}, "schema version None"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_another_form_is_refused(change, message):
    with pytest.raises(Refusal, match=message):
        Snapshot.from_dict({**SNAPSHOT.to_dict(), **change})


def test_a_form_that_lacks_a_part_is_refused():
    with pytest.raises(Refusal, match="account_id"):
        Snapshot.from_dict({key: value for key, value in SNAPSHOT.to_dict().items() if key != "account_id"})
