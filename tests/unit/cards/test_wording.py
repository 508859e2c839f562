"""The catalogues: complete, faithful, and easy to read."""

from __future__ import annotations

import json
import re
import string
from copy import deepcopy

import pytest
import textstat

import ct_trafficking_resources as ctr
from ct_trafficking_resources import testing
from ct_trafficking_resources.cards import languages, phrases as module
from ct_trafficking_resources.cards.phrases import wording
from ct_trafficking_resources.cards.selection import POLICIES
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import encode
from ct_trafficking_resources.vocabulary import AnsweredBy, Day

PROSE = ("lead", "answers", "privacy", "safety", "sms.always", "sms.anonymous", "sms.delete")
GRADE = {"en": ("en_US", textstat.flesch_kincaid_grade), "es": ("es", textstat.crawford)}
"""A measure of school years for each language; a new language needs one here."""

TERMS = {
    "title": ctr.Audience,
    "lead": ctr.Audience,
    "safety": ctr.Audience,
    "need": ctr.Purpose,
    "way": ctr.Mode,
    "answers": AnsweredBy,
    "day": Day,
}


def texts_of(language):
    """Return every text of a catalogue by its key, and what stands in the place of a tied one."""
    words = wording(language)
    tied = {key: one.says for key, one in words.tied.items()}
    otherwise = {f"{key}, else": one.otherwise for key, one in words.tied.items() if one.otherwise}
    return {**words, **tied, **otherwise}


def placeholders(text):
    return sorted(field for _, field, _, _ in string.Formatter().parse(text) if field is not None)


def test_there_are_english_and_spanish():
    assert {"en", "es"} <= set(languages())


@pytest.mark.parametrize("language", languages())
def test_every_key_stands_in_every_language_and_no_placeholder_is_lost(language):
    english, other = texts_of("en"), texts_of(language)
    # Only in another language does a line need another name than the data give it.
    keys = [key for key in other if not key.startswith("name.")]
    assert keys == list(english), "the same keys in the same order"
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key
        assert other[key].strip(" "), key
        assert other[key].isprintable(), key


@pytest.mark.parametrize("language", languages())
def test_what_a_person_does_besides_dialing_has_words(language):
    words = wording(language)
    for name in module.BESIDE:
        assert placeholders(words[f"detail.{name}"]) == [name]
    assert words.detail("door_code", "12") == "door code 12"


@pytest.mark.parametrize("language", languages())
def test_every_word_of_the_vocabularies_that_a_card_can_show_has_words(language):
    texts = texts_of(language)
    for section, vocabulary in TERMS.items():
        missing = {str(word) for word in vocabulary if f"{section}.{word}" not in texts}
        assert missing <= {"unknown", "other"}, section


@pytest.mark.parametrize("language", languages())
def test_what_is_said_of_one_line_belongs_to_what_it_is(language, sample):
    tied = wording(language).tied
    assert {key.partition(".")[0] for key in tied} >= {"note", "lead"}
    for key, one in tied.items():
        record = sample.channel(one.id)
        part = record.contact(one.contact) if one.contact else record
        assert one.said_of(part) == one.says, key
    assert not [key for key in wording(language) if key.startswith(("note.", "name."))]


def test_no_label_of_the_data_is_shown_in_the_language_of_the_data_only(audience, language):
    words = wording(language)
    for entry in ctr.card(audience, language).entries:
        for contact in entry.contacts:
            if contact.label or contact.menu:
                assert f"note.{entry.channel.id}/{contact.id}" in words.tied


@pytest.mark.parametrize("language", languages())
def test_no_number_to_dial_stands_in_the_words(language, numbers):
    for key, text in texts_of(language).items():
        assert not numbers(text) or key == "poster.not_the_notice", key


@pytest.mark.parametrize("language", languages())
def test_the_words_are_for_sixth_grade_or_below(language):
    code, grade = GRADE[language]
    textstat.set_lang(code)
    words = wording(language)
    texts = {key: text for key, text in texts_of(language).items() if key.startswith(PROSE)}
    for key in texts:
        if key.startswith("answers."):  # three words have no grade; they are read with the rest
            texts[key] += f" {words['privacy.anonymous']}"
    assert len(texts) > 20
    hard = {key: grade(text) for key, text in texts.items() if grade(text) > 6}
    assert hard == {}


