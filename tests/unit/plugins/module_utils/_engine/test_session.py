# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Which credentials are taken, how a role is assumed, and what is said where there are none."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine import session as module
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.aws import Aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.errors import AwsError, Refusal
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.module import connection_spec, make_aws
from ansible_collections.wellarchitected.webapp.plugins.module_utils._engine.session import make_session
from botocore.awsrequest import AWSResponse

ROLE = "arn:aws:iam::111122223333:role/deployer"
REGION = {"region": "eu-west-1"}
KEYS = {"access_key": "AKIATASK", "secret_key": "s"}
EXPORTED = {"AWS_ACCESS_KEY_ID": "AKIAEXPORTED", "AWS_SECRET_ACCESS_KEY": "s"}
CONFIG = """
[profile one]
aws_access_key_id = AKIAONE
aws_secret_access_key = s
[profile two]
aws_access_key_id = AKIATWO
aws_secret_access_key = s
[profile half]
aws_access_key_id = AKIAHALF
[profile lost]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = nobody
[profile round]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = round
[profile failing]
credential_process = {python} -c "import sys; sys.exit('vault is sealed')"
[profile talking]
credential_process = {python} -c "print('hello')"
[profile absent]
credential_process = /nonexistent/helper
[profile coded]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = one
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile chained]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = one
[profile signed]
sso_start_url = https://example.awsapps.com/start
sso_region = us-east-1
sso_account_id = 111122223333
sso_role_name = Deployer
"""


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    """A home with these profiles and nothing in the environment."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text(CONFIG.replace("{python}", sys.executable))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return tmp_path


def access_key(**parameters):
    credentials = make_session({**REGION, **parameters}).get_credentials()
    return credentials and credentials.get_frozen_credentials().access_key


@pytest.fixture
def sts(monkeypatch):
    """AWS's STS: answers each AssumeRole, or refuses all with .refusal; .sent are (url, parameters)."""
    state = SimpleNamespace(sent=[], refusal=None, clients=[])
    real = module._new_session

    def answer(request, **_unused):
        state.sent.append((request.url, {key: one[0] for key, one in parse_qs(request.body).items()}))
        if state.refusal:
            code, message = state.refusal
            body = f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
            return AWSResponse(request.url, 403, {}, Raw(body))
        expires = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
        number = len(state.sent)
        body = (
            "<AssumeRoleResponse><AssumeRoleResult><Credentials>"
            f"<AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>"
            f"<Expiration>{expires}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
        )
        return AWSResponse(request.url, 200, {}, Raw(body))

    def new_session(profile):
        session = real(profile)
        session.register("before-send.sts.AssumeRole", answer)
        create = session.create_client

        def create_client(service, **options):
            client = create(service, **options)
            state.clients.append((client, options))
            return client

        session.create_client = create_client
        return session

    monkeypatch.setattr(module, "_new_session", new_session)
    return state


class Raw:
    def __init__(self, body):
        self.body = body.encode()

    def stream(self, *_unused, **_also):
        yield self.body


