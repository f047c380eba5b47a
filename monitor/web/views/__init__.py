"""One module a subject: each view tells the whole story of a request in a screenful."""
