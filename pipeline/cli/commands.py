"""Which command lives where: name -> module:attribute, in the order that `affari --help` lists them."""

COMMANDS: dict[str, str] = {}
