"""Fields and serializers that take exactly what they say: REST framework's own read `"1"` as 1, 0 as "0" and true as 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rest_framework import serializers
from rest_framework.fields import empty

from monitor.api.links import stamp
from monitor.api.problems import Contradiction

if TYPE_CHECKING:
    from datetime import datetime

LARGEST = 2**63 - 1
_UUID = re.compile(r"\A[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
_DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Text(serializers.CharField):
    """A string, taken as it is: neither trimmed nor made of anything else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)

    def run_validation(self, data: Any = empty) -> Any:
        # REST framework's own takes blanks alone for nothing.
        if data == "":
            if not self.allow_blank:
                self.fail("blank")
            return ""
        return super(serializers.CharField, self).run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return data


class Whole(serializers.IntegerField):
    """An integer, which a boolean is not; 1.0 is the same number to JSON Schema, and so to those who go by it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": LARGEST, **options})

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, float) and data.is_integer():
            return int(data)
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class Flag(serializers.BooleanField):
    """True or false, as JSON has them."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Identity(serializers.UUIDField):
    """A UUID with its hyphens."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not _UUID.match(data):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class OneOf(serializers.ChoiceField):
    """One of these strings."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A day as YYYY-MM-DD."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not _DAY.match(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """A moment in answers: UTC with microseconds and `Z`."""

    def to_representation(self, value: datetime | None) -> str | None:  # type: ignore[override]
        return None if value is None else stamp(value)


class Taken(serializers.Serializer[Any]):
    """What a request may bring. A key that it does not have is refused, as are those that answers alone have."""

    default_error_messages = {
        "unknown": "There is no such field.",
        "read_only": "This cannot be set.",
    }
    # Names that answers have and requests may not.
    only_shown: frozenset[str] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := data.keys() - self.fields.keys()):
            raise serializers.ValidationError({name: [self._refusal(name)] for name in sorted(unknown)})
        return super().to_internal_value(data)

    def run_validation(self, data: Any = empty) -> Any:
        """Return what was sent. What single fields say is 400, what they say together 422: no schema could tell it."""
        is_empty, found = self.validate_empty_values(data)
        if is_empty:
            return found
        value = self.to_internal_value(found)
        try:
            self.run_validators(value)
            return self.validate(value)
        except serializers.ValidationError as error:
            raise Contradiction(serializers.as_serializer_error(error)) from error

    def _refusal(self, name: str) -> serializers.ErrorDetail:
        code = "read_only" if name in self.only_shown else "unknown"
        return serializers.ErrorDetail(str(self.error_messages[code]), code=code)


class Shown(serializers.Serializer[Any]):
    """What answers say of a thing: the schema of every list, and for short ones what draws them."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(cls().fields)
