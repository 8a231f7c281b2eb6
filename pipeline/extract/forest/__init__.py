"""A second look at what the readers say of a deal, all of it at once: forests of small decision trees.

The heads and the surface reader judge a trigger and a candidate by themselves. Here each party is judged beside the
others: how likely, by either reader, it and they are in this role and in other roles, where they stand, in how many
deals. The forests are grown by models/training/forest.py and kept in models/weights/forest.npz.
"""
