"""The second opinion on a page's body: trafilatura, where our own reading is doubtful. Pure, and slow."""

from copy import deepcopy

from lxml import etree

from scrapers.bodies import NO_BODY, Body, BodyRules
from scrapers.house_text import is_house_text
from scrapers.tree import one_line


def fallback_body(root: etree._Element, rules: BodyRules) -> Body:
    """Return what trafilatura takes for the body of a page, without house text; NO_BODY when it finds none."""
    import trafilatura  # a second to load; most pages never ask

    try:
        found = trafilatura.extract(deepcopy(root), include_comments=False, include_tables=True, deduplicate=False)
    except (etree.LxmlError, AttributeError, RecursionError, TypeError, ValueError):
        return NO_BODY  # damaged trees break it here and there; a second opinion may be missing
    lines = [one_line(line.lstrip("- ")) for line in (found or "").splitlines()]
    kept = tuple(
        line for line in lines if line and line != rules.title and not is_house_text(line, phrases=rules.phrases)
    )
    return Body(kept, 1.0, -1, -1) if kept else NO_BODY
