"""The query language, the index and saved searches: issue 7 fills this room."""
