"""Text and Markdown files: bytes to lines, lines to printed pieces."""
