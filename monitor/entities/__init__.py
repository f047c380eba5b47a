"""Actors and regions, their names and relations, and where articles mention them: issue 6 fills this room."""
