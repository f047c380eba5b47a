"""What the library tells the rooms above it, inside the transaction in which it happens."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `issue` when its texts were stored: what was made on the older ones must follow, or nothing is stored.
texts_stored = Signal()
