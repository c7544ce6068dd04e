# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.names import is_id, missing_message
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.security_group import SECURITY_GROUP
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.subnet import SUBNET
from ansible_collections.wellarchitected.webapp.plugins.module_utils._resources.ec2.vpc import VPC


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (VPC, "vpc-portal"),
        (VPC, "vpc-decade"),
        (VPC, "vpc-0a1b2c3"),
        (VPC, "vpc-0a1b2c3d4"),
        (VPC, "vpc-0123456789abcdef01"),
        (VPC, "my-vpc-0a1b2c3d"),
        (VPC, "subnet-0a1b2c3d"),
        (SUBNET, "subnet-db-a"),
        (SUBNET, "subnet-0A1B2C3D"),
        (SECURITY_GROUP, "sg-database"),
    ],
)
def test_names_that_look_like_ids_are_names(kind, name):
    assert not is_id(kind, name)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (VPC, "vpc-0a1b2c3d"),
        (VPC, "vpc-0123456789abcdef0"),
        (SUBNET, "subnet-0a1b2c3d"),
        (SUBNET, "arn:aws:ec2:us-east-1:111122223333:subnet/subnet-0a1b2c3d"),
    ],
)
def test_ids_have_eight_or_seventeen_digits(kind, name):
    """https://docs.aws.amazon.com/ec2/latest/devguide/resource-ids.html"""
    assert is_id(kind, name)


def test_what_is_missing_names_the_role_that_makes_it_where_one_does():
    assert missing_message("vpc", "a", "network") == (
        "vpc a does not exist; the role network makes it (playbooks/roles/network.yml)"
    )
    assert missing_message("prefix_list", "a", "") == "prefix_list a does not exist; make it first, or name another"
