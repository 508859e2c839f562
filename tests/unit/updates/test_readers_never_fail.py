"""Whatever the bytes, a reader answers with findings and never with a traceback."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings, strategies as st

from ct_trafficking_resources.checks import strict_json
from ct_trafficking_resources.errors import NotReadable
from ct_trafficking_resources.updates.normalize import stored
from ct_trafficking_resources.updates.reading import read
from ct_trafficking_resources.vocabulary import Mode

FILES = Path(__file__).parents[2] / "cases" / "updates" / "files"
BASES = {name: (FILES / name).read_bytes() for name in ("base.json", "base.csv", "base.xlsx")}

few = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def judged(submission):
    """A submission is either readable or says why not."""
    assert submission.document is not None or submission.findings
    for finding in submission.findings:
        str(finding).encode("utf-8")
        assert submission.places.of(finding.place.pointer).file == submission.name
    return submission


@given(data=st.binary(max_size=300), name=st.sampled_from(["x.json", "x.csv", "x.xlsx", "x"]))
@few
def test_any_bytes(data, name):
    judged(read(data, name=name))


@given(text=st.text(max_size=300), name=st.sampled_from(["x.json", "x.csv", "x"]))
@few
def test_any_text(text, name):
    judged(read(text.encode("utf-8", "surrogatepass"), name=name))


changes = st.lists(
    st.tuples(st.integers(min_value=0), st.integers(0, 3), st.binary(max_size=6)),
    min_size=1,
    max_size=4,
)


def changed(data, edits):
    for at, drop, put in edits:
        place = at % len(data)
        data = data[:place] + put + data[place + drop :]
        assume(data)
    return data


@given(name=st.sampled_from(["base.json", "base.csv"]), edits=changes)
@few
def test_a_damaged_text_file(name, edits):
    judged(read(changed(BASES[name], edits), name=name))


@given(edits=changes)
@few
def test_a_damaged_workbook(edits):
    judged(read(changed(BASES["base.xlsx"], edits), name="base.xlsx"))


@given(part=st.integers(min_value=0), edits=changes)
@few
def test_a_workbook_with_a_damaged_part(part, edits):
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BASES["base.xlsx"])) as before:
        names = before.namelist()
        with zipfile.ZipFile(stream, "w") as after:
            for index, name in enumerate(names):
                data = before.read(name)
                if index == part % len(names):
                    data = changed(data, edits)
                after.writestr(name, data)
    judged(read(stream.getvalue(), name="base.xlsx"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@given(
    contact=st.fixed_dictionaries(
        {},
        optional={
            "mode": st.sampled_from(list(Mode)) | json_values,
            "kind": json_values,
            "value": st.text(max_size=30) | json_values,
            "display": st.text(max_size=30) | json_values,
            "extension": json_values,
        },
    )
)
@few
def test_any_contact_point_is_stored_or_cannot_be_read(contact):
    try:
        document, _ = stored(contact)
    except NotReadable:
        return
    assert contact.keys() <= document.keys()


@given(document=json_values)
@few
def test_a_document_of_any_shape(document):
    import json

    for whole in (document, {"records": document}, {"records": [{"contacts": document}]}):
        judged(read(json.dumps(whole).encode(), name="x.json"))


@given(text=st.text(alphabet='{}[]",:\\ 0123456789.eE+-aNI\ud800\n', max_size=60))
@settings(deadline=None, max_examples=300)
def test_any_json_like_text_is_read_or_refused(text):
    read_text = strict_json.read(text.encode("utf-8", "surrogatepass"), "x.json")
    assert read_text.document is None or read_text.findings == ()
