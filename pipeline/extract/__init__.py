"""Pure functions of a Doc: entities, dates, amounts, roles, deals."""
