"""The lines as an API, with FastAPI.

Run it with ``fastapi run examples/fastapi_app.py``.
"""

from __future__ import annotations

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

import ct_trafficking_resources as ctr

app = FastAPI(title="Help lines")
directory = ctr.load()


class Contact(BaseModel):
    """One way to reach a line. Show ``display``, link ``uri``, and neither by hand."""

    mode: str
    display: str
    uri: str
    label: str | None
    keyword: str | None
    languages: list[str]
    evidence_up_to: str


class Line(BaseModel):
    """A line, with what a person must know before using it.

    An app that shows lines to people leaves out those that take
    immigration-enforcement tips, and shows a victim none that takes tips only
    and no e-mail address; `ctr.card` does it by itself.
    """

    id: str
    name: str
    summary: str
    tips_only: bool
    immigration_enforcement: bool
    contacts: list[Contact]


class Answer(BaseModel):
    """The lines that fit, most fitting first, and where they are from."""

    pin: str
    review_by: str
    lines: list[Line]


@app.get("/lines")
def lines(
    audience: ctr.Audience = ctr.Audience.VICTIM,
    purpose: ctr.Purpose | None = None,
    language: str | None = None,
    town: str | None = None,
) -> Answer:
    """Return the lines that fit; 911 and the national hotline always do."""
    try:
        found = directory.find(audience=audience, purpose=purpose, language=language, town=town)
    except ctr.UnknownTerm as error:
        raise HTTPException(422, str(error)) from error
    always = (directory.channel("911-connecticut"), directory.hotline)
    return Answer(
        pin=directory.pin,
        review_by=directory.review_by.isoformat(),
        lines=[line(channel) for channel in dict.fromkeys((*always, *found))],
    )


@app.get("/lines/{id}")
def one_line(id: str) -> Line:
    """Return one line; for a withdrawn one, say what replaced it."""
    try:
        return line(directory.channel(id))
    except ctr.WithdrawnRecord as error:
        raise HTTPException(410, str(error)) from error
    except ctr.UnknownRecord as error:
        raise HTTPException(404, str(error)) from error


@app.get("/directory.hsds.json")
def hsds() -> Response:
    """Return the whole directory for a service directory to read."""
    return Response(ctr.export("hsds", directory), media_type="application/json")


def line(channel: ctr.HelpChannel) -> Line:
    """Return a help channel as the API shows it."""
    return Line(
        id=channel.id,
        name=channel.name,
        summary=channel.summary,
        tips_only=channel.tips_only,
        immigration_enforcement=channel.immigration_enforcement,
        contacts=[
            Contact(
                mode=contact.mode,
                display=contact.display,
                uri=contact.uri,
                label=contact.label,
                keyword=contact.keyword,
                languages=list(contact.languages),
                evidence_up_to=contact.evidence.newest.isoformat(),
            )
            for contact in channel.contacts
        ],
    )
