"""What crosses rooms: reading a file, storing what was read, and all that follows from it."""
