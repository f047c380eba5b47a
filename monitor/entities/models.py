"""Actor, the names it goes by, and how actors stand to each other: an authority file of which people judge."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from monitor.entities.folding import folded
from monitor.entities.kept_rows import LASTING, Exported, Kept, dates_hold, keep_history, origin_is_known

LONGEST_NAME = 200


class ActorKind(models.TextChoices):
    """What an actor is."""

    ARMED_GROUP = "armed_group", "Armed group"
    ALLIANCE = "alliance", "Alliance"
    POLITICAL = "political", "Party or movement"
    STATE_FORCE = "state_force", "State force"
    GOVERNMENT = "government", "Government"
    GOVERNMENT_IN_EXILE = "government_in_exile", "Government in exile"
    OPERATION = "operation", "Operation or mission"
    ORGANISATION = "organisation", "Organisation"
    PERSON = "person", "Person"


class ActorStatus(models.TextChoices):
    """How sure we are that there is such an actor."""

    ACTIVE = "active", "Confirmed"
    FORMER = "former", "No longer active"
    PROVISIONAL = "provisional", "Found in texts, not confirmed"
    RETIRED = "retired", "Taken out"


@keep_history(exclude=["canonical", *LASTING])
class Actor(Exported, Kept):
    """A group, force, party, organisation, alliance, operation or person.

    `canonical` is the actor this one was judged to be the same as, itself if none: derived from the judgements.
    """

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=LONGEST_NAME)
    key = models.CharField(max_length=2 * LONGEST_NAME, editable=False, help_text="the name as it is compared")
    kind = models.CharField(max_length=19, choices=ActorKind, default=ActorKind.ARMED_GROUP)
    status = models.CharField(max_length=11, choices=ActorStatus, default=ActorStatus.ACTIVE)
    countries = ArrayField(models.CharField(max_length=8), default=list, blank=True, help_text="region codes")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    strict = models.BooleanField(default=False, help_text="of common words: counts only where its country is named")
    wikidata = models.CharField(max_length=20, blank=True)
    sources = ArrayField(models.TextField(), default=list, blank=True)
    notes = models.TextField(blank=True)
    canonical = models.ForeignKey("self", on_delete=models.DO_NOTHING, related_name="same_as", editable=False)

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActorKind.values), name="actor_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=ActorStatus.values), name="actor_status_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="actor_has_a_name"),
            origin_is_known("actor"),
            *dates_hold("actor"),
        ]
        indexes = [
            models.Index(fields=["key", "id"], name="actors_by_name"),
            GinIndex(fields=["countries"], name="actors_by_country"),
        ]
        triggers = [
            # A new actor is its own; the key is not known before the row is there.
            pgtrigger.Trigger(
                name="is_its_own",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__canonical__isnull=True),
                func="NEW.canonical_id = NEW.id; RETURN NEW;",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = folded(self.name)
        super().save(*args, **kwargs)
        self.canonical_id = self.canonical_id or self.pk

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


class NameSort(models.TextChoices):
    """What kind of a name it is."""

    NAME = "name", "Name"
    ACRONYM = "acronym", "Acronym"
    FORMER = "former", "Former name"
    TRANSLATION = "translation", "Translation"
    MISSPELLING = "misspelling", "Misspelling"
    DESCRIPTIVE = "descriptive", "Description"


class CaseRule(models.TextChoices):
    """How its capitals are compared with the text's."""

    USUAL = "usual", "as names are"
    EXACT = "exact", "exactly"


class Named(Kept):
    """A way of writing an actor or a region."""

    text = models.CharField(max_length=LONGEST_NAME)
    fold = models.CharField(max_length=2 * LONGEST_NAME, editable=False, help_text="the text as it is compared")
    sort = models.CharField(max_length=11, choices=NameSort, default=NameSort.NAME)
    lang = models.CharField(max_length=12, blank=True, help_text="BCP 47")
    script = models.CharField(max_length=4, blank=True, help_text="ISO 15924")
    case = models.CharField(max_length=5, choices=CaseRule, default=CaseRule.USUAL)
    needs = ArrayField(models.CharField(max_length=8), default=list, blank=True, help_text="one of these countries")
    not_near = ArrayField(models.CharField(max_length=80), default=list, blank=True, help_text="none of these words")
    source = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold = folded(self.text)
        super().save(*args, **kwargs)


def naming_rules(name: str) -> list[models.BaseConstraint]:
    """Return the constraints of a table of names."""
    return [
        models.CheckConstraint(condition=Q(sort__in=NameSort.values), name=f"{name}_sort_is_known"),
        models.CheckConstraint(condition=Q(case__in=CaseRule.values), name=f"{name}_case_is_known"),
        models.CheckConstraint(condition=~Q(text=""), name=f"{name}_has_words"),
        origin_is_known(name),
        *dates_hold(name),
    ]


@keep_history()
class ActorAlias(Named):
    """A name, acronym, former name, translation, misspelling or description of an actor.

    The actor's own name has a row, too: every mention points at the name it was found by.
    """

    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="aliases", db_index=False)

    class Meta:
        ordering = ["actor", "id"]
        verbose_name_plural = "actor aliases"
        constraints = [
            models.UniqueConstraint(fields=["actor", "text", "valid_from"], name="actor_alias_once"),
            *naming_rules("actor_alias"),
        ]
        indexes = [
            models.Index(fields=["fold"], name="actor_aliases_by_fold", opclasses=["varchar_pattern_ops"]),
            GinIndex(fields=["fold"], name="actor_aliases_alike", opclasses=["gin_trgm_ops"]),
        ]


class RelationType(models.TextChoices):
    """How the first of two actors stands to the second."""

    MEMBER_OF = "member_of", "member of"
    FACTION_OF = "faction_of", "faction of"
    AFFILIATE_OF = "affiliate_of", "affiliated to"
    SUCCESSOR_OF = "successor_of", "successor of"
    ALLIED_WITH = "allied_with", "allied with"
    MERGED_INTO = "merged_into", "merged into"
    LED_BY = "led_by", "led by"


@keep_history(exclude=LASTING)
class ActorRelation(Exported, Kept):
    """One actor's standing to another, for as long as its dates say. Merged actors keep theirs: pages show them joined."""

    from_actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="relations", db_index=False)
    to_actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="related_from")
    type = models.CharField(max_length=12, choices=RelationType)
    source = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["from_actor", "type", "to_actor", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_actor", "type", "to_actor", "valid_from"], name="actor_relation_once"
            ),
            models.CheckConstraint(condition=~Q(from_actor=F("to_actor")), name="actor_relation_is_of_two"),
            models.CheckConstraint(condition=Q(type__in=RelationType.values), name="actor_relation_type_is_known"),
            origin_is_known("actor_relation"),
            *dates_hold("actor_relation"),
        ]

    def __str__(self) -> str:
        return f"{self.from_actor_id} {self.type} {self.to_actor_id}"
