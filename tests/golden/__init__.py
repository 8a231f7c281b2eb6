"""Whole extractions of a few articles of the corpus, as people have read and accepted them."""
