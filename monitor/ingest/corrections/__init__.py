"""What a person corrected in a reading, and making it in every later one."""
