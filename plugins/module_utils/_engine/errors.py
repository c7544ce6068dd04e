# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What can go wrong, in the words that a user reads."""

from __future__ import annotations

from collections.abc import Iterable

# https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html: each protocol has its own word.
DENIED_CODES = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "AuthorizationError",
        "AuthorizationErrorException",
        "Forbidden",
        "403",
    }
)

# What to do where AWS does not take the credentials, or botocore finds none that are good: by code or exception.
_RENEW = "the credentials have expired: get new ones ('aws sso login', or export new keys) and run again"
_OTHER = "the keys are not valid, or they are of another partition or for an account that has not enabled the region"
ADVICE = {
    **dict.fromkeys(("ExpiredToken", "ExpiredTokenException", "RequestExpired"), _RENEW),
    **dict.fromkeys(
        ("UnauthorizedSSOTokenError", "SSOTokenLoadError", "TokenRetrievalError", "UnauthorizedException"),
        "sign in with 'aws sso login --profile ...' and run again",
    ),
    **dict.fromkeys(("LoginError", "LoginRefreshRequired", "LoginTokenLoadError"), "sign in with 'aws login'"),
    **dict.fromkeys(("InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure"), _OTHER),
    **dict.fromkeys(
        ("SignatureDoesNotMatch", "RequestTimeTooSkewed", "InvalidSignatureException"),
        "check the secret key, and this machine's clock",
    ),
    "OptInRequired": "enable the region, or sign up for the service, in the account",
    "PartialCredentialsError": "a key needs its other half: check the profile, or the AWS_* variables",
    "InvalidConfigError": "mend the profile in ~/.aws/config",
    "InfiniteLoopConfigError": "mend the profile in ~/.aws/config",
    "CredentialRetrievalError": "run the profile's credential_process, or look at its credential_source, by hand",
    "FileNotFoundError": "look at the profile's credential_process",
    "JSONDecodeError": "the profile's credential_process must write JSON: run it by hand",
    "RefreshWithMFAUnsupportedError": "the session of the MFA code has ended: begin a new one and run again",
}


def advice(code: str) -> str:
    """What to do about an error of credentials, to be put behind its message; empty for all others."""
    return f"; {ADVICE[code]}" if code in ADVICE else ""


class WebappError(Exception):
    """Base of all errors that end a task with a message and no traceback."""


class Abandoned(WebappError):
    """The task that made these calls was ended from outside: its timeout, or the end of the run."""


class AwsError(WebappError):
    """An API call that failed after botocore's retries.

    service, operation: boto3's names ("rds", "describe_db_clusters"); code: AWS's error code, or the
    name of botocore's exception where no answer came; message: AWS's words; status: HTTP status or 0;
    request_id: for AWS support, empty where no answer came; answered: False where the connection broke after
    the request was sent; unsent: no connection came about; action: the permission that the call needs
    ("rds:DescribeDBClusters"); resource: what was being changed ("db_cluster mywebapp-prod-aurora"), or "".
    """

    def __init__(
        self,
        service: str,
        operation: str,
        code: str,
        message: str,
        *,
        status: int = 0,
        request_id: str = "",
        answered: bool = True,
        unsent: bool = False,
        action: str = "",
    ) -> None:
        permission = f"; the caller needs the permission {action}" if action and code in DENIED_CODES else ""
        request = f" (request {request_id})" if request_id else ""
        remedy = "" if service == "sts" and operation == "assume_role" else advice(code)
        super().__init__(f"{service}:{operation} failed with {code}: {message}{request}{permission}{remedy}")
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        self.status = status
        self.request_id = request_id
        self.answered = answered
        self.unsent = unsent
        self.action = action
        self.resource = ""

    @property
    def denied(self) -> bool:
        """The caller may not make this call."""
        return self.code in DENIED_CODES

    @property
    def missing(self) -> bool:
        """The thing that the call names does not exist."""
        return (
            "NotFound" in self.code
            or self.code.startswith("NoSuch")
            or self.code in {"404", "InvalidResourceId", "NonExistentQueue"}
        ) and not self.exists

    @property
    def ambiguous(self) -> bool:
        """Nobody knows whether the call was carried out: the connection broke, or AWS failed on the way."""
        return not self.answered or self.status >= 500

    @property
    def exists(self) -> bool:
        """What the call would make is there."""
        return any(word in self.code for word in ("AlreadyExist", "Exists", "AlreadyOwned", "Duplicate"))

    def explained(self, words: str) -> AwsError:
        """The same error with words of ours behind AWS's, which say less than is known."""
        return AwsError(
            self.service,
            self.operation,
            self.code,
            f"{self.message} ({words})",
            status=self.status,
            request_id=self.request_id,
        )

    def as_dict(self) -> dict[str, str]:
        """The JSON form that snapshots and findings carry."""
        return {"service": self.service, "operation": self.operation, "code": self.code, "message": self.message}


class Refusal(WebappError):
    """What was asked cannot be done; nothing has been changed. Carries every refusal of a list."""

    def __init__(self, reasons: str | Iterable[str]) -> None:
        self.reasons: tuple[str, ...] = (reasons,) if isinstance(reasons, str) else tuple(reasons)
        super().__init__("Nothing was changed: " + "; ".join(self.reasons))


class WaitTimeout(WebappError):
    """A resource did not reach the state in time; a rerun goes on from there."""
