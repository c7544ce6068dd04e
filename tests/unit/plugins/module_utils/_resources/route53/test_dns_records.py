# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.route53 import dns_records
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.route53.names import plain, within

SETS = [
    {"Name": "example.com.", "Type": "NS", "TTL": 172800, "ResourceRecords": [{"Value": "ns-1.example."}]},
    {"Name": "\\052.example.com.", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": '"text"'}]},
    {"Name": "old.example.com.", "Type": "CNAME", "TTL": 60, "ResourceRecords": [{"Value": "Other.example."}]},
    {"Name": "app.example.com.", "Type": "A", "SetIdentifier": "blue", "Weight": 1, "TTL": 60, "ResourceRecords": []},
]


class Zone:
    """One zone with record sets; calls are kept."""

    def __init__(self):
        self.sent = []

    def map(self, function, items):
        return [function(item) for item in items]

    def pages(self, service, operation, key, **parameters):
        return SETS

    def call(self, service, operation, **parameters):
        self.sent.append(parameters["ChangeBatch"]["Changes"])


def item(*records):
    return {"name": "example.com", "zone": "Z1", "records": list(records)}


def read(*records):
    return dns_records.read(Zone(), [item(*records)])["example.com"]["records"]


@pytest.mark.parametrize(
    ("name", "shown"), [("\\052.Example.com.", "*.example.com"), ("app.example.com", "app.example.com")]
)
def test_names_are_plain(name, shown):
    assert plain(name) == shown


def test_a_name_belongs_to_a_zone_by_whole_labels():
    assert within("www.example.com", "example.com.")
    assert not within("www.myexample.com", "example.com")


def test_records_that_are_named_are_read_and_no_others():
    assert read({"name": "*.example.com", "type": "TXT"}) == [
        {"name": "*.example.com", "type": "TXT", "ttl": 60, "values": ['"text"']}
    ]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"name": "app.example.com", "type": "A"}, "is routed by weight"),
        ({"name": "old.example.com", "type": "A"}, "cannot stand beside the CNAME"),
        ({"name": "example.com", "type": "CNAME"}, "cannot stand beside the NS"),
    ],
)
def test_records_of_others_in_the_way_are_refused(record, words):
    with pytest.raises(Refusal, match=words):
        read(record)


def test_values_are_compared_as_route_53_takes_them():
    assert dns_records.normal_values("TXT", ["text"]) == ['"text"']
    assert dns_records.normal_values("CNAME", ["Other.example"]) == dns_records.normal_values(
        "CNAME", ["other.example."]
    )
    assert dns_records.quoted('say "hi"') == '"say \\"hi\\""'
    assert dns_records.quoted("x" * 256) == f'"{"x" * 255}" "x"'


def test_one_batch_has_the_records_that_differ():
    zone = Zone()
    same = {"name": "*.example.com", "type": "TXT", "values": ["text"], "ttl": 60}
    other = {"name": "www.example.com", "type": "A", "distribution": "d1.cloudfront.net", "distribution_zone": "Z2"}
    found = dns_records.read(zone, [item(same, other)])["example.com"]
    dns_records.update(zone, found, item(same, other), frozenset({"records"}))
    assert zone.sent == [
        [
            {
                "Action": "UPSERT",
                "ResourceRecordSet": {
                    "Name": "www.example.com",
                    "Type": "A",
                    "AliasTarget": {
                        "DNSName": "d1.cloudfront.net",
                        "HostedZoneId": "Z2",
                        "EvaluateTargetHealth": False,
                    },
                },
            }
        ]
    ]


def test_a_record_that_stands_twice_is_refused():
    record = {"name": "www.example.com", "type": "A", "values": ["192.0.2.1"]}
    with pytest.raises(Refusal, match="stands twice"):
        dns_records.keeps(item(record, {**record, "name": "WWW.example.com"}), None)
