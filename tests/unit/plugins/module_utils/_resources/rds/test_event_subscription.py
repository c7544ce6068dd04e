# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The subscriptions of the role aurora, held against what RDS has events of."""

from __future__ import annotations

from pathlib import Path

import yaml

ROLE = Path(__file__).resolve().parents[6] / "roles" / "aurora"
# Categories by source type, as aws rds describe-event-categories gives them:
# https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
CATEGORIES = {
    "db-cluster": {
        "configuration change",
        "creation",
        "deletion",
        "failover",
        "failure",
        "global failover",
        "maintenance",
        "notification",
    },
    "db-instance": {
        "availability",
        "backtrack",
        "backup",
        "configuration change",
        "creation",
        "deletion",
        "failover",
        "failure",
        "low storage",
        "maintenance",
        "notification",
        "read replica",
        "recovery",
        "restoration",
        "security patching",
    },
    "db-parameter-group": {"configuration change"},
    "db-security-group": {"configuration change", "failure"},
}


def test_rds_has_every_category_that_the_role_subscribes_to():
    (task,) = yaml.safe_load((ROLE / "tasks" / "events.yml").read_text())
    subscriptions = task["wellarchitected.webapp.db_event_subscription"]["subscriptions"]
    asked = {one["source_type"]: set(one["categories"]) for one in subscriptions}
    assert asked.keys() == CATEGORIES.keys()
    assert all(wanted <= CATEGORIES[source] for source, wanted in asked.items())
