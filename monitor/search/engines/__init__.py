"""The search engines: each answers a parsed query with hits, a total and facets. Issue 7 fills this room."""
