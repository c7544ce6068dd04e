# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Whose credentials a run uses: profiles against exported keys, and assumed roles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from tests.playbook_run import LocalStack, PlaybookResult

ACCOUNTS = {"one": "111111111111", "two": "222222222222"}
CALLER = "123456789012"
WAYS = pytest.mark.parametrize("served", [True, False], ids=["served", "a process each"])


@pytest.fixture
def account(stack: LocalStack, tmp_path: Path) -> LocalStack:
    """An empty account, and a home without credentials."""
    stack.control.reset()
    stack.control.clear_faults()
    stack.control.clear_calls()
    (tmp_path / ".aws").mkdir()
    return stack


def play(
    stack: LocalStack, home: Path, defaults: dict[str, Any], hosts: str = "one", served: bool = True, **exported: str
) -> PlaybookResult:
    """A task that makes the log group /{host}, with these options of credentials."""
    group = {"name": "G", "wellarchitected.webapp.log_group": {"log_groups": [{"name": "/{{ inventory_hostname }}"}]}}
    play = {
        "name": "P",
        "hosts": "all",
        "gather_facts": False,
        "vars": {
            "ansible_connection": "local",
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "webapp_module_server": served,
        },
        "module_defaults": {"group/wellarchitected.webapp.aws": {"region": "us-east-1", **defaults}},
        "tasks": [group],
    }
    playbook = home / "play.yml"
    playbook.write_text(json.dumps([play]))
    environment = {"HOME": str(home), "ANSIBLE_LOCAL_TEMP": str(home / "tmp"), **exported}
    return stack.play(str(playbook), "-i", f"{hosts},", "--limit", hosts, environment=environment)


def client(stack: LocalStack, service: str, key: str) -> Any:
    session = botocore.session.Session()
    session.set_credentials(key, "s")
    return session.create_client(service, region_name="us-east-1", endpoint_url=stack.endpoint)


def key_of(stack: LocalStack, account: str) -> tuple[str, str]:
    """An access key of a user of another account."""
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    first = stack.boto("sts").assume_role(RoleArn=role, RoleSessionName="first")["Credentials"]["AccessKeyId"]
    iam = client(stack, "iam", first)
    iam.create_user(UserName="deployer")
    key = iam.create_access_key(UserName="deployer")["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


def profiles(stack: LocalStack, home: Path) -> dict[str, str]:
    """A profile of each account in the home's credentials; the access keys by profile."""
    keys = {name: key_of(stack, account) for name, account in ACCOUNTS.items()}
    text = [
        f"[{name}]\naws_access_key_id={key}\naws_secret_access_key={secret}" for name, (key, secret) in keys.items()
    ]
    (home / ".aws" / "credentials").write_text("\n".join(text))
    stack.control.clear_calls()
    return {name: key for name, (key, _secret) in keys.items()}


def deployer(stack: LocalStack, account: str, **condition: Any) -> str:
    """A role of an account that the caller's account may assume."""
    first = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    key = stack.boto("sts").assume_role(RoleArn=first, RoleSessionName="first")["Credentials"]["AccessKeyId"]
    principal = {"AWS": f"arn:aws:iam::{CALLER}:root"}
    trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **condition}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    made = client(stack, "iam", key).create_role(RoleName="deployer", AssumeRolePolicyDocument=document)
    stack.control.clear_calls()
    return str(made["Role"]["Arn"])


def creators(stack: LocalStack) -> set[str]:
    """The accounts in which log groups were made."""
    return {call["account"] for call in stack.control.calls("logs") if call["action"].endswith("CreateLogGroup")}


def groups(stack: LocalStack, key: str) -> list[str]:
    return [group["logGroupName"] for group in client(stack, "logs", key).describe_log_groups()["logGroups"]]


@WAYS
def test_hosts_with_a_profile_each_use_each_its_own_whatever_is_exported(
    account: LocalStack, tmp_path: Path, served: bool
) -> None:
    keys = profiles(account, tmp_path)
    play(account, tmp_path, {"profile": "{{ inventory_hostname }}"}, hosts="one,two", served=served).ok()
    assert {name: groups(account, key) for name, key in keys.items()} == {"one": ["/one"], "two": ["/two"]}
    assert groups(account, "LOCALAWS") == []


@WAYS
def test_exported_keys_win_over_an_exported_profile_as_with_boto3(
    account: LocalStack, tmp_path: Path, served: bool
) -> None:
    profiles(account, tmp_path)
    play(account, tmp_path, {}, served=served, AWS_PROFILE="two").ok()
    assert creators(account) == {CALLER}


def test_an_exported_profile_is_taken_where_no_keys_are(account: LocalStack, tmp_path: Path) -> None:
    profiles(account, tmp_path)
    play(account, tmp_path, {}, AWS_PROFILE="two", AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="").ok()
    assert creators(account) == {ACCOUNTS["two"]}


