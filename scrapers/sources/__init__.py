"""One folder a source: source.toml, examples, a parser only where pages.py is not enough."""
