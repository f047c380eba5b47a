"""The protocol's Python clients, as PyPI has them, against a running site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import h_annot
import pytest
from h_annot import api as h_api
from h_annot.exceptions import APIError
from hyputils.hypothesis import HypothesisUtils

from monitor.accounts.tokens import create_token
from monitor.annotations.models import Annotation
from tests.annotations.people_and_texts import House, make_house

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


@pytest.fixture
def house(live_server: LiveServer) -> House:
    return make_house()


@pytest.fixture
def token(house: House) -> str:
    return create_token(user=house.author, name="scripts", scope="write").secret


def test_python_hypothesis_makes_changes_finds_and_deletes(
    house: House, token: str, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(h_api, "server", f"{live_server.url}/hypothesis")
    uri = live_server.url + house.article.get_absolute_url()
    assert json.loads(h_api.root())["links"]["search"]["method"] == "GET"
    assert json.loads(h_api.profile(token))["userid"] == "acct:author@localhost"
    with h_annot.auth(token):
        made = h_annot.Annotation.create(None, "Lamps", ["Weir"], "By a script.", uri)
        made.text = "By a better script."
        made.tags.add("Gate")
        made.tags.remove("weir")
        read = h_annot.Annotation.load(made.id)
        assert (read.text, list(read.tags), read.uri, read.user) == (
            "By a better script.", ["Gate"], uri, "acct:author@localhost",
        )  # fmt: skip
        assert (read.created < read.updated, read.updated.tzinfo is not None) == (True, True)
        assert [one.id for one in h_annot.search(uri=uri, tags=["gate"], text="better script", user="author")] == [
            made.id
        ]
        assert [one.id for one in h_annot.search(after=read.updated)] == []
    h_api.delete(token, made.id)
    with pytest.raises(KeyError):
        h_annot.Annotation.load(made.id, auth=token)
    with pytest.raises(APIError):
        h_api.create("mon_wrong", json.dumps({"uri": uri}))


def test_hyputils_walks_through_a_bulk_import_and_patches(house: House, token: str, live_server: LiveServer) -> None:
    Annotation.objects.bulk_create(
        Annotation(owner=house.author, article=house.article, comment=f"n{n}", visibility="everyone")
        for n in range(250)
    )
    client = HypothesisUtils(username="author", token=token)
    client.api_url = f"{live_server.url}/hypothesis/api"
    client.query_url_template = client.api_url + "/search?{query}"
    met = [row["id"] for row in client.search_all({"sort": "updated", "order": "asc"})]
    assert (len(met), set(met)) == (250, {str(uid) for uid in Annotation.objects.values_list("uid", flat=True)})
    uri = live_server.url + house.article.get_absolute_url()
    made: Any = client.create_annotation_with_target_using_only_text_quote(
        url=uri, prefix="The ", exact="lamps", suffix=" were", text="Which?", tags=["Light"], extra={"key": [1]}
    ).json()
    assert (made["extra"], made["group"], made["permissions"]["read"]) == (
        {"key": [1]},
        "__world__",
        ["group:__world__"],
    )
    patched = client.patch_annotation(made["id"], {"text": "These."}).json()
    assert (patched["text"], patched["target"]) == ("These.", made["target"])
    assert client.head_annotation(made["id"]).status_code == 200
    assert client.delete_annotation(made["id"]).json() == {"id": made["id"], "deleted": True}
    assert client.get_annotation(made["id"]).status_code == 404
