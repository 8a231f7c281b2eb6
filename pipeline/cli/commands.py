"""Which command lives where: name -> module:attribute, in the order that `affari --help` lists them."""

COMMANDS: dict[str, str] = {
    "deals": "pipeline.cli.asking:deals",
    "show": "pipeline.cli.asking:show",
    "search": "pipeline.cli.asking:search",
    "orgs": "pipeline.cli.asking:orgs",
    "people": "pipeline.cli.asking:people",
    "timeline": "pipeline.cli.asking:timeline",
    "partners": "pipeline.cli.asking:partners",
    "ask": "pipeline.cli.asking:ask_command",
    "status": "pipeline.cli.asking:status",
}
