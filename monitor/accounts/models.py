"""User, Team, Membership and Invitation."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils import timezone

NO_CONTROLS = RegexValidator(
    r"\A[^\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]*\Z", "Control characters are not allowed here."
)


# Plain letters fold alike in every database, whatever its locale, and look like nobody else's; `name` takes any script.
USERNAME = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._-]*\Z",
    "A user name is made of the letters A to Z, digits, dots, hyphens and underscores.",
)


class Role(models.TextChoices):
    """What a person may do; each role contains the ones before it."""

    READER = "reader", "Reader"
    ANALYST = "analyst", "Analyst"
    CURATOR = "curator", "Curator"
    ADMIN = "admin", "Administrator"

    @property
    def rank(self) -> int:
        return list(Role).index(self)


class Theme(models.TextChoices):
    """How pages look; "system" follows the machine."""

    SYSTEM = "system", "System"
    LIGHT = "light", "Light"
    SEPIA = "sepia", "Sepia"
    DARK = "dark", "Dark"


class TextSize(models.TextChoices):
    """How large articles are set."""

    SMALL = "small", "Small"
    NORMAL = "normal", "Normal"
    LARGE = "large", "Large"
    LARGER = "larger", "Larger"


class TextWidth(models.TextChoices):
    """How long the lines of articles are."""

    NARROW = "narrow", "Narrow"
    NORMAL = "normal", "Normal"
    WIDE = "wide", "Wide"


class TextLeading(models.TextChoices):
    """How far apart the lines of articles stand."""

    TIGHT = "tight", "Tight"
    NORMAL = "normal", "Normal"
    LOOSE = "loose", "Loose"


class TextFace(models.TextChoices):
    """What articles are set in."""

    SERIF = "serif", "Serif"
    SANS = "sans", "Sans serif"


class NamesInTexts(models.TextChoices):
    """Whether articles show where they name actors and regions."""

    SHOWN = "shown", "Underlined"
    HIDDEN = "hidden", "Plain"


# What a person chooses of how pages look: the name of its field, what it is called, what there is to choose.
LOOKS: dict[str, tuple[str, type[models.TextChoices]]] = {
    "theme": ("Theme", Theme),
    "text_size": ("Text size", TextSize),
    "text_width": ("Line length", TextWidth),
    "text_leading": ("Line spacing", TextLeading),
    "text_face": ("Typeface", TextFace),
    "names": ("Actors and regions", NamesInTexts),
}


class User(AbstractUser):
    """A person with an account."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    username = models.CharField("user name", max_length=150, unique=True, validators=[USERNAME])
    first_name = None  # type: ignore[assignment]  # one field for a name as its owner writes it
    last_name = None  # type: ignore[assignment]
    name = models.CharField(max_length=150, blank=True, validators=[NO_CONTROLS])
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.READER)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    text_size = models.CharField(max_length=6, choices=TextSize, default=TextSize.NORMAL)
    text_width = models.CharField(max_length=6, choices=TextWidth, default=TextWidth.NORMAL)
    text_leading = models.CharField(max_length=6, choices=TextLeading, default=TextLeading.NORMAL)
    text_face = models.CharField(max_length=5, choices=TextFace, default=TextFace.SERIF)
    names = models.CharField(max_length=6, choices=NamesInTexts, default=NamesInTexts.SHOWN)
    single_keys = models.BooleanField(default=True, help_text="whether single keys do anything")
    arrows_scroll = models.BooleanField(default=False, help_text="whether arrow keys scroll, as in any page")
    mails_since = models.DateTimeField(
        null=True, blank=True, db_default=Now(), help_text="notices from then on also come by mail; None: none do"
    )
    own_keys = models.JSONField(default=dict, blank=True, help_text="keys its owner put elsewhere, by name of the act")

    objects: ClassVar[UserManager[User]] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(condition=models.Q(theme__in=Theme.values), name="user_theme_is_known"),
            models.CheckConstraint(condition=models.Q(text_size__in=TextSize.values), name="user_text_size_is_known"),
            models.CheckConstraint(
                condition=models.Q(text_width__in=TextWidth.values), name="user_text_width_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(text_leading__in=TextLeading.values), name="user_text_leading_is_known"
            ),
            models.CheckConstraint(condition=models.Q(text_face__in=TextFace.values), name="user_text_face_is_known"),
            models.CheckConstraint(condition=models.Q(names__in=NamesInTexts.values), name="user_names_is_known"),
            models.UniqueConstraint(Lower("username"), name="user_username_unique_in_any_case"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="user_email_unique_in_any_case"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.username

    @property
    def initials(self) -> str:
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    def is_at_least(self, role: Role) -> bool:
        return self.is_active and Role(self.role).rank >= role.rank

    @property
    def is_analyst(self) -> bool:
        return self.is_at_least(Role.ANALYST)

    @property
    def is_curator(self) -> bool:
        return self.is_at_least(Role.CURATOR)

    @property
    def is_admin(self) -> bool:
        return self.is_at_least(Role.ADMIN)


class Team(models.Model):
    """People who share annotations."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80, validators=[NO_CONTROLS])
    members = models.ManyToManyField(User, through="Membership", related_name="teams")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="team_name_unique_in_any_case")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a team, perhaps running it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    is_team_admin = models.BooleanField(default=False)
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["user__username"]
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="membership_once_per_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Invitation(models.Model):
    """A single-use link with which a person makes an account; only the digest of its token is kept."""

    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.ANALYST)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations_sent")
    accepted_by = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, related_name="invitation")
    created = models.DateTimeField(db_default=Now(), editable=False)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="invitation_role_is_known")
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email or 'somebody'} as {self.role}"

    @property
    def is_open(self) -> bool:
        return self.accepted is None and self.withdrawn is None and self.expires > timezone.now()
