# Copyright (c) 2026 the wellarchitected.webapp authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""AWS's managed policies: a part of them.

https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html,
using-managed-origin-request-policies.html and using-managed-response-headers-policies.html. The API gives their names
with Managed- before it.
"""

from __future__ import annotations

from typing import Any

_YEAR = 31536000


def _cache(name: str, ttls: tuple[int, int, int], compressed: bool, **keys: dict[str, Any]) -> dict[str, Any]:
    parameters: dict[str, Any] = {
        "EnableAcceptEncodingGzip": compressed,
        "EnableAcceptEncodingBrotli": compressed,
        "HeadersConfig": {"HeaderBehavior": "none"},
        "CookiesConfig": {"CookieBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "none"},
        **keys,
    }
    least, default, most = ttls
    return {
        "Name": f"Managed-{name}",
        "MinTTL": least,
        "DefaultTTL": default,
        "MaxTTL": most,
        "ParametersInCacheKeyAndForwardedToOrigin": parameters,
    }


def _headers(*names: str) -> dict[str, Any]:
    return {"HeaderBehavior": "whitelist", "Headers": {"Quantity": len(names), "Items": list(names)}}


def _request(name: str, headers: dict[str, Any], everything: str) -> dict[str, Any]:
    return {
        "Name": f"Managed-{name}",
        "HeadersConfig": headers,
        "CookiesConfig": {"CookieBehavior": everything},
        "QueryStringsConfig": {"QueryStringBehavior": everything},
    }


_ALL_COOKIES = {"CookieBehavior": "all"}
_ALL_QUERIES = {"QueryStringBehavior": "all"}
_ORIGIN = ("host", "origin", "x-http-method-override", "x-http-method", "x-method-override")

CACHE = {
    "658327ea-f89d-4fab-a63d-7e88639e58f6": _cache("CachingOptimized", (1, 86400, _YEAR), True),
    "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": _cache(
        "CachingOptimizedForUncompressedObjects", (1, 86400, _YEAR), False
    ),
    "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": _cache("CachingDisabled", (0, 0, 0), False),
    "83da9c7e-98b4-4e11-a168-04f0df8e2c65": _cache(
        "UseOriginCacheControlHeaders", (0, 0, _YEAR), True,
        HeadersConfig=_headers(*_ORIGIN), CookiesConfig=_ALL_COOKIES,
    ),
    "4cc15a8a-d715-48a4-82b8-cc0b614638fe": _cache(
        "UseOriginCacheControlHeaders-QueryStrings", (0, 0, _YEAR), True,
        HeadersConfig=_headers(*_ORIGIN), CookiesConfig=_ALL_COOKIES, QueryStringsConfig=_ALL_QUERIES,
    ),
}  # fmt: skip

ORIGIN_REQUEST = {
    "216adef6-5c7f-47e4-b989-5492eafa07d3": _request("AllViewer", {"HeaderBehavior": "allViewer"}, "all"),
    "b689b0a8-53d0-40ab-baf2-68738e2966ac": _request(
        "AllViewerExceptHostHeader",
        {"HeaderBehavior": "allExcept", "Headers": {"Quantity": 1, "Items": ["host"]}},
        "all",
    ),
    "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": _request(
        "CORS-S3Origin",
        _headers("origin", "access-control-request-headers", "access-control-request-method"),
        "none",
    ),
}

RESPONSE_HEADERS = {
    "67f7725c-6f97-4210-82d7-5512b31e9d03": {
        "Name": "Managed-SecurityHeadersPolicy",
        "SecurityHeadersConfig": {
            "XSSProtection": {"Override": False, "Protection": True, "ModeBlock": True},
            "FrameOptions": {"Override": False, "FrameOption": "SAMEORIGIN"},
            "ReferrerPolicy": {"Override": False, "ReferrerPolicy": "strict-origin-when-cross-origin"},
            "ContentTypeOptions": {"Override": True},
            "StrictTransportSecurity": {"Override": False, "AccessControlMaxAgeSec": _YEAR},
        },
    },
}
