# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The public bucket of static files, and the bucket of the Terraform state with the password in it."""

from __future__ import annotations

import json
from typing import Any

from local_aws.stacks.as_reviewed.building import Building

STATE_KEY = "terraform.tfstate"
FILES = {
    "index.html": ("text/html", "<!doctype html><title>mywebapp</title><script src=/static/app.js></script>\n"),
    "static/app.js": ("application/javascript", "document.title += ' is up';\n"),
    "static/site.css": ("text/css", "body { font-family: sans-serif }\n"),
}


def build(stack: Building) -> None:
    s3 = stack.aws.s3
    static, state = stack.bucket("static"), stack.bucket("terraform-state")
    stack.ids.update(static_bucket=static, state_bucket=state, state_key=STATE_KEY)
    for bucket in (static, state):
        s3.create_bucket(Bucket=bucket)
    _make_public(s3, static)
    for key, (kind, body) in FILES.items():
        s3.put_object(Bucket=static, Key=key, Body=body.encode(), ContentType=kind)
    # As S3 makes buckets since 2023-04-28, said so that the endpoint need not know it.
    blocked = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    s3.put_public_access_block(Bucket=state, PublicAccessBlockConfiguration=blocked)


def _make_public(s3: Any, bucket: str) -> None:
    s3.delete_public_access_block(Bucket=bucket)
    everyone = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "PublicReadGetObject",
                "Effect": "Allow",
                "Principal": "*",
                "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{bucket}/*",
            }
        ],
    }
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(everyone))


def write_terraform_state(stack: Building) -> None:
    """The state as Terraform 1.x writes it: random_password and the cluster keep the password as it is."""
    ids = stack.ids
    resources = [
        _resource("random_password", "db", id="none", length=24, result=stack.password, special=False),
        _resource("aws_vpc", "main", id=ids["vpc"], cidr_block="10.0.0.0/16"),
        _resource("aws_s3_bucket", "static", id=ids["static_bucket"], bucket=ids["static_bucket"]),
        _resource("aws_lb", "main", id=ids["load_balancer"], arn=ids["load_balancer"]),
        _resource(
            "aws_rds_cluster",
            "main",
            id=ids["cluster"],
            cluster_identifier=ids["cluster"],
            endpoint=ids["cluster_endpoint"],
            master_username=ids["database_user"],
            master_password=stack.password,
            storage_encrypted=False,
        ),
        _resource(
            "aws_ecs_task_definition",
            "main",
            id=stack.name("app"),
            arn=ids["task_definition"],
            container_definitions=json.dumps(stack.containers),
        ),
    ]
    state = {
        "version": 4,
        "terraform_version": "1.9.8",
        "serial": 42,
        "lineage": "8f0a4f0e-6c1c-4b8b-9d39-0a8a2f5f8a11",
        "outputs": {},
        "resources": resources,
        "check_results": None,
    }
    stack.aws.s3.put_object(
        Bucket=ids["state_bucket"],
        Key=STATE_KEY,
        Body=json.dumps(state, indent=2).encode(),
        ContentType="application/json",
    )


def _resource(kind: str, name: str, **attributes: Any) -> dict[str, Any]:
    provider = 'provider["registry.terraform.io/hashicorp/' + kind.split("_", 1)[0] + '"]'
    return {
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider": provider,
        "instances": [{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}],
    }
