# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What the parts of the stack share: clients, names, the ids made so far, the password."""

from __future__ import annotations

import secrets
import string
from typing import Any

from local_aws.stacks._clients import Clients

PROJECT = "mywebapp"
ENVIRONMENT = "prod"
REGION = "us-east-1"
ZONES = (f"{REGION}a", f"{REGION}b")


class AlreadyLoaded(ValueError):
    """The endpoint has the stack, or a part of it."""


class Building:
    def __init__(self, endpoint_url: str) -> None:
        self.aws = Clients(endpoint_url, REGION)
        self.account_id: str = self.aws.sts.get_caller_identity()["Account"]
        self.password = new_password()
        self.ids: dict[str, Any] = {}
        self.containers: list[dict[str, Any]] = []  # not among the ids: they carry the password

    def name(self, *parts: object) -> str:
        return "-".join((PROJECT, ENVIRONMENT, *map(str, parts)))

    def bucket(self, thing: str) -> str:
        return self.name(thing, self.account_id)

    def refuse_second_load(self) -> None:
        name = self.name("vpc")
        found = self.aws.ec2.describe_vpcs(Filters=[{"Name": "tag:Name", "Values": [name]}])["Vpcs"]
        if found:
            raise AlreadyLoaded(
                f"{self.aws.endpoint_url} has {name} ({found[0]['VpcId']}): as_reviewed is loaded once into an "
                "emulator that has no such stack. 'python -m local_aws reset' makes it forget everything."
            )

    def tagged(self, kind: str, *parts: object) -> list[dict[str, Any]]:
        """EC2's TagSpecifications with the Name tag, the only tag that this stack has."""
        return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": self.name(*parts)}]}]

    def result(self) -> dict[str, Any]:
        return {
            "endpoint_url": self.aws.endpoint_url,
            "account_id": self.account_id,
            "region": REGION,
            "project": PROJECT,
            "environment": ENVIRONMENT,
            "password": self.password,
            "vpc_id": self.ids["vpc"],
            "ids": self.ids,
        }


def new_password() -> str:
    """24 letters and digits, of every kind that password policies ask for."""
    alphabet = string.ascii_letters + string.digits
    while True:
        password = "".join(secrets.choice(alphabet) for _unused in range(24))
        kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
        if all(any(letter in kind for letter in password) for kind in kinds):
            return password
