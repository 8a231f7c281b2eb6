"""What can go wrong in the pipeline; the class says who acts.

AffariError
├── ConfigError     stops the run: config.toml, a lexicon or an option is wrong
├── ModelError      stops the run: weights or pipeline cannot be loaded
├── StoreError      stops the run: the knowledge base cannot be opened, read or written
│   ├── RefusedError     a guard said no (disk, existing file, newer schema)
│   ├── IntegrityError   the file is damaged or a migration failed
│   └── LockedError      another run holds the lock
├── InputError      the user acts: a file, an option value, a correction is wrong
└── ArticleError    skips the article
"""


class AffariError(Exception):
    """Base of all errors that the pipeline raises on purpose; its text is meant for the user."""


class ConfigError(AffariError):
    """A setting, lexicon or source file is wrong; names the file and the key."""


class ModelError(AffariError):
    """The language pipeline or the tagger's weights cannot be loaded."""


class StoreError(AffariError):
    """The knowledge base cannot be opened, read or written."""


class RefusedError(StoreError):
    """A guard refused: disk space, an existing file, a newer schema."""


class IntegrityError(StoreError):
    """The knowledge base is damaged, or a migration failed."""


class LockedError(StoreError):
    """Another run holds the lock; trying later is right."""


class InputError(AffariError):
    """What the user gave cannot be used; names it and says what to do."""


class ArticleError(AffariError):
    """One article cannot be read; the rest goes on."""
