"""What templates have settled when they are compiled is what they would say if they looked it up."""

import pytest
from jinja2 import DictLoader, StrictUndefined
from markupsafe import Markup

from web.speaking import Speaking
from web.words import TEMPLATES, available, environment, install, words_for

SENTENCES = """{% from "_icons.html" import icon %}
<a title="{{ _("Live") }}">{{ icon("wifi") }} {{ _("Live") }}</a>
{% trans %}Join the board{% endtrans %}
{% trans n=count %}{{ n }} person is here{% pluralize %}{{ n }} people are here{% endtrans %}
{{ icon("heart" if count else "wifi") }} {{ _(word) }} {{ _("100%% <b>%(name)s</b>", name=name) }}
{{ ("<" ~ _("Live"))|lower }}
"""
GIVEN = {"count": 3, "word": "Offline", "name": "<Dakar>"}


def spoken(language: str, *, settled: bool) -> Speaking:
    """Those sentences, in that language."""
    icons = (TEMPLATES / "_icons.html").read_text(encoding="utf-8")
    loader = DictLoader({"it": SENTENCES, "_icons.html": icons})
    made = Speaking(loader=loader, extensions=["jinja2.ext.i18n"], autoescape=True, undefined=StrictUndefined)
    made.gettext, made.settles = words_for(language).gettext, settled
    install(made, words_for(language))
    return made


@pytest.mark.parametrize("language", available())
def test_what_is_settled_is_what_would_be_looked_up(language):
    said = [spoken(language, settled=settled).get_template("it").render(GIVEN) for settled in (True, False)]
    assert said[0] == said[1]
    assert "&lt;Dakar&gt;" in said[0]
    assert "<svg" in said[0]


def test_a_sentence_with_nothing_to_fill_in_is_not_looked_up_again():
    made = spoken("fr", settled=True)
    made.globals.update(gettext=None, _=None)
    assert "En direct" in made.from_string('{{ _("Live") }}').render()
    with pytest.raises(TypeError):
        made.from_string("{{ _(word) }}").render(word="Live")


def test_the_pages_templates_settle_theirs():
    settled = environment("fr")
    assert isinstance(settled, Speaking)
    assert "gettext" not in settled.compile('{{ _("Live") }}', raw=True)
    assert Markup("En direct") in settled.compile('{{ _("Live") }}', raw=True)
