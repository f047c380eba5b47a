"""What a reader can measure for themselves: `make bench`, or `python -m bench reading`."""
