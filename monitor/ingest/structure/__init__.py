"""Pieces to an issue: masthead, contents, articles with their titles, authors, heads and biographies."""
