"""A page with the lines for a victim of trafficking, with Django, in one file.

Run it with ``python examples/django_view.py runserver``. In a project of yours,
take the view and the template.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

import ct_trafficking_resources as ctr

if TYPE_CHECKING:
    from django.http import HttpRequest

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["localhost", "testserver"],
        MIDDLEWARE=["django.middleware.security.SecurityMiddleware"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="of-an-example-that-keeps-no-secret",  # noqa: S106
        SECURE_REFERRER_POLICY="no-referrer",
    )

PAGE = Engine().from_string("""<!doctype html>
<html lang="{{ card.language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Get help</title>
<script type="application/ld+json">{{ data }}</script>
</head>
<body>
<h1>Get help</h1>
{{ card }}
</body>
</html>
""")

directory = ctr.load()


@never_cache
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the card of a victim; a filter never drops 911 and the hotline."""
    card = ctr.card("victim", "en", directory, town=request.GET.get("town"))
    ids = [entry.channel.id for entry in card.entries]
    data = ctr.export("jsonld", directory, records=ids)
    # The export is safe inside a script element: nothing in it can end one.
    context = Context({"card": card, "data": mark_safe(data)})  # noqa: S308
    return HttpResponse(PAGE.render(context))


urlpatterns = [path("help", help_page)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
