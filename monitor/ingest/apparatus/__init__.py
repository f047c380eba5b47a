"""What a text stands on: notes, their markers, citations, dates and sources."""
