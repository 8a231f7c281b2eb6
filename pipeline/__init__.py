"""Reading, knowing, telling: from an article to records in the knowledge base."""
