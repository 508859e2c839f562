"""A partner's update: read it, check it, say what it changes, apply it.

``template`` draws the form and ``reading`` reads what comes back; the form is
JSON, a table (CSV or XLSX) or a page that saves JSON.
"""
