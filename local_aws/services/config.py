# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS Config: conformance packs."""

from __future__ import annotations

from typing import Any

from local_aws.refusal import Refusal
from local_aws.service import Service

aws = Service("config")


@aws.adds
def put_conformance_pack(
    call: Any,
    *,
    conformance_pack_name: str,
    template_body: str = "",
    template_s3_uri: str = "",
    delivery_s3_bucket: str = "",
) -> dict[str, Any]:
    if not (template_body or template_s3_uri):
        raise Refusal("InvalidParameterValueException", "One of TemplateBody and TemplateS3Uri must be given", 400)
    place = f"arn:{call.partition}:config:{call.region}:{call.account}:conformance-pack"
    pack = {
        "ConformancePackName": conformance_pack_name,
        "ConformancePackArn": f"{place}/{conformance_pack_name}/conformance-pack-{call.request_id[:8]}",
        "ConformancePackId": f"conformance-pack-{call.request_id[:8]}",
        "DeliveryS3Bucket": delivery_s3_bucket,
    }
    call.state("conformance_packs")[conformance_pack_name] = pack
    return {"ConformancePackArn": pack["ConformancePackArn"]}


@aws.adds
def describe_conformance_packs(
    call: Any, *, conformance_pack_names: list[str] | None = None, limit: int = 20, next_token: str = ""
) -> dict[str, Any]:
    packs = call.state("conformance_packs")
    missing = sorted(set(conformance_pack_names or []) - set(packs))
    if missing:
        raise Refusal("NoSuchConformancePackException", f"Conformance pack {missing[0]} does not exist", 400)
    return {"ConformancePackDetails": [packs[name] for name in conformance_pack_names or packs]}
