# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Sessions of assumed roles: where they are kept, and why AWS gave none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .errors import AwsError, advice

# Where botocore is missing, _engine/module.py says so before anything could come here.
with suppress(ImportError):
    from botocore.utils import JSONFileCache


class Kept:
    """AssumeRole's answers by botocore's key, in memory and in a folder of files, one for each.

    folder: where no file can be read or written, memory alone serves. of: what the sessions belong to beside the
    role and its arguments, which are botocore's key. writes: whether new ones go to the folder.
    """

    def __init__(self, folder: str, *, of: Sequence[str | None] = (), writes: bool = True) -> None:
        self._files = JSONFileCache(str(Path(folder).expanduser()))
        self._memory: dict[str, Any] = {}
        self._of = list(of)
        self._writes = writes

    def __contains__(self, key: str) -> bool:
        return self._find(key) is not None

    def __getitem__(self, key: str) -> Any:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, value: Any) -> None:
        self._memory[key] = value
        if self._writes:
            with suppress(OSError):
                self._files[self._name(key)] = value

    def _find(self, key: str) -> Any:
        with suppress(KeyError, OSError):
            kept = self._files[self._name(key)]
            if isinstance(kept, Mapping) and isinstance(kept.get("Credentials"), Mapping):
                return kept
        return self._memory.get(key)

    def _name(self, key: str) -> str:
        """The file's name; botocore's own where the sessions belong to nothing more."""
        if not any(self._of):
            return key
        return hashlib.sha256(json.dumps([key, *self._of]).encode()).hexdigest()


def assume_error(response: Mapping[str, Any], role: str, external_id: str | None, region: str | None) -> AwsError:
    """The refusal of AssumeRole, with what to look at.

    AccessDenied is AWS's one answer to a role that does not exist, does not trust the caller, wants another external
    id or MFA, or that the caller's own policies do not admit; its message names the caller:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html. InvalidClientTokenId is also that of a
    region which the caller's account has not enabled:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html
    """
    said = response.get("Error", {})
    code, message = str(said.get("Code", "Unknown")), str(said.get("Message", ""))
    metadata = response.get("ResponseMetadata", {})
    external = "the external id that was given" if external_id else "no external id (none was given)"
    own = {
        "AccessDenied": f"check that {role} exists, that its trust policy names this caller and wants {external}, and "
        "that the caller's own policies allow sts:AssumeRole on it; where it wants MFA, the caller must have "
        "credentials of 'aws sts get-session-token'",
        "InvalidClientTokenId": f"STS was asked in {region}: where the caller's account has not enabled that region, "
        "set assume_role_sts_region (stack_sts_region) to one that it has; else the caller's keys are not valid, or of "
        "another partition",
        "RegionDisabledException": f"STS is off in {region} for the role's account: enable it there, or set "
        "assume_role_sts_region (stack_sts_region) to another region",
        "ValidationError": "check assume_role_duration against the role's maximum session duration; a role that is "
        "assumed with another role's credentials has one hour",
    }
    return AwsError(
        "sts",
        "assume_role",
        code,
        f"{message}{' for ' + role if role not in message else ''}{'; ' + own[code] if code in own else advice(code)}",
        status=int(metadata.get("HTTPStatusCode", 0)),
        request_id=str(metadata.get("RequestId", "")),
    )
