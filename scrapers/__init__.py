"""Collecting: from a source to an Article. Imports nothing of ours outside itself."""
