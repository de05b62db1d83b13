"""Every word that people read exists in three languages, is formal, and fits its numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2 import UndefinedError

from app.board.deciding import RULES
from web.catalogs import Mirrored, catalog_path, mirrored
from web.happenings import log_sentence
from web.phrases import FAMILIES, choices, phrase
from web.proofreading import check, extract, merge
from web.refusals import SENTENCES, refusal
from web.words import LANGUAGES, MIRRORED, environment, negotiate, own_name, words_for

ROOT = Path(__file__).parents[2]
CODES_OF_THE_PROTOCOL = (
    "too-long", "empty", "not-now", "not-yours", "only-facilitators", "muted", "removed", "locked",
    "no-dots-left", "too-many-on-one", "ballot-closed", "changed-since", "unknown", "id-reused",
    "storage-full", "invalid", "slow-down", "no-seat", "not-found", "wrong-origin", "too-big", "waiting",
    "closed", "blank", "door-closed", "read-only", "too-many", "stale-link", "unknown-outcome", "unknown-code",
    "wrong-key",
)  # fmt: skip

REFUSING = re.compile(r'(?:Refused\(|refused\(house, \w+, words, |refusal\(words, )"([a-z-]+)"')


@pytest.fixture(autouse=True)
def _only_the_languages_that_ship(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FLIPCHART_TEST_LOCALE", raising=False)


def _codes_in_the_sources() -> set[str]:
    sources = [*(ROOT / "app").rglob("*.py"), *(ROOT / "web").rglob("*.py")]
    texts = (source.read_text(encoding="utf-8") for source in sources)
    return {code for text in texts for code in REFUSING.findall(text)}


# Catalogs


def test_the_catalogs_may_ship() -> None:
    assert [str(finding) for finding in check(extract())] == []


def _catalogs(locale: Path, translations: dict[str, object], *, language: str = "fr", same: str = "") -> Catalog:
    """Sources of just these sentences, and catalogs in which one language has these translations."""
    sources = Catalog()
    for message in translations:
        sources.add((message, f"{message} many") if isinstance(translations[message], tuple) else message)
    (locale / "same.txt").write_text(same, encoding="utf-8")
    for each in ("fr", "es"):
        merge(sources, each, locale)
        path = catalog_path(each, locale)
        written = path.read_text(encoding="utf-8")
        for message, translation in translations.items():
            written = _with_translation(written, message, translation if each == language else "…")
        path.write_text(written, encoding="utf-8")
    return sources


def _with_translation(written: str, message: str, translation: object) -> str:
    if isinstance(translation, tuple):
        for at, form in enumerate(translation):
            written = written.replace(f'msgstr[{at}] ""', f'msgstr[{at}] "{form}"', 1)
        return written
    return written.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"', 1)


@pytest.mark.parametrize(
    ("language", "message", "translation", "why"),
    [
        ("fr", "Join", "", "has no translation"),
        ("fr", "Join", "Join", "same as its source"),
        ("fr", "%(n)s to go", "encore %(m)s", "placeholders"),
        ("fr", "<b>Join</b> the board", "<i>Rejoindre</i> le tableau", "tags"),
        ("fr", "Write", "Écris ce que tu veux", "informally (tu)"),
        ("fr", "Write", "Donnez ton avis", "informally (ton)"),
        ("fr", "Write", "Nous t’attendons", "informally (t’)"),
        ("es", "Write", "Escriba tu idea", "informally (tu)"),
        ("es", "Write", "¿Qué quieres decir?", "informally (quieres)"),
        ("es", "Write", "Le esperamos con vosotros", "informally (vosotros)"),
        ("fr", "Ready?", "Tout est prêt ?", "mark start a line alone"),
        ("fr", "The screen", "L'écran", "straight apostrophe"),
    ],
)
def test_a_faulty_translation_does_not_ship(
    tmp_path: Path, language: str, message: str, translation: str, why: str
) -> None:
    sources = _catalogs(tmp_path, {message: translation}, language=language)
    found = [str(finding) for finding in check(sources, tmp_path) if f"/{language}/" in finding.file]
    assert any(why in finding and message in finding for finding in found), found


@pytest.mark.parametrize(
    ("language", "translation"),
    [
        ("fr", "Le statut de l’étape reste en attente, tout est à temps"),
        ("es", "Tu"),
        ("es", "El tablero de Túnez: usted lo tiene todo ante sí"),
    ],
)
def test_words_that_only_look_informal_ship(tmp_path: Path, language: str, translation: str) -> None:
    sources = _catalogs(tmp_path, {"Write": translation}, language=language)
    informal = [f for f in check(sources, tmp_path) if f"/{language}/" in f.file and "informally" in f.why]
    assert bool(informal) is (translation == "Tu")


def test_the_same_word_in_two_languages_ships_when_it_is_on_the_list(tmp_path: Path) -> None:
    sources = _catalogs(tmp_path, {"Note": "Note"}, same="# allowed\nfr: Note\nes: Join\n")
    assert [finding for finding in check(sources, tmp_path) if "/fr/" in finding.file] == []


def test_french_says_how_many_also_when_there_are_none(tmp_path: Path) -> None:
    sources = Catalog()
    sources.add(("One idea", "%(n)s ideas"))
    (tmp_path / "same.txt").write_text("", encoding="utf-8")
    for language in ("fr", "es"):
        merge(sources, language, tmp_path)
        path = catalog_path(language, tmp_path)
        written = path.read_text(encoding="utf-8")
        written = written.replace('msgstr[0] ""', 'msgstr[0] "Une"').replace('msgstr[1] ""', 'msgstr[1] "%(n)s"')
        path.write_text(written, encoding="utf-8")
    assert {finding.file.split("/")[1] for finding in check(sources, tmp_path)} == {"fr"}


def test_a_catalog_behind_its_sources_does_not_ship(tmp_path: Path) -> None:
    sources = _catalogs(tmp_path, {"Join": "Rejoindre"})
    sources.add("Leave")
    assert "Leave" in {finding.sentence for finding in check(sources, tmp_path)}
    assert "Join" in {finding.sentence for finding in check(Catalog(), tmp_path)}


@pytest.mark.parametrize(("mark", "why"), [("#, fuzzy\n", "fuzzy"), ("#~ ", "behind")])
def test_fuzzy_and_obsolete_sentences_do_not_ship(tmp_path: Path, mark: str, why: str) -> None:
    sources = _catalogs(tmp_path, {"Join": "Rejoindre"})
    path = catalog_path("fr", tmp_path)
    head, _, rest = path.read_text(encoding="utf-8").rpartition('msgid "Join"')
    rest = f'msgid "Join"{rest}'
    changed = rest.replace("msgid", "#~ msgid").replace("msgstr", "#~ msgstr") if mark == "#~ " else mark + rest
    path.write_text(head + changed, encoding="utf-8")
    assert any(why in finding.why for finding in check(sources, tmp_path) if "/fr/" in finding.file)


def test_extracting_again_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    _catalogs(tmp_path, {"Join": "Rejoindre", "Old": "Ancien"})
    fewer = Catalog()
    fewer.add("Join")
    fewer.add("Leave")
    assert merge(fewer, "fr", tmp_path) == 1
    written = catalog_path("fr", tmp_path).read_text(encoding="utf-8")
    assert "Rejoindre" in written
    assert "Ancien" not in written
    assert "fuzzy" not in written


# Which language


@pytest.mark.parametrize(
    ("header", "chosen", "spoken"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", None, "fr"),
        ("de-DE,de;q=0.9,es-MX;q=0.8,en;q=0.1", None, "es"),
        ("en;q=0.2, es;q=0.9", None, "es"),
        ("fr", "es", "es"),
        ("fr", "tlh", "fr"),
        ("pt-BR", None, "en"),
        ("fr;q=0, es", None, "es"),
        ("*", None, "en"),
        ("", None, "en"),
        (None, None, "en"),
        ("fr;q=x,,;;=,\x00" + "a" * 9999, None, "en"),
        ("xx", "xx", "en"),
    ],
)
def test_a_reader_gets_their_choice_else_their_browser_s_language(
    header: str | None, chosen: str | None, spoken: str
) -> None:
    assert negotiate(header, chosen) == spoken


def test_languages_call_themselves_by_their_own_names() -> None:
    assert [own_name(language) for language in LANGUAGES] == ["Français", "English", "Español"]
    assert {words_for(language).dir for language in LANGUAGES} == {"ltr"}


def test_plurals_follow_the_language() -> None:
    one, many = "Voting is open", "Voting is closed"
    sentence = "That was quick. Please wait %(n)s second, then try again."
    sentences = "That was quick. Please wait %(n)s seconds, then try again."
    assert one != many
    assert "%(n)s seconde," in words_for("fr").ngettext(sentence, sentences, 0)
    assert "%(n)s seconde," in words_for("fr").ngettext(sentence, sentences, 1)
    assert "%(n)s secondes," in words_for("fr").ngettext(sentence, sentences, 2)
    assert "%(n)s segundos " in words_for("es").ngettext(sentence, sentences, 0)
    assert "%(n)s segundo " in words_for("es").ngettext(sentence, sentences, 1)


def test_countries_and_numbers_follow_the_language() -> None:
    words = words_for("fr")
    assert words.country("SN") == "Sénégal"
    assert words.country("??") == "??"
    assert words_for("en").number(10000) == "10,000"


# Templates


def test_a_template_speaks_the_language_of_its_environment() -> None:
    source = "{{ _('Hidden') }} {% trans %}\n  Voting is\n  open\n{% endtrans %}"
    drawn = {language: environment(language).from_string(source).render() for language in LANGUAGES}
    assert drawn == {
        "en": "Hidden Voting is open",
        "fr": "Masquée Le vote est ouvert",
        "es": "Oculta La votación está abierta",
    }


def test_what_people_wrote_is_escaped_in_a_translated_sentence() -> None:
    source = "{{ _('%(who)s hid a note', who=name) }}"
    drawn = environment("fr").from_string(source).render(name="<script>")
    assert drawn == "&lt;script&gt; a masqué une note"


def test_a_name_that_a_template_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment("fr").from_string("{{ missing }}").render()


# The mirrored language


def test_the_mirrored_language_is_there_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert words_for(MIRRORED).language == "en"
    monkeypatch.setenv("FLIPCHART_TEST_LOCALE", "1")
    words = words_for(MIRRORED)
    assert (words.language, words.dir) == ("xx", "rtl")
    assert negotiate(None, MIRRORED) == MIRRORED
    assert environment(MIRRORED).from_string("{{ _('Hidden') }}").render() == "⟦Híddéń⟧"


def test_the_mirrored_language_leaves_placeholders_and_tags_alone() -> None:
    assert mirrored("%(who)s sees <b class=x>%(n)s</b> &amp; more") == (
        "⟦%(who)s śééś <b class=x>%(n)s</b> &amp; móŕé⟧"
    )
    assert Mirrored().ngettext("one", "many", 1) == "⟦óńé⟧"
    assert Mirrored().ngettext("one", "many", 2) == "⟦máńý⟧"


# Refusals


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_is_a_sentence_of_its_own(language: str) -> None:
    words = words_for(language)
    codes = {*CODES_OF_THE_PROTOCOL, *_codes_in_the_sources()}
    said = {code: refusal(words, code, {}) for code in codes}
    assert codes <= set(SENTENCES)
    assert len(set(said.values())) == len(codes)
    assert all(sentence.endswith((".", "!")) and "%(" not in sentence for sentence in said.values())


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        ("too-long", {"max": 280}, "jusqu’à 280 caractères"),
        ("no-dots-left", {"dots": 1}, "Votre 1 point est placé"),
        ("no-dots-left", {"dots": 3}, "Vos 3 points sont placés"),
        ("too-many-on-one", {"max": 2}, "au plus 2 points"),
        ("slow-down", {"seconds": 0.4}, "patienter 1 seconde,"),
        ("slow-down", {"seconds": 12}, "patienter 12 secondes,"),
        ("changed-since", {"text": "100 % local"}, "«\u00a0100 % local\u00a0»"),
        ("not-now", {"title": "Accueil"}, "Accueil"),
        ("empty", {"field": "name"}, "votre nom"),
        ("empty", {"field": "elsewhere"}, "Rien n’est encore écrit"),
        ("invalid", {"field": "minutes"}, "minutes"),
        ("unknown", {"what": "note"}, "Cette note n’est plus"),
        ("too-many", {"max": 10000}, "10\u202f000"),
        ("never-heard-of", {}, "recharger la page"),
    ],
)
def test_a_refusal_is_filled_with_its_facts(code: str, facts: dict[str, object], said: str) -> None:
    assert said in refusal(words_for("fr"), code, facts)


@pytest.mark.parametrize("facts", [{"max": None}, {"max": "x"}, {"max": -1}, {"seconds": float("inf")}])
@pytest.mark.parametrize("code", ["too-long", "slow-down"])
def test_a_refusal_with_senseless_facts_still_says_something(code: str, facts: dict[str, object]) -> None:
    assert refusal(words_for("es"), code, facts).endswith(".")


# Names and the log


@pytest.mark.parametrize("family", list(FAMILIES))
def test_every_choice_has_its_own_words_in_every_language(family: str) -> None:
    for language in LANGUAGES:
        offered = choices(words_for(language), family)
        assert len({label for _, label in offered}) == len(FAMILIES[family])
    assert phrase(words_for("fr"), family, "never-heard-of") == "never-heard-of"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_has_a_sentence_for_every_command(language: str) -> None:
    words = words_for(language)
    other = log_sentence(words, "never.heard.of", {"who": "Awa"})
    for what in RULES:
        said = log_sentence(words, what, {"who": "Awa", "whom": "Ola", "title": "Accueil"})
        assert said.startswith("Awa ")
        assert said != other, what


def test_the_log_tells_on_from_off_and_names_nobody_who_is_not_named() -> None:
    words = words_for("fr")
    assert log_sentence(words, "note.pin", {"who": "Awa", "on": True}) == "Awa a épinglé une note"
    assert log_sentence(words, "note.pin", {"who": "Awa", "on": False}) == "Awa a détaché une note"
    assert log_sentence(words, "note.add", {}) == "Quelqu’un a publié une note"
    assert log_sentence(words, "note.add", {"who": "100 %(who)s"}) == "100 %(who)s a publié une note"


def test_a_mark_that_french_sets_apart_begins_no_line() -> None:
    drawn = environment("fr").from_string("{{ text|glued }}").render(text="Le récit : qui ? « Nous » et <b>")
    assert drawn == "Le récit\u00a0: qui\u00a0? « Nous\u00a0» et &lt;b&gt;"