def export(monkeypatch, **variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize(
    ("environment", "options", "taken"),
    [
        ({}, {"profile": "one"}, "AKIAONE"),
        (EXPORTED, {}, "AKIAEXPORTED"),
        (EXPORTED, {"profile": "one"}, "AKIAONE"),
        (EXPORTED, KEYS, "AKIATASK"),
        ({"AWS_PROFILE": "two"}, {}, "AKIATWO"),
        ({"AWS_PROFILE": "two"}, {"profile": "one"}, "AKIAONE"),
        ({"AWS_PROFILE": "nobody"}, {"profile": "one"}, "AKIAONE"),
        ({"AWS_PROFILE": "two"}, KEYS, "AKIATASK"),
        ({**EXPORTED, "AWS_PROFILE": "two"}, {}, "AKIAEXPORTED"),
        ({**EXPORTED, "AWS_PROFILE": "two"}, {"profile": "one"}, "AKIAONE"),
        ({"AWS_ACCESS_KEY": "AKIAOLD", "AWS_SECRET_KEY": "s"}, {}, "AKIAOLD"),
        ({"AWS_ACCESS_KEY": "AKIAOLD", "AWS_SECRET_KEY": "s"}, {"profile": "one"}, "AKIAONE"),
        ({"AWS_ACCESS_KEY": "AKIAOLD", "AWS_SECRET_KEY": "s", **EXPORTED}, {}, "AKIAEXPORTED"),
        ({}, {}, None),
    ],
)
def test_credentials_are_taken_in_botocore_s_order(monkeypatch, environment, options, taken):
    export(monkeypatch, **environment)
    assert access_key(**options) == taken


def test_a_task_s_keys_are_not_mixed_with_an_exported_token(monkeypatch):
    export(monkeypatch, **EXPORTED, AWS_SESSION_TOKEN="exported")
    assert make_session(KEYS).get_credentials().token is None
    assert make_session({}).get_credentials().token == "exported"


def test_the_specification_takes_no_credentials_from_the_environment():
    spec = connection_spec()
    assert not [name for name in ("profile", "access_key", "secret_key", "session_token") if "fallback" in spec[name]]
    assert "fallback" in spec["region"] and spec["secret_key"]["no_log"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"profile": "one", **KEYS},
            r"both a profile and access tokens is not supported: profile is one, and access_k",
        ),
        ({"profile": "one", "session_token": "t"}, r"session_token is given too"),
        ({"access_key": "AKIA"}, r"access_key is given alone"),
        ({"session_token": "t"}, r"session_token is given alone"),
        ({"profile": "nobody"}, r"nobody.*stack_profile"),
        ({"profile": "half"}, r"missing: aws_secret_access_key.*its other half"),
        ({"profile": "lost"}, r"nobody.*does not exist; mend the profile"),
        ({"profile": "round"}, r"infinite"),
        ({"profile": "failing"}, r"vault is sealed.*by hand"),
        ({"profile": "talking"}, r"must write JSON"),
        ({"profile": "absent"}, r"/nonexistent/helper.*credential_process"),
        ({"profile": "signed"}, r"aws sso login"),
        ({"profile": "coded"}, r"profile coded wants an MFA code .*mfa/me.* --profile coded' first.*get-session-token"),
        ({"region": "us-nowhere-1"}, r"region us-nowhere-1 is not known.*stack_region.*eu-south-2"),
        ({"assume_role_sts_region": "us-nowhere-1"}, r"assume_role_sts_region us-nowhere-1.*stack_sts_region"),
        ({"assume_role_arn": ROLE}, r"no credentials to assume arn:aws:iam::111122223333:role/deployer with"),
        ({"assume_role_arn": "deployer"}, r"deployer is not the ARN of a role"),
        ({"assume_role_session_name": "a b"}, r"assume_role_session_name a b"),
        ({"assume_role_duration": 900}, r"assume_role_duration 900: 1800 to 43200"),
        ({"aws_ca_bundle": "/nonexistent.pem"}, r"aws_ca_bundle /nonexistent.pem does not exist"),
        ({"aws_config": {"colour": "red"}}, r"aws_config: .*colour"),
    ],
)
def test_what_cannot_be_is_refused_with_words(options, words):
    with pytest.raises(Refusal, match=f"(?is){words}"):
        make_session({**REGION, **options})


def test_an_exported_profile_that_is_not_there_is_refused(monkeypatch):
    export(monkeypatch, AWS_PROFILE="nobody")
    with pytest.raises(Refusal, match=r"nobody.*AWS_PROFILE"):
        make_session(REGION)


def test_no_credentials_at_all_is_the_first_call_s_error():
    with pytest.raises(AwsError, match="no credentials found"):
        make_aws(REGION).call("sts", "get_caller_identity")


def test_a_client_that_cannot_be_made_is_a_refusal():
    with pytest.raises(Refusal, match=r"no client of ec2.*endpoint"):
        Aws(make_session(KEYS), "us-east-1", client_options={"endpoint_url": "nowhere"}).client("ec2")


def test_a_role_is_assumed_with_what_the_task_gives(sts, home):
    bundle = home / "ca.pem"
    bundle.write_text("")
    options = {
        "assume_role_external_id": "agreed",
        "assume_role_session_name": "pipeline-7",
        "assume_role_duration": 7200,
        "endpoint_url": "http://127.0.0.1:9",
        "aws_ca_bundle": str(bundle),
        "validate_certs": True,
        "aws_config": {"proxies": {"https": "http://proxy:3128"}},
    }
    assert access_key(**KEYS, assume_role_arn=ROLE, **options) == "ASIA1"
    ((url, sent),) = sts.sent
    assert url.startswith("http://127.0.0.1:9/")
    assert {key: sent[key] for key in ("RoleArn", "ExternalId", "RoleSessionName", "DurationSeconds")} == {
        "RoleArn": ROLE,
        "ExternalId": "agreed",
        "RoleSessionName": "pipeline-7",
        "DurationSeconds": "7200",
    }
    ((client, made),) = sts.clients
    assert made["verify"] == str(bundle) and client.meta.config.proxies == {"https": "http://proxy:3128"}


def test_certificates_are_not_checked_where_the_task_says_so(sts):
    access_key(**KEYS, assume_role_arn=ROLE, validate_certs=False)
    assert sts.clients[0][1]["verify"] is False


@pytest.mark.parametrize(
    ("environment", "options", "host"),
    [
        ({}, {}, "https://sts.eu-west-1.amazonaws.com/"),
        ({}, {"region": "eu-south-2"}, "https://sts.eu-south-2.amazonaws.com/"),
        ({}, {"region": "eu-south-2", "assume_role_sts_region": "eu-west-1"}, "https://sts.eu-west-1.amazonaws.com/"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, {}, "http://127.0.0.1:9/"),
        ({"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:8"}, {}, "http://127.0.0.1:8/"),
        ({"AWS_ENDPOINT_URL_EC2": "http://127.0.0.1:7"}, {}, "https://sts.eu-west-1.amazonaws.com/"),
        ({"AWS_ENDPOINT_URL_STS": "http://127.0.0.1:8"}, {"endpoint_url": "http://127.0.0.1:9"}, "http://127.0.0.1:9/"),
    ],
)
def test_sts_is_asked_where_the_task_asks_aws(sts, monkeypatch, environment, options, host):
    export(monkeypatch, **environment)
    access_key(**KEYS, assume_role_arn=ROLE, **options)
    assert [url for url, _unused in sts.sent] == [host]


