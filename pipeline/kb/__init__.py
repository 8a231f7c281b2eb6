"""The knowledge base: the only SQL of the program."""