def test_a_card_as_a_whole_is_for_sixth_grade_or_below(audience, language):
    words = texts_of(language)
    code, grade = GRADE[language]
    textstat.set_lang(code)
    needs = [words[f"need.{need.purpose}"].rstrip("?") + "." for need in POLICIES[audience].needs]
    said = [words[f"{part}.{audience}"].rstrip("?") + "." for part in ("title", "lead", "safety")]
    privacy = [words["answers.nonprofit"], words["privacy.anonymous"], words["privacy.reporters"]]
    text = " ".join([*said, *needs, *privacy]).replace("..", ".")
    assert grade(re.sub("Connecticut", "the state", text)) <= 6


def test_what_no_native_speaker_has_read_is_marked():
    assert wording("es").review == "needs review by a native speaker"
    assert ctr.card(language="es").to_dict()["wording_review"] == wording("es").review


@pytest.mark.parametrize(
    ("asked", "found"), [("es-US", "es"), ("en-Latn-US", "en"), ("es", "es"), ("ES-mx", "es")]
)
def test_a_tag_is_shortened_until_there_is_a_catalogue(asked, found):
    assert wording(asked).language == found
    assert ctr.card(language=asked).language == found


@pytest.mark.parametrize("asked", ["", "en/../es", "en\n", "e", "fr-CA", 7, "en.json"])
def test_what_is_no_tag_or_no_language_is_refused(asked):
    with pytest.raises(ctr.UnknownTerm, match=r"en, es|'en'"):
        wording(asked)


@pytest.mark.once  # a checkout has no list of checksums
def test_a_new_file_is_a_new_language(tmp_path, monkeypatch, sample):
    folder = storage.folder(within="cards/catalogues")
    there = languages()
    for language in there:
        text = (folder / f"{language}.json").read_text(encoding="utf-8")
        (tmp_path / f"{language}.json").write_text(text, encoding="utf-8")
    document = json.loads((tmp_path / "en.json").read_text(encoding="utf-8"))
    document["metadata"]["language"] = "pt-BR"
    document["title"]["victim"] = "Ajuda em Connecticut"
    name = {"name": sample.hotline.name, "says": "Linha contra o tráfico"}
    document["name"] = {"national-human-trafficking-hotline": name}
    (tmp_path / "pt-BR.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "README.md").write_text("Not a language.", encoding="utf-8")
    monkeypatch.setattr(module.storage, "folder", lambda **_: tmp_path)
    monkeypatch.setattr(module.storage, "read", lambda name, **_: (tmp_path / name).read_bytes())
    assert languages() == tuple(sorted({*there, "pt-BR"}))
    card = ctr.card("victim", "pt-BR", sample)
    assert card.text().startswith("Ajuda em Connecticut")
    assert "Linha contra o tráfico" in card.html()
    wording.cache_clear()


def test_a_word_that_a_newer_edition_brings_is_shown_as_it_is():
    assert wording("es").term("need", "debt-advice") == "debt advice"


def test_who_answers_is_said_from_facts_only():
    document = testing.fictional_document()
    hotline = testing.channel_of(document, "national-human-trafficking-hotline")
    hotline.update(anonymous=None, mandated_reporters=None, answered_by="a-new-sort")
    shown = ctr.card(directory=testing.fictional_directory(document)).text()
    assert "Ask them what they keep private." in shown
    assert "give your name" not in shown
    assert "answers." not in shown


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        (None, "Hours not known."),
        ({"always_open": True}, "Day and night."),
        ([(["monday"], "00:00", "12:00")], "Mon: midnight to noon."),
        ([(["saturday", "sunday"], "12:30", "24:00")], "Sat, Sun: 12:30 pm to midnight."),
        ([(["monday", "tuesday", "wednesday"], "08:00", "17:05")], "Mon to Wed: 8 am to 5:05 pm."),
        ([(["monday", "wednesday", "friday"], "00:30", "01:00")],
         "Mon, Wed, Fri: 12:30 am to 1 am."),
        ([(["monday"], "09:00", "10:00"), (["monday"], "11:00", "12:00")],
         "Mon: 9 am to 10 am, 11 am to noon."),
    ],
)  # fmt: skip
def test_hours_are_said_as_people_say_them(hours, said):
    document = testing.fictional_document()
    voice = testing.channel_of(document, "fictional-town-pantry")["contacts"][0]
    if isinstance(hours, list):
        hours = {
            "always_open": False,
            "timezone": "America/New_York",
            "periods": [{"days": days, "opens": a, "closes": b} for days, a, b in hours],
        }
    if hours:
        voice["hours"] = hours
    testing.channel_of(document, "fictional-town-pantry")["contacts"] = [voice]
    shown = ctr.card(directory=testing.fictional_directory(document)).markdown()
    assert f"Fictional Town Pantry. {said}" in shown


