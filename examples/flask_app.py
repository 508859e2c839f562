"""A page with the lines for a victim of trafficking, with Flask.

Run it with ``flask --app examples/flask_app.py run``.
"""

from __future__ import annotations

from flask import Flask, Response, abort, render_template_string, request

import ct_trafficking_resources as ctr

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get help</title>
<script type="application/ld+json">{{ data|safe }}</script>
</head>
<body>
<h1>Get help</h1>
<ul>
{% for channel in channels %}
  <li>
    <h2>{{ channel.name }}</h2>
    <p>{{ channel.summary }}</p>
    {% for contact in channel.contacts if contact.mode in verbs %}
    <p><a href="{{ contact.uri }}">{{ verbs[contact.mode] }} {{ contact.display }}</a></p>
    {% endfor %}
  </li>
{% endfor %}
</ul>
<p>Contacts of {{ edition }}, to be reviewed by {{ review_by }}.</p>
</body>
</html>
"""
VERBS = {"voice": "Call", "text": "Text", "chat": "Chat:"}

app = Flask(__name__)
directory = ctr.load()


def lines(town: str | None) -> list[ctr.HelpChannel]:
    """Return what a victim in a town can use; filters never drop the two first."""
    always = (directory.channel("911-connecticut"), directory.hotline)
    return list(dict.fromkeys((*always, *directory.find(audience="victim", town=town))))


@app.get("/help")
def page() -> Response:
    """Show the lines as a page, with the same data for search engines."""
    channels = lines(request.args.get("town"))
    html = render_template_string(
        PAGE,
        channels=channels,
        verbs=VERBS,
        edition=directory.edition,
        review_by=directory.review_by,
        data=ctr.export("jsonld", directory, records=[channel.id for channel in channels]),
    )
    # The address of a page on which a person looked for help is nobody's business.
    return Response(html, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})


@app.get("/contacts/<record>.vcf")
def card(record: str) -> Response:
    """Give a contact to save, under a name of the person's own choice."""
    try:
        text = ctr.export("vcard", directory, records=record, neutral_name=request.args.get("name"))
    except (ctr.UnknownRecord, ctr.WithdrawnRecord) as error:
        abort(404, str(error))
    except ValueError as error:
        abort(400, str(error))
    return Response(text, mimetype="text/vcard")
