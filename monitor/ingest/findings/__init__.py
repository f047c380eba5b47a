"""What a person should look at, and how far a reading can be trusted."""
