"""Files in an object storage: a real server that speaks S3, on a loopback port."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import uuid
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.urls import reverse
from moto.server import ThreadedMotoServer

from monitor.jobs.backing_up import stored_files
from monitor.library import files
from monitor.library.models import Issue
from monitor.library.storage_settings import file_storage
from tests.factories import make_issue, make_user

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

HELD = b"%PDF-1.7\n" + bytes(range(256)) * 20_000  # 5 MB: more than is kept in memory
SHA256 = hashlib.sha256(HELD).hexdigest()
AT_ONCE = timedelta(seconds=-60)  # older than this is everything


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def unused_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def address(s3: str, settings: Settings) -> str:
    """Give the site a bucket of its own and return how STORAGE_URL names it."""
    bucket = f"Monitor-{uuid.uuid4()}".lower()
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="us-east-1", aws_access_key_id="k", aws_secret_access_key="s"
    )
    client.create_bucket(Bucket=bucket)
    url = f"s3://k:s%2Fx@{bucket}/the%20site?endpoint={s3}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": file_storage({"STORAGE_URL": url})}
    return url


@pytest.fixture
def original(address: str, tmp_path: Path) -> str:
    path = tmp_path / "issue.pdf"
    path.write_bytes(HELD)
    assert files.keep_original(path, sha256=SHA256, file_type="pdf")
    assert not files.keep_original(path, sha256=SHA256, file_type="pdf")  # it is there
    return files.original_name(SHA256, "pdf")


def issue_of_the_file() -> Issue:
    issue = make_issue()
    issue.sha256, issue.file_type, issue.file_bytes = SHA256, "pdf", len(HELD)
    issue.save()
    return issue


def test_a_worker_gets_a_whole_file_of_its_own(original: str) -> None:
    with files.original_copy(SHA256, "pdf") as path:
        assert path.read_bytes() == HELD
    assert not path.exists()


def test_what_was_deleted_is_missing_as_on_a_disk(original: str) -> None:
    files.drop_original(sha256=SHA256, file_type="pdf")
    files.drop_original(sha256=SHA256, file_type="pdf")
    assert not default_storage.exists(original)
    with pytest.raises(FileNotFoundError), files.original_copy(SHA256, "pdf"):
        pass
    for ask in (default_storage.size, default_storage.get_modified_time, default_storage.open):
        with pytest.raises(FileNotFoundError):
            ask(original)


def test_what_is_uploaded_waits_and_is_swept(address: str) -> None:
    waits, lost = uuid.uuid4(), uuid.uuid4()
    for uid in (waits, lost):
        files.keep_incoming(uid, File(io.BytesIO(b"text"), name="x.md"))
    assert files.sweep_incoming(kept={str(waits)}, older_than=timedelta(hours=1)) == 0
    assert files.sweep_incoming(kept={str(waits)}, older_than=AT_ONCE) == 1
    with files.local_copy(waits) as path:
        assert path.read_bytes() == b"text"
    with pytest.raises(FileNotFoundError), files.local_copy(lost):
        pass


def test_pictures_take_the_place_of_earlier_ones_and_go_with_their_file(address: str) -> None:
    files.keep_picture(SHA256, 1, "large", b"first")
    files.keep_picture(SHA256, 1, "large", b"second")
    files.keep_picture(SHA256, 12, "small", b"third")
    assert files.kept_pictures(SHA256) == {(1, "large"), (12, "small")}
    with default_storage.open(files.picture_name(SHA256, 1, "large")) as picture:
        assert picture.read() == b"second"
    assert files.sweep_pictures(unnamed=lambda _: [], older_than=AT_ONCE) == 0
    assert files.sweep_pictures(unnamed=lambda digests: digests, older_than=AT_ONCE) == 2
    assert files.kept_pictures(SHA256) == set()
    assert files.sweep_drafts(older_than=AT_ONCE) == 0


def test_more_files_than_one_answer_lists_are_all_found(address: str) -> None:
    for number in range(1, 1105):
        default_storage.save(files.picture_name(SHA256, number, "small"), ContentFile(b"x"))
    assert len(files.kept_pictures(SHA256)) == 1104
    assert len(list(stored_files())) == 1104


def test_original_is_given_by_the_site_to_those_who_may_see_it(original: str, client: Client, db: None) -> None:
    issue = issue_of_the_file()
    page = reverse("original", args=[issue.pk])
    assert client.get(page).status_code == 302
    client.force_login(make_user())
    answer: Any = client.get(page)
    assert (answer.status_code, answer["Content-Length"]) == (200, str(len(HELD)))
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert b"".join(answer.streaming_content) == HELD
    Issue.objects.update(state="draft")
    assert client.get(page).status_code == 404
    Issue.objects.update(state="published")
    files.drop_original(sha256=SHA256, file_type="pdf")
    assert client.get(page).status_code == 404


def test_storage_that_is_away_is_a_sentence_and_no_error(
    client: Client, db: None, settings: Settings, unused_port: int
) -> None:
    url = f"s3://k:s@gone?endpoint=http://127.0.0.1:{unused_port}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": file_storage({"STORAGE_URL": url})}
    issue = issue_of_the_file()
    client.force_login(make_user())
    answer = client.get(reverse("original", args=[issue.pk]))
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "storage of files cannot be reached" in answer.content.decode()
    with pytest.raises(files.StorageAway):
        default_storage.save("x", ContentFile(b"x"))


def test_bucket_that_is_not_there_is_told_as_away(s3: str, settings: Settings) -> None:
    url = f"s3://k:s@never-made?endpoint={s3}&region=us-east-1"
    settings.STORAGES = {**settings.STORAGES, "default": file_storage({"STORAGE_URL": url})}
    with pytest.raises(files.StorageAway):
        default_storage.save("x", ContentFile(b"x"))


def test_address_says_bucket_folder_key_and_place() -> None:
    entry = file_storage({"STORAGE_URL": "s3://AK:s%2Fcr@My.Bucket/a/b/?endpoint=https://s3.example.org&region=eu-1"})
    assert entry["OPTIONS"] == {
        "bucket_name": "My.Bucket", "location": "a/b", "access_key": "AK", "secret_key": "s/cr",
        "endpoint_url": "https://s3.example.org", "path_style": True, "region_name": "eu-1",
    }  # fmt: skip
    assert file_storage({"STORAGE_URL": "s3://b"})["OPTIONS"] == {"bucket_name": "b", "location": ""}


@pytest.mark.parametrize(
    "url", ["file:///var", "s3://", "s3://k:secret@", "s3://b:9000/x", "s3://b?acl=public", "https://secret@b"]
)
def test_address_that_cannot_be_meant_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        file_storage({"STORAGE_URL": url})
    assert str(refusal.value).startswith("STORAGE_URL must read s3://bucket")
    assert "k:secret" not in str(refusal.value)


def test_site_without_one_keeps_its_files_on_its_disk() -> None:
    assert file_storage(os.environ | {"STORAGE_URL": ""})["BACKEND"] == "monitor.library.files.DurableStorage"
