"""Which command lives where: name -> module:attribute, in the order that `affari --help` lists them."""

COMMANDS: dict[str, str] = {
    "deals": "pipeline.cli.asking:deals",
    "show": "pipeline.cli.asking:show",
    "search": "pipeline.cli.asking:search",
    "orgs": "pipeline.cli.asking:orgs",
    "people": "pipeline.cli.asking:people",
    "timeline": "pipeline.cli.asking:timeline",
    "partners": "pipeline.cli.asking:partners",
    "correct": "pipeline.cli.deciding:correct",
    "reject": "pipeline.cli.deciding:reject",
    "confirm": "pipeline.cli.deciding:confirm",
    "merge": "pipeline.cli.deciding:merge",
    "split": "pipeline.cli.deciding:split",
    "same": "pipeline.cli.deciding:same",
    "different": "pipeline.cli.deciding:different",
    "decisions": "pipeline.cli.deciding:decisions",
    "revoke": "pipeline.cli.deciding:revoke",
    "review": "pipeline.cli.reviewing:review",
    "ask": "pipeline.cli.asking:ask_command",
    "status": "pipeline.cli.asking:status",
}
