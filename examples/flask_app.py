"""A page with the lines for a victim of trafficking, with Flask.

Run it with ``flask --app examples/flask_app.py run``.
"""

from __future__ import annotations

from datetime import date

from flask import Flask, Response, abort, render_template_string, request

import ct_trafficking_resources as ctr
from ct_trafficking_resources.cards import stylesheet

PAGE = """<!doctype html>
<html lang="{{ card.language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get help</title>
<link rel="stylesheet" href="{{ url_for('style') }}">
<script type="application/ld+json">{{ data|safe }}</script>
</head>
<body>
<h1>Get help</h1>
{{ card }}
</body>
</html>
"""

app = Flask(__name__)
directory = ctr.load()


@app.get("/help")
def page() -> Response:
    """Show the card as a page, with the same data for search engines."""
    try:
        card = ctr.card(
            "victim",
            request.args.get("lang", "en"),
            directory,
            town=request.args.get("town"),
            on=date.today(),  # noqa: DTZ011 - the day where the server stands is near enough
        )
    except ctr.UnknownTerm as error:
        abort(400, str(error))
    ids = [entry.channel.id for entry in card.entries]
    html = render_template_string(
        PAGE, card=card, data=ctr.export("jsonld", directory, records=ids)
    )
    # The address of a page on which a person looked for help is nobody's business.
    return Response(html, headers={"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})


@app.get("/card.css")
def style() -> Response:
    """Give the style of cards, from this server and no other."""
    return Response(stylesheet(), mimetype="text/css")


@app.get("/contacts/<record>.vcf")
def contact(record: str) -> Response:
    """Give a contact to save, under a name of the person's own choice."""
    try:
        text = ctr.export("vcard", directory, records=record, neutral_name=request.args.get("name"))
    except (ctr.UnknownRecord, ctr.WithdrawnRecord) as error:
        abort(404, str(error))
    except ValueError as error:
        abort(400, str(error))
    return Response(text, mimetype="text/vcard")
