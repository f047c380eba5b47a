"""Other programs that people read and annotate with, each as its authors ship it, in turn with the site: `python -m bench peers`.

They are driven from outside, over HTTP, and nothing of theirs is imported or copied: no dependency of the product.
"""
