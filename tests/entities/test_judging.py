"""What people say of mentions: it counts at once, survives every later run, and can be taken back to what was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.entities import judging
from monitor.entities.judging import add_mention, judge_about, judge_mention, never_proposed, settle_alike, take_back
from monitor.entities.mention_models import Mention
from monitor.entities.refusals import CannotJudge, NobodyMeant, NotPrinted, NotYourPart, OneAtATime, TakenBack
from monitor.jobs.find_mentions import find_mentions
from monitor.jobs.following_judgements import follow_texts
from monitor.library.models import Article, ArticleText, Block
from tests.entities.articles import TEXT, actor_of, dump, mention_of, region_of, told, told_article
from tests.factories import make_user

if TYPE_CHECKING:
    from monitor.accounts.models import User
    from monitor.entities.judgement_models import MentionJudgement

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return told_article()


@pytest.fixture
def analyst() -> User:
    return make_user("analyst", name="ann")


@pytest.fixture
def curator() -> User:
    return make_user("curator", name="cora")


def again(article: Article) -> dict[str, object]:
    """Run the recogniser anew and return what is derived."""
    find_mentions(article.issue_id, again=True)
    return dump(article)


def statuses(article: Article, surface: str) -> list[str]:
    return [status for words, _who, status in told(article) if words == surface]


def test_a_confirmed_mention_stays_so(article: Article, analyst: User) -> None:
    before = dump(article)
    judgement = judge_mention(mention=mention_of(article, "Ostria"), verdict="confirm", by=analyst)
    assert statuses(article, "Ostria") == ["confirmed"]
    after = dump(article)
    assert again(article) == after
    assert judge_mention(mention=mention_of(article, "Ostria"), verdict="confirm", by=analyst) == judgement
    take_back(judgement=judgement, by=analyst)
    assert dump(article) == before == again(article)
    judgement.refresh_from_db()
    assert (judgement.undone_by, judgement.undone is None) == (analyst, False)
    with pytest.raises(TakenBack, match="taken back already"):
        take_back(judgement=judgement, by=analyst)


def test_a_rejected_mention_counts_no_longer(article: Article, analyst: User) -> None:
    before = dump(article)
    judgement = judge_mention(mention=mention_of(article, "Ostria"), verdict="reject", by=analyst)
    assert statuses(article, "Ostria") == ["rejected"]
    assert not article.region_rows.filter(region__code="OS").exists()
    after = dump(article)
    assert again(article) == after
    take_back(judgement=judgement, by=analyst)
    assert dump(article) == before == again(article)


def test_one_place_of_a_surface_is_judged_alone(article: Article, analyst: User) -> None:
    second = Mention.objects.filter(article=article, surface="ALA").order_by("start")[1]
    judge_mention(mention=second, verdict="reject", by=analyst)
    assert statuses(article, "ALA") == ["auto", "rejected"]
    assert article.actor_rows.get(actor__slug="ardel-army").n == 4


def test_a_mention_may_mean_another(article: Article, analyst: User) -> None:
    before = dump(article)
    ala = mention_of(article, "ALA")
    judgement = judge_mention(mention=ala, verdict="confirm", by=analyst, actor=actor_of("ardel-front"))
    assert judgement.verdict == "relink"
    ala.refresh_from_db()
    assert (ala.actor, ala.actor_alias, ala.status) == (actor_of("ardel-front"), None, "confirmed")
    after = dump(article)
    assert again(article) == after
    place = mention_of(article, "Weir")
    as_actor = judge_mention(mention=place, verdict="relink", by=analyst, actor=actor_of("union"))
    place.refresh_from_db()
    assert (place.kind, place.actor, place.region) == ("actor", actor_of("union"), None)
    linked = dump(article)
    assert again(article) == linked
    take_back(judgement=judgement, by=analyst)
    take_back(judgement=as_actor, by=analyst)
    assert dump(article) == before == again(article)


def test_an_open_name_needs_somebody_to_be_meant(article: Article, analyst: User) -> None:
    lampton = mention_of(article, "Lampton")
    # As the recogniser leaves a name that several have.
    Mention.objects.filter(pk=lampton.pk).update(region=None, status="suggested")
    lampton.refresh_from_db()
    with pytest.raises(NobodyMeant):
        judge_mention(mention=lampton, verdict="confirm", by=analyst)
    judge_mention(mention=lampton, verdict="confirm", by=analyst, region=region_of("gn1"))
    assert ("Lampton", "gn1", "confirmed") in told(article)
    assert article.region_rows.get(region__code="gn1").n == 1
    with pytest.raises(OneAtATime):
        judge_mention(mention=lampton, verdict="relink", scope="all", by=analyst, actor=actor_of("union"))


def test_all_alike_in_an_article_are_judged_as_one(article: Article, analyst: User) -> None:
    before = dump(article)
    judgement = judge_mention(mention=mention_of(article, "ALA"), verdict="reject", scope="article", by=analyst)
    assert statuses(article, "ALA") == ["rejected", "rejected"]
    first = mention_of(article, "ALA")
    exception = judge_mention(mention=first, verdict="confirm", by=analyst)
    assert statuses(article, "ALA") == ["confirmed", "rejected"]
    take_back(judgement=judgement, by=analyst)
    assert statuses(article, "ALA") == ["confirmed", "auto"]
    take_back(judgement=exception, by=analyst)
    assert dump(article) == before


def test_a_surface_is_never_proposed_again_anywhere(
    article: Article, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [told_article(rows=None, title=f"Another {n}") for n in range(3)]
    befores = [dump(one) for one in [article, *others]]
    monkeypatch.setattr(judging, "AT_ONCE", 1)
    heard: list[MentionJudgement] = []
    judging.reaches_far.connect(lambda judgement, **_: heard.append(judgement), weak=False, dispatch_uid="heard")
    judgement = judge_mention(mention=mention_of(article, "ALA"), verdict="reject", scope="all", by=analyst)
    judging.reaches_far.disconnect(dispatch_uid="heard")
    assert [statuses(one, "ALA") for one in [article, *others]] == [["rejected"] * 2] * 2 + [["auto"] * 2] * 2
    assert heard == [judgement]
    assert settle_alike(judgement) == 2
    assert statuses(others[2], "ALA") == ["rejected"] * 2
    assert list(never_proposed()) == [judgement]
    later = told_article(rows=None, title="A later one")
    assert statuses(later, "ALA") == ["rejected"] * 2
    take_back(judgement=judgement, by=analyst)
    settle_alike(judgement)
    assert [dump(one) for one in [article, *others]] == befores
    assert not never_proposed()


def test_a_missed_mention_is_added(article: Article, analyst: User) -> None:
    before = dump(article)
    at = TEXT.index("bridge")
    judgement = add_mention(article=article, start=at, end=at + 6, quote="bridge", by=analyst, actor=actor_of("union"))
    added = mention_of(article, "bridge")
    assert (added.method, added.status, added.actor, added.fold) == ("manual", "confirmed", actor_of("union"), "bridge")
    after = dump(article)
    assert again(article) == after
    assert article.actor_rows.get(actor__slug="union").n == 1
    take_back(judgement=judgement, by=analyst)
    assert dump(article) == before == again(article)


def test_a_longer_name_stands_in_the_place_of_what_it_covers(article: Article, analyst: User) -> None:
    before = dump(article)
    at = TEXT.index("Ardel Republican Front")
    end = at + len("Ardel Republican Front kept")
    judgement = add_mention(article=article, start=at, end=end, by=analyst, actor=actor_of("union"))
    assert ("Ardel Republican Front", "ardel-front", "rejected") in told(article)
    assert ("Ardel Republican Front kept", "union", "confirmed") in told(article)
    take_back(judgement=judgement, by=analyst)
    assert dump(article) == before


def test_a_mention_in_the_title_is_added(article: Article, analyst: User) -> None:
    at = article.title.index("Bridge")
    add_mention(article=article, start=at, end=at + 6, where="title", by=analyst, region=region_of("AD-W"))
    added = Mention.objects.get(article=article, surface="Bridge")
    assert (added.where, added.region) == ("title", region_of("AD-W"))
    assert article.region_rows.get(region__code="AD-W").in_title


@pytest.mark.parametrize(
    ("start", "end", "quote"), [(0, 0, ""), (5, 3, ""), (0, 10**6, ""), (0, 3, "Bri"), (-1, 3, "")]
)
def test_words_that_are_not_printed_are_refused(
    article: Article, analyst: User, start: int, end: int, quote: str
) -> None:
    with pytest.raises(NotPrinted):
        add_mention(article=article, start=start, end=end, quote=quote, by=analyst, actor=actor_of("union"))


def test_readers_do_not_judge_and_nobody_overrules_a_curator(article: Article, analyst: User, curator: User) -> None:
    reader = make_user("reader")
    ostria = mention_of(article, "Ostria")
    with pytest.raises(NotYourPart, match="role of analyst"):
        judge_mention(mention=ostria, verdict="confirm", by=reader)
    with pytest.raises(NotYourPart, match="role of analyst"):
        add_mention(article=article, start=0, end=3, by=reader, actor=actor_of("union"))
    with pytest.raises(NotYourPart, match="role of analyst"):
        judge_about(article=article, verdict="about", by=reader, actor=actor_of("union"))
    by_curator = judge_mention(mention=ostria, verdict="reject", by=curator)
    with pytest.raises(NotYourPart, match="curator has decided"):
        judge_mention(mention=mention_of(article, "Ostria"), verdict="confirm", by=analyst)
    with pytest.raises(NotYourPart, match="take it back"):
        take_back(judgement=by_curator, by=analyst)
    own = judge_mention(mention=mention_of(article, "Weir"), verdict="reject", by=analyst)
    take_back(judgement=own, by=curator)
    assert statuses(article, "Weir") == ["auto"]


def test_a_judgement_follows_its_words_into_a_new_text(article: Article, analyst: User) -> None:
    judge_mention(mention=mention_of(article, "Ostria"), verdict="reject", by=analyst)
    at = TEXT.index("bridge")
    add_mention(article=article, start=at, end=at + 6, by=analyst, actor=actor_of("union"))
    reread(article, "A head that was overlooked.\n\n" + TEXT)
    assert statuses(article, "Ostria") == ["rejected"]
    added = mention_of(article, "bridge")
    assert (added.start, added.status) == (at + len("A head that was overlooked.\n\n"), "confirmed")
    reread(article, TEXT.replace("Ostria ", "Nobody ").replace("took the bridge at", "took all of"))
    assert "bridge" not in {words for words, _who, _status in told(article)}
    reread(article, TEXT)
    assert statuses(article, "Ostria") == ["rejected"]
    assert mention_of(article, "bridge").start == at


def reread(article: Article, text: str) -> None:
    """Store another reading of the article's file, as a better parser would give it."""
    article.text_version += 1
    article.save()
    ArticleText.objects.create(article=article, version=article.text_version, body=text, parser_version=9)
    Block.objects.filter(article=article).delete()
    follow_texts(article.issue)
    find_mentions(article.issue_id)


