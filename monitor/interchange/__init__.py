"""What leaves the library for other programs: one file per format, each a pure function of frozen records."""
