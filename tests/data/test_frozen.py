"""What is shipped stays as it is: the editions, their records and contact points.

A release adds a line to `EDITIONS`; none is ever changed or taken out.
"""

from __future__ import annotations

import json
import warnings
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition import storage
from ct_trafficking_resources.edition.codec import decode
from ct_trafficking_resources.publishing import build

ROOT = Path(__file__).parents[2]
EDITIONS = {
    "2015.11.0": "e1b331ba3f0023634e1742783b49bac253f8a0a8070a212da8894b0686a345ad",
    "2018.2.0": "b14230395cfdb67a110bb1451e773e2f795ceab7facb5714b915e55311d1e485",
    "2026.11.0": "82d919b78a6f6784497c681b8389d9f723c4412985ab807b661e34c5389dd605",
}
"""SHA-256 of each edition file."""

DIGESTS = "6ba7ed4519d77010ad80381e264afd3d04e080243d56eee8d7ce3a1ae9d77959"
"""SHA-256 over the digest of every record and contact point in `EDITIONS`, one a line."""


def load(edition):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ctr.WithdrawnEditionWarning)
        return ctr.load(edition)


def records_of(number):
    """Return the records of an edition as they are shipped, whatever was revoked since."""
    document = json.loads(storage.read("editions", f"{number}.json"))
    return [decode(one) for section in storage.SECTIONS for one in document[section]]


@pytest.mark.parametrize("number", EDITIONS)
def test_a_shipped_edition_has_the_bytes_that_it_was_shipped_with(number):
    assert sha256(storage.read("editions", f"{number}.json")).hexdigest() == EDITIONS[number]
    assert load(f"{number}@sha256:{EDITIONS[number]}").digest == EDITIONS[number]


def test_the_index_lists_every_shipped_edition_and_only_later_ones_beside():
    listed = {one.number: one.sha256 for one in ctr.available_editions()}
    assert list(listed)[: len(EDITIONS)] == list(EDITIONS)
    assert {number: listed[number] for number in EDITIONS} == EDITIONS


def test_the_list_of_released_editions_is_that_of_the_index():
    listed = json.loads((ROOT / "records" / "editions.json").read_text(encoding="utf-8"))
    assert listed["released"] == {one.number: one.sha256 for one in ctr.available_editions()}


def test_every_shipped_record_and_contact_point_keeps_its_digest():
    lines = [
        f"{number} {record.id} {part.id} {part.digest}"
        for number in EDITIONS
        for record in records_of(number)
        for part in (record, *getattr(record, "contacts", ()))
    ]
    assert sha256("\n".join(lines).encode()).hexdigest() == DIGESTS


@pytest.mark.parametrize("number", EDITIONS)
def test_a_record_that_is_loaded_has_the_digest_of_the_one_that_is_shipped(number):
    directory = load(number)
    for record in records_of(number):
        assert directory[record.id].digest == record.digest or directory.withheld(record.id)


def test_the_changelog_tells_what_changed_from_edition_to_edition():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for old, new in pairwise(one.number for one in ctr.available_editions()):
        assert ctr.compare(load(old), load(new)).markdown() in changelog


def test_the_shipped_historical_editions_hold_only_what_sources_of_their_time_say():
    with pytest.warns(ctr.WithdrawnEditionWarning):
        launch, merged = ctr.load("2015.11.0"), ctr.load("2018.2.0")
    assert launch.hotline.name == "National Human Trafficking Resource Center"
    assert launch.hotline.operator.name == "Polaris Project"
    assert launch.hotline.voice.value == "+18883737888"
    assert launch["befree-textline"].text.value == "233733"
    assert launch["international-institute-of-connecticut"].memberships
    assert "ciri" not in launch
    assert merged.hotline.text.hours.always_open
    assert merged.hotline.text.languages == ("en", "es")
    assert "befree-textline" not in merged
    assert merged["ciri"].former_names[0].name == "International Institute of Connecticut"
    assert len(merged.partners) == 14 + 7
    for directory in (launch, merged):
        assert directory.status == "reconstructed"
        for record in directory:
            for part in (record, *getattr(record, "contacts", ())):
                assert all(one.as_of <= directory.released for one in part.evidence.sources)


def test_the_index_is_what_the_files_beside_it_give():
    listed = json.loads((ROOT / "records" / "editions.json").read_text(encoding="utf-8"))
    editions = {number: storage.read("editions", f"{number}.json") for number in listed["released"]}
    history = {f"{name}.json": storage.read(f"{name}.json") for name in build.HISTORY}
    assert build.index_bytes(editions, listed["withdrawn"], history) == storage.read("index.json")
