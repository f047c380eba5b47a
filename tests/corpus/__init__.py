"""Invented issues of an invented periodical, typeset by several producers, with exact gold."""
