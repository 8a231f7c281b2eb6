"""A second reader of deals, from the surface: words, their order, what is named between them. Linear models only.

It is read beside the learned heads (`pipeline/extract/fusion.py`): where those are unsure, what two readers see apart
counts more than what one sees. Trained in two minutes by models/training/surface.py.
"""
