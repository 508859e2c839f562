"""The digest of a record: over its canonical content, RFC 8785."""

from __future__ import annotations

import json
from hashlib import sha256

import attrs
from hypothesis import given, strategies as st

import ct_trafficking_resources as ctr
from ct_trafficking_resources.edition.codec import decode, encode
from ct_trafficking_resources.model.base import canonical_json

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
DOCUMENTS = st.recursive(
    TEXT | st.booleans() | st.integers(-(2**53), 2**53) | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
)


def test_the_example_of_the_standard_is_written_as_the_standard_says():
    document = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/", "literals": [None, True]}
    assert canonical_json(document) == (
        b'{"literals":[null,true],"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


@given(DOCUMENTS)
def test_the_canonical_form_says_the_same_whatever_the_order(document):
    content = canonical_json(document)
    assert json.loads(content) == document
    assert canonical_json(json.loads(content)) == content


def test_every_record_has_a_digest_of_its_own():
    records = [*ctr.load(), *ctr.load().tombstones, *ctr.load().misprints]
    digests = {record.digest for record in records}
    assert len(digests) == len(records)
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_is_that_of_the_document():
    hotline = ctr.load().hotline
    assert hotline.digest == sha256(canonical_json(encode(hotline))).hexdigest()
    assert decode(encode(hotline)).digest == hotline.digest


def test_one_digit_changes_the_digest_of_contact_and_record():
    hotline = ctr.load().hotline
    voice = attrs.evolve(hotline.voice, value="+18883737889")
    assert voice.digest != hotline.voice.digest
    assert attrs.evolve(hotline, contacts=(voice,)).digest != hotline.digest


def test_what_a_revocation_hides_changes_the_digest():
    before = ctr.load()
    after = before._but(revoked=frozenset({"e164:+18883737888"}))
    assert after.hotline.digest != before.hotline.digest
    assert after["ct-211"].digest == before["ct-211"].digest
