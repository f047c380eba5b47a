"""Bringing codes from another program's codebook into ours: what has the same identity is changed, the rest is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from monitor.annotations.codebook import (
    DEEPEST,
    LONGEST_KEY,
    LONGEST_NAME,
    STEP,
    describe_tag,
    free_path,
    move_tag,
    rename_tag,
)
from monitor.annotations.models import Colour
from monitor.annotations.operations import recorded
from monitor.annotations.permissions import may_keep, may_make_tags
from monitor.annotations.refusals import CannotAnnotate, NotYours
from monitor.annotations.tag_models import Tag
from monitor.library.models import folded_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.accounts.models import Team, User

LIVE: dict[str, Any] = {"merged_into": None, "deleted": None}


class ACode(Protocol):
    """What is asked of a code of a file: `interchange.refi_qda.Code` is one."""

    @property
    def uid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent(self) -> str: ...
    @property
    def colour(self) -> str: ...
    @property
    def definition(self) -> str: ...
    @property
    def example(self) -> str: ...


@dataclass(slots=True)
class Brought:
    """What became of the codes of a file; `refused` has a sentence for each that could not be taken."""

    made: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[str] = field(default_factory=list)


def bring_codes(codes: Sequence[ACode], *, by: User, team: Team | None = None, private: bool = False) -> Brought:
    """Bring codes, parents first, into the shared codebook, that of a team, or one's own. Raises NotYours.

    Nothing is taken away. A code whose uid is a tag's that `by` keeps changes that tag, whichever codebook it is in.
    """
    if not private and not may_make_tags(by, team.pk if team else None):
        raise NotYours("Making shared tags needs the role of analyst, and a team's its membership.")
    bringing = _Bringing(by, {"owner": by if private else None, "team": team})
    with recorded(by, "import codebook", f"Imported {len(codes)} codes") as recorder:
        for code in codes:
            bringing.bring(code, recorder)
    return bringing.told


class _Bringing:
    def __init__(self, by: User, scope: dict[str, Any]) -> None:
        self.by, self.scope, self.told = by, scope, Brought()
        self.tags: dict[str, Tag] = {}  # by the uid in the file

    def bring(self, code: ACode, recorder: Any) -> None:
        steps = [name for step in code.name.split(STEP) if (name := plain_name(step))]
        if not steps:
            self.told.refused.append(f"A code without a readable name ({code.uid}) was left out.")
            return
        parent = self.tags.get(code.parent)
        if code.parent and parent is None:
            # At the root it would be another code, and a tag that is here already would be taken from its place.
            self.told.refused.append(f"“{code.name[:LONGEST_NAME]}”: the code above it was left out.")
            return
        above = len(parent.path.split(STEP)) if parent else 0
        if above + len(steps) > DEEPEST:
            self.told.refused.append(f"“{code.name[:LONGEST_NAME]}”: tags are nested at most {DEEPEST} deep.")
            return
        for step in steps[:-1]:  # flat codebooks say the whole path as the name
            parent = self._child(parent, step) or self._made(parent, step, recorder)
        found = self._known(code) or self._child(parent, steps[-1])
        try:
            if found is None:
                self.tags[code.uid] = self._made(parent, steps[-1], recorder, code)
                self.told.made += 1
            else:
                self.tags[code.uid] = found
                self._change(found, code, steps[-1], parent)
        except CannotAnnotate as refusal:
            self.told.refused.append(f"“{code.name[:LONGEST_NAME]}”: {refusal}")

    def _known(self, code: ACode) -> Tag | None:
        found: Tag | None = Tag.objects.visible_to(self.by).filter(uid=code.uid).first()
        return found

    def _child(self, parent: Tag | None, name: str) -> Tag | None:
        siblings = Tag.objects.filter(**self.scope, **LIVE, parent=parent, key=folded_name(name))
        found: Tag | None = siblings.first()
        return found

    def _made(self, parent: Tag | None, name: str, recorder: Any, code: ACode | None = None) -> Tag:
        if parent is not None and (parent.owner, parent.team) != (self.scope["owner"], self.scope["team"]):
            parent = None  # what it stands below is in another codebook
        facts: dict[str, Any] = {"colour": parent.colour} if parent else {}
        if code is not None:
            # Another's tag, or one that is gone, may bear this uid already: that is nobody's to know or to take over.
            free = not Tag.objects.filter(uid=code.uid).exists()
            facts |= {"definition": code.definition.strip(), "example": code.example.strip()}
            facts |= ({"uid": code.uid} if free else {}) | ({"colour": code.colour} if code.colour else {})
        path = free_path(parent, name, self.scope)
        tag: Tag = Tag.objects.create(**self.scope, parent=parent, name=name, path=path, made_by=self.by, **facts)
        recorder.made(tag)
        return tag

    def _change(self, tag: Tag, code: ACode, name: str, parent: Tag | None) -> None:
        said = {"definition": code.definition.strip(), "example": code.example.strip()}
        said["colour"] = code.colour if code.colour in Colour.values else tag.colour
        revision = tag.revision
        if tag.parent_id == (parent.pk if parent else None) and tag.name == name and _says(tag, said):
            self.told.unchanged += 1
            return
        if not may_keep(tag, self.by):
            raise CannotAnnotate("this tag is kept by others, and stays as it is.")
        if tag.parent_id != (parent.pk if parent else None):
            revision = move_tag(tag=tag, by=self.by, revision=revision, parent=parent).revision
        if tag.name != name:
            revision = rename_tag(tag=tag, by=self.by, revision=revision, name=name).revision
        if not _says(tag, said):
            describe_tag(tag=tag, by=self.by, revision=revision, **said)
        tag.refresh_from_db()
        self.told.changed += 1


def _says(tag: Tag, said: dict[str, str]) -> bool:
    return all(getattr(tag, name) == value for name, value in said.items())


def plain_name(written: str) -> str:
    """Return a name as tags bear it: on one line, without what cannot be printed, and not too long."""
    printable = "".join(sign if sign.isprintable() else " " for sign in written)
    name = " ".join(printable.split())[:LONGEST_NAME].strip()
    while len(folded_name(name)) > LONGEST_KEY:  # one sign may fold to many: a ligature is its letters
        name = name[:-1].strip()
    return name
