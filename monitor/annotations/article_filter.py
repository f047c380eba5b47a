"""Lists of articles by tag: one may be asked for with all below it, and only what one may see is found or counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, CharField, Count, Exists, F, Func, IntegerField, Min, Q, TextField, Value, When
from django.db.models.functions import Cast, Concat

from monitor.annotations.codebook import STEP
from monitor.annotations.models import Annotation
from monitor.annotations.tag_models import AnnotationTag, Tag
from monitor.library.article_filters import add_filter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.db.models.expressions import Combinable

    from monitor.accounts.models import User
    from monitor.library.models import Article

    Person = User | AnonymousUser


class Steps(Func):
    """The paths from a tag's root down to it: `a`, `a/b`, `a/b/c`, a row for each."""

    _steps = f"string_to_array(%(expressions)s, '{STEP}')"
    template = f"array_to_string(({_steps})[1:generate_series(1, cardinality({_steps}))], '{STEP}')"
    output_field = TextField()
    set_returning = True


class Counted(Func):
    """The number that stands in `counts` where the path stands in `paths`; NULL where it does not."""

    template = "((%(expressions)s])"
    arg_joiner = ")["
    output_field = IntegerField()

    def __init__(self, counts: Combinable, paths: Combinable, path: Combinable) -> None:
        super().__init__(counts, Func(paths, path, function="array_position"))


@dataclass(frozen=True, slots=True)
class Tagged:
    """Articles by the tags on what one sees of their annotations; a value is a tag's path, whichever codebook it is in."""

    name: str = "tag"
    label: str = "Tag"
    hangs_on: bool = True

    def condition(self, person: Person, values: Sequence[str]) -> Q:
        tags = Tag.objects.visible_to(person)
        wanted: Any = Q(pk__in=[])
        for value in values:
            now = Q(path=value) | Q(path__startswith=value + STEP)
            before = Q(addresses__path=value) | Q(addresses__path__startswith=value + STEP)
            wanted |= now | (before & ~Exists(tags.filter(path=value)))
        uses = _uses(person).filter(tag__in=tags.filter(wanted).values("pk"))
        return Q(pk__in=uses.values("annotation__article"))

    def tally(self, person: Person, articles: QuerySet[Article]) -> QuerySet[Any]:
        # Counted once for all tags, by every step of their paths; asking tag by tag took seconds with 300 of them.
        here = _uses(person).filter(annotation__article__in=articles.values("pk")).order_by()
        counted = (
            here.annotate(step=Steps("tag__path"))
            .values("step")
            .annotate(n=Count("annotation__article", distinct=True))
        )
        paths = ArraySubquery(counted.order_by("step").values("step"))
        counts = ArraySubquery(counted.order_by("step").values("n"))
        below = Concat(F("parent__name"), Value(" / "), F("name"))
        said = Case(When(parent=None, then=F("name")), default=below, output_field=CharField())
        # A path of several codebooks is one value: their articles are counted together.
        places = Tag.objects.visible_to(person).order_by().values(choice=Cast("path", TextField()))
        named: Any = places.annotate(said=Cast(Min(said), TextField()), n=Counted(counts, paths, F("choice")))
        tallied: QuerySet[Any] = named.filter(n__gt=0).values("choice", "said", "n")
        return tallied

    def names(self, person: Person, values: Sequence[str]) -> dict[str, str]:
        return dict(Tag.objects.visible_to(person).filter(path__in=values).values_list("path", "name"))

    def offered(self, person: Person) -> bool:
        return person.is_authenticated


def _uses(person: Person) -> QuerySet[AnnotationTag]:
    uses: QuerySet[AnnotationTag] = AnnotationTag.objects.filter(
        annotation__in=Annotation.objects.visible_to(person), tag__in=Tag.objects.visible_to(person)
    )
    return uses


TAG = Tagged()
add_filter(TAG)
