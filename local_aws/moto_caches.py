# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The only parts of moto that are patched: two look-ups that it repeats at every request."""

from __future__ import annotations

import functools
import os


def configure() -> None:
    """What moto reads from its environment when it is imported."""
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "false"  # services/iam.py does, when one is asked for
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")
    os.environ.setdefault("MOTO_DISABLE_GLOBAL_CORS", "true")
    os.environ.setdefault("MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS", "false")


@functools.cache
def install() -> None:
    """Once for a process."""
    import moto.backends
    import moto.core.responses
    from moto.core.config import default_user_config

    modules = tuple(moto.backends.list_of_moto_modules())  # about 180 stat() calls
    moto.backends.list_of_moto_modules = lambda: modules
    moto.core.responses.method_names_from_class = functools.cache(moto.core.responses.method_names_from_class)
    for service in ("lambda", "batch"):  # no containers here
        default_user_config[service]["use_docker"] = False


@functools.cache
def has(service: str) -> bool:
    """Whether moto knows the service at all."""
    import moto.backends

    try:
        moto.backends.get_backend(service)
    except (AttributeError, ImportError, KeyError):
        return False
    return True