def test_a_profile_s_own_role_is_assumed_as_the_task_s_calls_are_made(sts):
    assert access_key(profile="chained", validate_certs=False, aws_config={"proxies": {"https": "http://p"}}) == "ASIA1"
    ((client, _made),) = sts.clients
    assert sts.sent[0][0] == "https://sts.eu-west-1.amazonaws.com/"
    assert client.meta.config.proxies == {"https": "http://p"} and client._endpoint.http_session._verify is False


def test_a_session_is_kept_for_the_next_run_of_the_same_credentials_and_address(sts):
    role = {"assume_role_arn": ROLE}
    assert access_key(**KEYS, **role) == access_key(**KEYS, **role) == "ASIA1"
    assert access_key(profile="one", **role) == "ASIA2"
    assert access_key(profile="two", **role) == "ASIA3"
    assert access_key(**KEYS, **role, endpoint_url="http://127.0.0.1:9") == "ASIA4"
    assert access_key(**KEYS, **role, assume_role_external_id="agreed") == "ASIA5"
    assert access_key(profile="one", **role) == "ASIA2"


def test_where_sessions_cannot_be_kept_they_are_made_anew(sts, home):
    (home / ".aws" / "boto").write_text("a file, not a folder")
    assert access_key(**KEYS, assume_role_arn=ROLE) == "ASIA1"
    assert access_key(**KEYS, assume_role_arn=ROLE) == "ASIA2"


def test_a_kept_session_that_cannot_be_read_is_made_anew(sts, home):
    access_key(**KEYS, assume_role_arn=ROLE)
    (kept,) = (home / ".aws" / "boto" / "cache").glob("*.json")
    for content in ("", "[]", '{"Credentials": 1}'):
        kept.write_text(content)
        access_key(**KEYS, assume_role_arn=ROLE)
    assert len(sts.sent) == 4
    kept.unlink()
    kept.mkdir()
    assert access_key(**KEYS, assume_role_arn=ROLE) == "ASIA5"


def test_what_the_aws_cli_has_asked_a_code_for_is_taken(sts, home):
    """The CLI names the file by botocore's key of the profile's role, external id, MFA device and session."""
    from botocore.credentials import AssumeRoleCredentialFetcher

    device = {"SerialNumber": "arn:aws:iam::111122223333:mfa/me"}
    key = AssumeRoleCredentialFetcher(None, None, "arn:aws:iam::111122223333:role/x", device)._cache_key
    expires = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    folder = home / ".aws" / "cli" / "cache"
    folder.mkdir(parents=True)
    held = {"AccessKeyId": "ASIACLI", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": expires}
    (folder / f"{key}.json").write_text(json.dumps({"Credentials": held}))
    assert access_key(profile="coded") == "ASIACLI" and sts.sent == []
    assert access_key(profile="chained") == "ASIA1"
    assert [path.name for path in Path(folder).iterdir()] == [f"{key}.json"], "the CLI's folder is only read"


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (("AccessDenied", f"User: u is not authorized to perform: sts:AssumeRole on resource: {ROLE}"),
         r"User: u is not.*trust policy names this caller and wants no external id.*sts:AssumeRole on it.*MFA"),
        (("InvalidClientTokenId", "The security token included in the request is invalid"),
         r"role/deployer; STS was asked in eu-south-2.*stack_sts_region"),
        (("ValidationError", "The requested DurationSeconds exceeds"), r"maximum session duration"),
        (("ExpiredToken", "The security token included in the request is expired"), r"expired.*new ones.*run again"),
    ],
)  # fmt: skip
def test_a_refused_role_says_what_to_look_at(sts, refusal, words):
    sts.refusal = refusal
    with pytest.raises(Refusal, match=f"(?s)sts:assume_role failed with {refusal[0]}.*{words}") as error:
        make_aws({**KEYS, "region": "eu-south-2", "assume_role_arn": ROLE})
    assert str(error.value).count(ROLE) <= 2


def test_a_profile_s_refused_role_says_it_too(sts):
    sts.refusal = ("AccessDenied", "User: u is not authorized to perform: sts:AssumeRole")
    with pytest.raises(Refusal, match=r"role/x.*trust policy"):
        make_session({**REGION, "profile": "chained"})


def test_expired_keys_are_said_with_what_to_do():
    error = AwsError("ec2", "describe_vpcs", "RequestExpired", "Request has expired.")
    assert "aws sso login" in str(error) and error.message == "Request has expired."
    assert str(AwsError("ec2", "describe_vpcs", "Odd", "Odd.")).endswith("Odd: Odd.")
