"""Words of a page to pieces in reading order: what stands beside the text, columns, lines, paragraphs."""
