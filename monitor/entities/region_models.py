"""Region, what it lies in (several parents are normal), its names, and the closure of what lies in what."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from monitor.entities.folding import folded
from monitor.entities.kept_rows import LASTING, Exported, Kept, dates_hold, keep_history, origin_is_known
from monitor.entities.models import LONGEST_NAME, Named, naming_rules

# The first load of the gazetteer writes 86,000 rows, of which nobody needs a second copy.
CHANGES = ("update", "delete")


class RegionKind(models.TextChoices):
    """What a region is."""

    MACRO = "macro", "Part of the world"
    COUNTRY = "country", "Country or territory"
    ADMIN1 = "admin1", "Province"
    ADMIN2 = "admin2", "District"
    ADMIN3 = "admin3", "Subdistrict"
    CITY = "city", "City"
    PLACE = "place", "Place"
    FACILITY = "facility", "Facility"
    FORMER = "former", "Former state or province"
    DISPUTED = "disputed", "Disputed territory"
    BORDER = "border", "Border"
    CROSS_BORDER = "cross_border", "Area across borders"


class PointBasis(models.TextChoices):
    """Where a region's point comes from."""

    POINT = "point", "its own"
    CITIES = "cities", "the middle of its cities"
    PARENT = "parent", "that of what it lies in"
    NONE = "", "it has none"


@keep_history(of=CHANGES, exclude=LASTING)
class Region(Exported, Kept):
    """A part of the world, country, province, district, city or place; a line or an area across them."""

    code = models.CharField(max_length=40, unique=True, help_text="ISO 3166, gn<GeoNames id>, or our own")
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=LONGEST_NAME)
    key = models.CharField(max_length=2 * LONGEST_NAME, editable=False, help_text="the name as it is compared")
    kind = models.CharField(max_length=12, choices=RegionKind)
    countries = ArrayField(
        models.CharField(max_length=8), default=list, blank=True, help_text="codes, of what it is in"
    )
    population = models.PositiveBigIntegerField(default=0, help_text="0: not known")
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    coord_basis = models.CharField(max_length=7, choices=PointBasis, blank=True, default=PointBasis.NONE)
    source = models.TextField(blank=True)
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RegionKind.values), name="region_kind_is_known"),
            models.CheckConstraint(condition=Q(coord_basis__in=PointBasis.values), name="region_point_basis_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="region_has_a_name"),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="region_point_is_on_earth",
            ),
            origin_is_known("region"),
            *dates_hold("region"),
        ]
        indexes = [
            models.Index(fields=["key", "id"], name="regions_by_name"),
            models.Index(fields=["key"], name="regions_by_beginning", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = folded(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.slug])


@keep_history(of=CHANGES)
class RegionParent(Kept):
    """One region lies in another. No region lies in itself by any way: see `closure`."""

    child = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="upward", db_index=False)
    parent = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="downward")
    retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["child", "parent"]
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="region_parent_once"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="region_is_not_its_own_parent"),
            origin_is_known("region_parent"),
            *dates_hold("region_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} in {self.parent_id}"


@keep_history(of=CHANGES)
class RegionAlias(Named):
    """Another way of writing a region; its own name needs no row here."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="aliases", db_index=False)

    class Meta:
        ordering = ["region", "id"]
        verbose_name_plural = "region aliases"
        constraints = [
            models.UniqueConstraint(fields=["region", "text", "valid_from"], name="region_alias_once"),
            *naming_rules("region_alias"),
        ]
        indexes = [models.Index(fields=["fold"], name="region_aliases_by_fold", opclasses=["varchar_pattern_ops"])]


class RegionClosure(models.Model):
    """Derived: every region with all it lies in, itself at depth 0, by the shortest way.

    No foreign keys in the database: 700,000 rows are written at once, and `proving` compares them with a walk.
    """

    pk = models.CompositePrimaryKey("descendant_id", "ancestor_id")
    ancestor = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="below", db_constraint=False, db_index=False
    )
    descendant = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="above", db_constraint=False, db_index=False
    )
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(depth=0) & Q(ancestor=F("descendant"))) | (Q(depth__gt=0) & ~Q(ancestor=F("descendant"))),
                name="closure_depth_0_is_itself",
            ),
        ]
        indexes = [models.Index(fields=["ancestor", "descendant"], name="closure_downward")]

    def __str__(self) -> str:
        return f"{self.descendant_id} in {self.ancestor_id} ({self.depth})"
