"""Which actors and regions a text names, and what it is about: pure rules over a compiled gazetteer."""