@WAYS
def test_a_profile_and_keys_in_one_task_are_refused(account: LocalStack, tmp_path: Path, served: bool) -> None:
    options = {"profile": "one", "access_key": "AKIA", "secret_key": "s3cr3tkey"}
    result = play(account, tmp_path, options, served=served)
    assert result.rc == 2 and "both a profile and access tokens is not supported" in result.stdout
    assert account.control.calls() == [] and "s3cr3tkey" not in result.stdout


@WAYS
def test_a_role_is_assumed_with_its_external_id_and_session_name(
    account: LocalStack, tmp_path: Path, served: bool
) -> None:
    agreed = {"StringEquals": {"sts:ExternalId": "agreed"}}
    role = deployer(account, ACCOUNTS["one"], Condition=agreed)
    options = {"assume_role_arn": role, "assume_role_external_id": "agreed", "assume_role_session_name": "pipeline-7"}
    play(account, tmp_path, options, served=served).ok()
    assert creators(account) == {ACCOUNTS["one"]}
    (kept,) = (tmp_path / ".aws" / "boto" / "cache").glob("*.json")
    held = json.loads(kept.read_text())["Credentials"]
    caller = client(account, "sts", held["AccessKeyId"]).get_caller_identity()["Arn"]
    assert caller == f"arn:aws:sts::{ACCOUNTS['one']}:assumed-role/deployer/pipeline-7"

    refused = play(account, tmp_path, {**options, "assume_role_external_id": "other"}, served=served)
    said = " ".join(refused.stdout.split())
    assert refused.rc == 2 and "role/deployer exists, that its trust policy names this caller" in said
    assert "Traceback" not in refused.stdout and "Nothing was changed" in said


def test_sts_is_asked_at_the_task_s_endpoint_and_in_its_region(account: LocalStack, tmp_path: Path) -> None:
    """Nothing but the option says where AWS is: another address would be that of AWS itself."""
    role = deployer(account, ACCOUNTS["one"])
    options = {"endpoint_url": account.endpoint, "assume_role_arn": role, "assume_role_sts_region": "eu-west-1"}
    play(account, tmp_path, options, AWS_ENDPOINT_URL="").ok()
    assumed = [call for call in account.control.calls("sts") if call["action"].endswith("AssumeRole")]
    assert [(call["region"], call["account"]) for call in assumed] == [("eu-west-1", CALLER)]
    assert creators(account) == {ACCOUNTS["one"]}


def test_the_roles_pass_on_what_the_stack_says_of_its_role(account: LocalStack, tmp_path: Path) -> None:
    role = deployer(account, ACCOUNTS["one"])
    values = {"stack_role_arn": role, "stack_role_session_name": "pipeline-7", "stack_sts_region": "eu-west-1"}
    values["stack_account_id"] = ACCOUNTS["one"]
    home = {"HOME": str(tmp_path)}
    account.play("playbooks/roles/secrets.yml", "--check", extra_vars=values, environment=home).ok()
    (assumed,) = [call for call in account.control.calls("sts") if call["action"].endswith("AssumeRole")]
    assert assumed["region"] == "eu-west-1"
    (kept,) = (tmp_path / ".aws" / "boto" / "cache").glob("*.json")
    assert json.loads(kept.read_text())["AssumedRoleUser"]["Arn"].endswith("/pipeline-7")


@pytest.mark.parametrize(
    ("profile", "words", "served"),
    [
        ("role_arn=arn:aws:iam::111111111111:role/x\nsource_profile=nobody", "mend the profile", True),
        ("credential_process=/nonexistent/helper", "look at the profile's credential_process", True),
        ("role_arn=arn:aws:iam::111111111111:role/x\nmfa_serial=arn:m\nsource_profile=keys", "wants an MFA code", True),
        (
            "role_arn=arn:aws:iam::111111111111:role/x\nmfa_serial=arn:m\nsource_profile=keys",
            "wants an MFA code",
            False,
        ),
    ],
    ids=["no source", "no helper", "a code", "a code in a process of its own"],
)
def test_credentials_that_cannot_be_got_are_said(
    account: LocalStack, tmp_path: Path, profile: str, words: str, served: bool
) -> None:
    keys = "[profile keys]\naws_access_key_id=AKIA\naws_secret_access_key=s\n"
    (tmp_path / ".aws" / "config").write_text(f"{keys}[profile odd]\n{profile}\n")
    result = play(account, tmp_path, {"profile": "odd"}, served=served)
    said = " ".join(result.stdout.split())
    assert result.rc == 2 and words in said and "Nothing was changed" in said
    assert "Traceback" not in result.stdout and account.control.calls() == []
