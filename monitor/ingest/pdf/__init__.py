"""PDF files: bytes to glyphs, words, links and drawings in the frame of what a reader sees. Only `door` imports pdfplumber."""
