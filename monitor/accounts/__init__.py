"""People: who they are, which role they have, which teams they belong to."""
