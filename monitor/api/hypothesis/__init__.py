"""The Hypothesis-compatible API: its clients, sidebar and scripts work on our articles."""
