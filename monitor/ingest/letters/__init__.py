"""Letters and words themselves: what a hyphen means, which characters a stored text leaves out."""
