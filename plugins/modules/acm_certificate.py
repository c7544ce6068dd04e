#!/usr/bin/python
# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
module: acm_certificate
short_description: Request public certificates of ACM, and find those that are there
version_added: 0.1.0
author: wellarchitected.webapp authors (@wellarchitected)
description:
  - Finds the certificate of this region that has all the names, an issued one before others, and requests one where
    there is none. It returns the DNS records that prove the domains, and waits until it is issued if asked to.
  - The names of a certificate can never change. With further names another one is requested, and the one before stays
    in service until a listener or a distribution takes the new one.
  - For CloudFront the region is C(us-east-1), for a load balancer its own. Never deletes a certificate.
  - Own module because the stock one only imports certificates that somebody else has made.
options:
  certificates:
    description: The certificates to converge.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description: Its first domain name, as V(app.example.com). ACM keeps names in lower case.
        type: str
        required: true
      subject_alternative_names:
        description: Further domain names. A certificate that has these and others is taken.
        type: list
        elements: str
      key_algorithm:
        description: Algorithm of the key. Without it any is taken, and a new certificate has RSA of 2048 bits.
        type: str
        choices: [RSA_2048, EC_prime256v1, EC_secp384r1]
  wait:
    description:
      - Whether to wait until the certificates are issued, once their records stand; an hour without O(wait_timeout).
      - It does not wait in check mode.
    type: bool
    default: false
  warn:
    description:
      - Whether to warn of certificates that are not issued, with the records to make.
      - For domains whose zone somebody else keeps.
    type: bool
    default: false
extends_documentation_fragment:
  - amazon.aws.common.modules
  - amazon.aws.region.modules
  - amazon.aws.tags
  - wellarchitected.webapp.aws
  - wellarchitected.webapp.bulk
  - wellarchitected.webapp.bulk.wait
"""

EXAMPLES = r"""
- name: The certificate for CloudFront
  wellarchitected.webapp.acm_certificate:
    region: us-east-1
    certificates:
      - name: app.example.com
        subject_alternative_names: [www.app.example.com]
  register: certificates
"""

RETURN = r"""
resources:
  description: The certificates after the run, by name; in check mode as they are now.
  returned: success
  type: dict
  sample: {app.example.com: {arn: "arn:aws:acm:...", status: ISSUED, validation_records: []}}
validation_records:
  description:
    - The DNS records that prove the domains, each once. They stay, so that ACM can renew the certificates.
    - Empty in check mode for a certificate that does not exist yet.
  returned: success
  type: list
  elements: dict
  sample: [{name: _1a2b.app.example.com., type: CNAME, value: _3c4d.acm-validations.aws.}]
changes:
  description: What was changed, or would be.
  returned: success
  type: list
  elements: dict
  sample: [{kind: acm_certificate, name: app.example.com, action: create, fields: []}]
api_calls:
  description: The API calls made, in order.
  returned: success
  type: list
  elements: str
  sample: ["acm:ListCertificates"]
"""

from collections.abc import Mapping
from typing import Any

from ..module_utils._engine.context import Context
from ..module_utils._engine.converge import converge
from ..module_utils._engine.module import TAGS, aws_spec, bulk, items, run_module
from ..module_utils._resources.acm.acm_certificate import (
    ACM_CERTIFICATE,
    ISSUED,
    ISSUED_CERTIFICATE,
    records_to_make,
)

ARGUMENT_SPEC = aws_spec(
    **bulk(
        certificates={
            "name": {"type": "str", "required": True},
            "subject_alternative_names": {"type": "list", "elements": "str"},
            "key_algorithm": {
                "type": "str",
                "choices": ["RSA_2048", "EC_prime256v1", "EC_secp384r1"],
                "no_log": False,
            },
        },
    ),
    wait={"type": "bool", "default": False},
    warn={"type": "bool", "default": False},
    **TAGS,
)


def run(context: Context, params: Mapping[str, Any]) -> dict[str, Any]:
    kind = ISSUED_CERTIFICATE if params["wait"] else ACM_CERTIFICATE
    wanted = items(params, "certificates")
    result = converge(context, kind, wanted, tags=params["tags"], purge_tags=params["purge_tags"])
    found = [one for _name, one in sorted(result["resources"].items())]
    records = {record["name"]: record for one in found for record in one["validation_records"]}
    pending = [
        f"acm_certificate {one['name']} is {one['status']}: {records_to_make(one['validation_records'])}"
        for one in found
        if params["warn"] and one["status"] != ISSUED
    ]
    return {
        **result,
        "validation_records": [records[name] for name in sorted(records)],
        "warnings": [*result["warnings"], *pending],
    }


def main() -> None:
    run_module(ARGUMENT_SPEC, run)


if __name__ == "__main__":
    main()
