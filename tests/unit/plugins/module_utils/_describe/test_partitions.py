# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import botocore.session
import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._describe import (
    account,
    budgets,
    cloudfront,
    costexplorer,
    dataexports,
    macie2,
    partitions,
    wafv2,
)
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError

TODAY = date(2026, 3, 1)
REGIONS = [
    ("eu-west-1", "us-east-1"),
    ("us-gov-east-1", "us-gov-west-1"),
    ("cn-north-1", "cn-northwest-1"),
    ("eusc-de-east-1", "eusc-de-east-1"),
]


@pytest.mark.parametrize(("region", "home"), REGIONS)
def test_global_things_are_in_a_region_of_the_stack_s_own_partition(scripted, region, home):
    aws = scripted({"bcm-data-exports:list_exports": {"Exports": []}}, region)
    dataexports.exports(aws)
    assert [asked[-1] for asked in aws.asked] == [home] and partitions.at_home(aws).partition == aws.partition


@pytest.mark.parametrize(("region", "home"), REGIONS[:3])
def test_the_home_region_is_the_one_that_botocore_signs_for(region, home):
    """By the rules of a service that each partition has once."""
    session = botocore.session.Session()
    session.set_credentials("key", "secret")
    rules = session.create_client("organizations", region_name=region)._ruleset_resolver._provider
    found = rules.resolve_endpoint(UseFIPS=False, UseDualStack=False, Region=region)
    assert found.properties["authSchemes"][0]["signingRegion"] == home


@pytest.mark.parametrize("partition", ["aws-cn", "aws-us-gov"])
def test_what_a_partition_lacks_botocore_has_no_endpoint_of(partition):
    session = botocore.session.Session()

    def endpoints(service, where):
        return session.get_available_regions(service, where, allow_non_regional=True)

    lacking = partitions._LACKING[partition]
    assert lacking and [service for service in lacking if not endpoints(service, "aws")] == []
    assert [service for service in lacking if endpoints(service, partition)] == []


@pytest.mark.parametrize(
    "read",
    [
        account.alternate_contacts,
        budgets.budgets,
        costexplorer.cost_allocation_tags,
        lambda aws: costexplorer.savings_plans_coverage(aws, today=TODAY),
        lambda aws: costexplorer.reservation_coverage(aws, today=TODAY),
        macie2.sessions,
    ],
)
def test_a_service_that_is_not_there_is_not_asked(scripted, read):
    aws = scripted({}, "us-gov-west-1")
    with pytest.raises(AwsError, match="the partition aws-us-gov has no") as error:
        read(aws)
    assert error.value.code == partitions.NOT_IN_PARTITION and not error.value.denied and aws.asked == []


def test_where_there_is_no_cloudfront_there_are_no_distributions(scripted):
    assert cloudfront.distributions(scripted({}, "us-gov-west-1")) == []


@pytest.mark.parametrize("region", ["us-gov-west-1", "cn-north-1"])
def test_where_waf_is_regional_it_is_asked_for_that_alone(scripted, region):
    aws = scripted({"wafv2:list_web_acls": {"WebACLs": []}}, region)
    assert wafv2.web_acls(aws, scope="CLOUDFRONT") == [] and aws.asked == []
    assert wafv2.web_acls(aws, scope="REGIONAL") == [] and [asked[-1] for asked in aws.asked] == [region]


def test_waf_of_cloudfront_is_asked_in_the_home_region(scripted):
    aws = scripted({"wafv2:list_web_acls": {"WebACLs": []}}, "eu-west-1")
    wafv2.web_acls(aws, scope="CLOUDFRONT")
    assert [asked[-1] for asked in aws.asked] == ["us-east-1"]


def test_no_reading_names_a_region_of_one_partition():
    """Except where an empty LocationConstraint means us-east-1, which is said of buckets."""
    described = Path(partitions.__file__).parent
    files = [*described.glob("*.py"), *(described.parent / "_stack").glob("*.py")]
    named = {path.name for path in files if re.search(r"\"(us|eu|cn|ap)-[a-z]+-\d\"", path.read_text())}
    assert named == {"partitions.py", "s3.py"}
