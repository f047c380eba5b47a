"""Pictures as geometry: numbers in, positions and sizes in SVG units out. Templates write the attributes; no Django here."""