def test_what_an_article_is_about_is_a_persons_to_say(article: Article, analyst: User) -> None:
    before = dump(article)
    army, union = actor_of("ardel-army"), actor_of("union")
    told_not = judge_about(article=article, verdict="not", by=analyst, actor=army)
    told_about = judge_about(article=article, verdict="about", by=analyst, actor=union)
    judge_about(article=article, verdict="mentioned", by=analyst, region=region_of("AD"))
    assert set(article.actor_rows.values_list("actor__slug", "about", "n")) == {
        ("union", True, 0),
        ("ardel-front", False, 1),
    }
    assert not article.region_rows.get(region__code="AD").about
    after = dump(article)
    assert again(article) == after
    newer = judge_about(article=article, verdict="about", by=analyst, region=region_of("AD"))
    assert article.region_rows.get(region__code="AD").about
    for judgement in (told_not, told_about, newer):
        take_back(judgement=judgement, by=analyst)
    assert dump(article)["actors"] == before["actors"]
    with pytest.raises(CannotJudge):
        judge_about(article=article, verdict="about", by=analyst)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ALA", "Ostria", "Weir", "Ardel Army", "Ardelia"]),
            st.sampled_from(["confirm", "reject", "relink"]),
            st.sampled_from(["mention", "article", "all"]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.randoms(),
)
def test_taking_all_back_in_any_order_restores_everything(
    article: Article, curator: User, said: list[tuple[str, str, str]], order: object
) -> None:
    before = dump(article)
    made = []
    for surface, verdict, scope in said:
        mention = mention_of(article, surface)
        facts: dict[str, Any] = {}
        if verdict == "relink":
            facts = {"actor": actor_of("union")} if mention.kind == "actor" else {"region": region_of("east")}
        made.append(judge_mention(mention=mention, verdict=verdict, scope=scope, by=curator, **facts))
        assert dump(article) == again(article)
    unique = list(dict.fromkeys(made))
    order.shuffle(unique)  # type: ignore[attr-defined]
    for judgement in unique:
        take_back(judgement=judgement, by=curator)
    assert dump(article) == before == again(article)
