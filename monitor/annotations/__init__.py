"""Marks on a text: how they are drawn."""