def test_ways_with_different_hours_each_say_their_own():
    document = testing.fictional_document()
    line = testing.channel_of(document, "fictional-family-violence-line")
    del line["contacts"][1]["hours"]
    shown = ctr.card(directory=testing.fictional_directory(document)).text(width=96)
    shown = " ".join(shown.split())
    assert "Call 860-555-2003 (Day and night) Text 860-555-2003 (Hours not known)" in shown
    assert "Fictional Family Violence Line. Calls in English." in shown
    assert "Hours not known" in ctr.card(directory=testing.fictional_directory(document)).html()


@pytest.mark.parametrize(
    ("tags", "said"),
    [(["xh", "en"], "Day and night. Calls in English."), (["xh"], "Day and night.")],
)
def test_a_language_without_a_word_is_not_named(tags, said):
    document = testing.fictional_document()
    line = testing.channel_of(document, "fictional-family-violence-line")
    line["contacts"][0]["languages"] = tags
    directory = testing.fictional_directory(document)
    shown = ctr.card(directory=directory, purpose="domestic-violence").markdown()
    assert f"Fictional Family Violence Line. {said}\n" in shown


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({}, "Calls in English, Spanish."),
        ({"languages": ["en"]}, "Calls in English, Spanish."),
        ({"languages": ["en", "es"]}, "English, Spanish."),
    ],
)
def test_who_speaks_a_language_is_not_said_to_write_it(written, said):
    document = testing.fictional_document()
    line = testing.channel_of(document, "fictional-family-violence-line")
    line["contacts"][0]["languages"] = ["en", "es"]
    line["contacts"][1].update(written)
    shown = ctr.card(directory=testing.fictional_directory(document)).markdown()
    assert f"Fictional Family Violence Line. Day and night. {said}\n" in shown


def test_who_must_report_is_not_told_that_a_name_is_not_needed(audience, language, forms):
    shown = forms(ctr.card(audience, language))
    said = wording(language)["privacy.anonymous"]
    for form in ("full", "markdown", "html", "poster", "dict"):
        assert (said in " ".join(shown[form].split())) is (audience != "mandated-reporter"), form


def test_languages_of_writing_alone_are_said_where_no_call_is_shown():
    document = testing.fictional_document()
    line = testing.channel_of(document, "fictional-family-violence-line")
    line["contacts"][1]["languages"] = ["es"]
    shown = ctr.card(directory=testing.fictional_directory(document), mode="text").markdown()
    assert "Fictional Family Violence Line. Day and night. Spanish.\n" in shown


def test_nothing_says_that_the_hotline_is_written_to_in_spanish(sample, language, audience):
    """The sources say it of calls only."""
    words = wording(language)
    spoken = f"{words['language.en']}, {words['language.es']}"
    calls = words["language.calls"].partition("}")[0].replace("{languages", spoken)
    said = ctr.card(audience, language, sample).markdown()
    assert calls.casefold() in said.casefold()


def test_a_source_without_a_date_is_given_by_the_day_it_was_read():
    document = testing.fictional_document()
    for channel in document["channels"]:
        for contact in channel["contacts"]:
            for source in contact["evidence"]["sources"]:
                source["date"] = None
    shown = ctr.card(directory=testing.fictional_directory(document)).text()
    assert "last read 2001-02-03." in shown
    assert "Newest date" not in shown


def test_only_a_released_edition_is_not_called_unfinished():
    document = testing.fictional_document()
    assert "Not final" in ctr.card(directory=testing.fictional_directory(document)).text()
    document["status"] = "released"
    assert "Not final" not in ctr.card(directory=testing.fictional_directory(document)).text()


# --- what is shown beside a value belongs to it ---------------------------------------------------

