# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the role edge makes for a load balancer: a zone, and an issued certificate in the stack's region.

`python -m tests.integration.ecs_service.certificate` makes it in the account of AWS_ENDPOINT_URL.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from tests.playbook_run import LocalStack

DOMAIN = "mywebapp.example.com"


def make_certificate(boto: Callable[..., Any], domain: str = DOMAIN) -> None:
    route53, acm = boto("route53"), boto("acm")
    zone = route53.create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"]
    arn = acm.request_certificate(DomainName=domain, ValidationMethod="DNS")["CertificateArn"]
    option = acm.describe_certificate(CertificateArn=arn)["Certificate"]["DomainValidationOptions"][0]
    record = option["ResourceRecord"]
    record_set = {
        "Name": record["Name"], "Type": "CNAME", "TTL": 300, "ResourceRecords": [{"Value": record["Value"]}]
    }  # fmt: skip
    changes = [{"Action": "UPSERT", "ResourceRecordSet": record_set}]
    route53.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})
    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["Status"] == "ISSUED"


if __name__ == "__main__":
    make_certificate(LocalStack(os.environ["AWS_ENDPOINT_URL"]).boto)
