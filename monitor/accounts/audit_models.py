"""AuditEntry: that somebody signed in, was given a role, shared, took out or deleted something; never what it says."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now


class Act(models.TextChoices):
    """What is kept of; the label is what the page says."""

    SIGNED_IN = "signed_in", "Signed in"
    SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
    SIGN_IN_REFUSED = "sign_in_refused", "Sign-in refused after too many failures"
    SIGNED_OUT = "signed_out", "Signed out"
    PASSWORD_CHANGED = "password_changed", "Changed the password"
    ADDRESS_CHANGED = "address_changed", "Changed the e-mail address"
    ACCOUNT_MADE = "account_made", "Made an account"
    ACCOUNT_DISABLED = "account_disabled", "Disabled an account"
    ACCOUNT_ENABLED = "account_enabled", "Enabled an account"
    ROLE_CHANGED = "role_changed", "Changed a role"
    INVITED = "invited", "Invited somebody"
    INVITATION_WITHDRAWN = "invitation_withdrawn", "Withdrew an invitation"
    TEAM_MADE = "team_made", "Made a team"
    TEAM_RENAMED = "team_renamed", "Renamed a team"
    MEMBER_ADDED = "member_added", "Took somebody into a team"
    MEMBER_REMOVED = "member_removed", "Took somebody out of a team"
    TEAM_ADMIN_CHANGED = "team_admin_changed", "Changed who runs a team"
    SHARED = "shared", "Changed who may read"
    PUBLISHED = "published", "Published"
    WITHDRAWN = "withdrawn", "Withdrew"
    EXPORTED = "exported", "Took data out"
    DELETED = "deleted", "Deleted"
    TOKEN_MADE = "token_made", "Made an API token"
    TOKEN_REVOKED = "token_revoked", "Revoked an API token"


class AuditEntry(models.Model):
    """One act of one person. Rows are only added: the database refuses every change of one.

    People are no foreign keys, so that an account that is deleted changes no row; `who` is their user name then.
    `about` names what it was done to by its kind and key ("annotation 5b1f…", "user hedda"), `facts` hold numbers
    and names of states: never words of an annotation, of a search or of a secret.
    """

    act = models.CharField(max_length=24, choices=Act)
    person = models.ForeignKey(
        "monitor.User", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    who = models.CharField(max_length=150, blank=True, help_text="the user name at that time; empty: nobody known")
    about = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    address = models.CharField(max_length=45, blank=True, help_text="where in the network it came from")
    request = models.CharField(max_length=64, blank=True, help_text="number of the request, as in the log")
    created = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=models.Q(act__in=Act.values), name="audit_act_is_known")]
        indexes: ClassVar = [
            models.Index(fields=["act", "-id"], name="audit_by_act_newest"),
            models.Index(fields=["who", "-id"], name="audit_by_person_newest"),
            models.Index(fields=["created"], name="audit_by_age"),
        ]
        triggers = [pgtrigger.Protect(name="audit_only_grows", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.who or 'somebody'}: {self.get_act_display()} {self.about}".strip()
