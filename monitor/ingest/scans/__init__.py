"""Pages that are pictures: recognising their text and putting it among the printed pages."""
