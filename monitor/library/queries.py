"""What pages and borders read from the library."""