MENU = "press 2 for Spanish; veterans press 1"


def changed(sample, **fields):
    """Return the sample with a change of the contact point that a note is about."""
    line = sample.channel("988-lifeline").contact("voice")
    document = {**encode(line), **fields}
    shown = {key: value for key, value in document.items() if value is not None}
    return sample.overridden({("988-lifeline", "voice"): shown}, frozenset(), (), "0" * 64)


@pytest.mark.parametrize(("language", "note"), [("en", "press 2 for Spanish"), ("es", "marque 2")])
@pytest.mark.parametrize(
    "fields",
    [
        {"value": "989", "display": "989"},
        {"value": "989", "display": "989", "menu": None},
        {"menu": "press 3 for Spanish"},
        {"menu": None},
        {"extension": "12"},
        {"keyword": "HELP"},
        {"accepted_keywords": ["HELP"]},
        {"label": "Veterans"},
        {"languages": ["en"]},
        {"languages": None},
    ],
)
def test_a_note_is_not_shown_beside_what_it_was_not_written_for(
    sample, forms, language, note, fields
):
    before = ctr.card(language=language, directory=sample)
    after = ctr.card(language=language, directory=changed(sample, **fields))
    for form, text in forms(before).items():
        if form in {"full", "markdown", "html", "dict", "page"}:
            assert note in " ".join(text.split()), form
    shown = [fields.get(name, was) for name, was in (("label", None), ("menu", MENU))]
    for form, text in forms(after).items():
        said = " ".join(text.split())
        if note not in " ".join(filter(None, shown)):
            assert note not in said, form
        if form in {"full", "dict", "page"} and "988-lifeline" in str(after.to_dict()):
            assert all(one in said for one in shown if one), form


@pytest.mark.parametrize("fields", [{}, {"note": "Otherwise."}, {"purposes": ["crisis-support"]}])
def test_a_note_stays_beside_what_it_was_written_for(sample, fields):
    assert "(press 2 for Spanish)" in ctr.card(directory=changed(sample, **fields)).markdown()


def test_a_line_that_has_another_name_is_called_by_that():
    document = testing.fictional_document()
    hotline = testing.channel_of(document, "national-human-trafficking-hotline")
    shown = ctr.card(language="es", directory=testing.fictional_directory(document)).text()
    assert hotline["name"] in shown
    assert "Línea Nacional Contra" not in shown


def test_what_stands_below_a_title_says_only_what_holds(sample):
    careline, hotline = sample.channel("ct-dcf-careline"), sample.hotline
    assert "Call the Careline" in ctr.card("mandated-reporter", directory=sample).text()
    assert "many languages" in ctr.card("worker", directory=sample).text()
    document = edition_of(sample)
    testing.channel_of(document, hotline.id)["contacts"][0].pop("interpreter_languages")
    testing.channel_of(document, careline.id)["short_name"] = "DCF Line"
    other = testing.fictional_directory(document)
    assert "Call the line for reports" in ctr.card("mandated-reporter", directory=other).text()
    assert "many languages" not in ctr.card("worker", directory=other).text()
    document["channels"] = [one for one in document["channels"] if one["id"] != careline.id]
    without = testing.fictional_directory(document)
    for form in ("text", "markdown", "html", "poster"):
        shown = " ".join(
            str(getattr(ctr.card("mandated-reporter", directory=without), form)()).split()
        )
        assert "Careline" not in shown, form


def edition_of(directory):
    """Return the document of an edition, its records parsed."""
    document = dict(directory._document)
    for section in storage.SECTIONS:
        document[section] = [deepcopy(storage.parse(one)) for one in document[section]]
    return document


def test_a_prompt_names_the_number_that_the_directory_has(sample):
    assert "give 911 first" in ctr.card(directory=sample).prompt()
    document = testing.fictional_document()
    testing.channel_of(document, "911-connecticut")["contacts"][0] |= {"value": "611"}
    assert "give 611 first" in ctr.card(directory=testing.fictional_directory(document)).prompt()
    document["channels"] = [
        {**one, "contacts": [{**two, "value": "call me"} for two in one["contacts"]]}
        for one in document["channels"]
    ]
    said = ctr.card(directory=testing.fictional_directory(document)).prompt()
    assert "give the emergency number first" in said
