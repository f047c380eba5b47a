"""The default engine: the rows of `index_models.py` asked in SQL, within the transaction that sees everything else."""
