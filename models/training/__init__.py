"""The recipe of the reader's weights: corpora in, `models/weights` out. Nothing here runs at reading time."""
