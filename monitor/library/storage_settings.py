"""Django's STORAGES entry for files: this machine's disk, or the object storage that STORAGE_URL names."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

SHAPE = (
    "STORAGE_URL must read s3://bucket, s3://bucket/folder or s3://key:secret@bucket?endpoint=https://host&region=name"
)


def file_storage(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the entry; nothing is asked. What a wrong address says is not repeated: it may hold a secret."""
    url = environ.get("STORAGE_URL", "")
    if not url:
        return {
            "BACKEND": "monitor.library.files.DurableStorage",
            "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
        }
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured("STORAGE_URL needs libraries of its own: pip install -r requirements-s3.txt")
    return {"BACKEND": "monitor.library.object_storage.ObjectStorage", "OPTIONS": _options(url)}


def _options(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    more = dict(parse_qsl(parts.query))
    # The name is taken as it is written: `hostname` would make it small.
    credentials, _, bucket = parts.netloc.rpartition("@")
    if parts.scheme != "s3" or not bucket or ":" in bucket or more.keys() - {"endpoint", "region"}:
        raise ImproperlyConfigured(SHAPE)
    options: dict[str, Any] = {"bucket_name": bucket, "location": unquote(parts.path).strip("/")}
    if credentials:
        key, _, secret = credentials.partition(":")
        options |= {"access_key": unquote(key), "secret_key": unquote(secret)}
    if "endpoint" in more:
        # One's own servers seldom have a name for each bucket.
        options |= {"endpoint_url": more["endpoint"], "path_style": True}
    if "region" in more:
        options |= {"region_name": more["region"]}
    return options
