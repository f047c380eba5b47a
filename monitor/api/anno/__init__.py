"""The W3C's Web Annotation protocol at /anno/: annotations and replies as one container, for whoever asks."""
