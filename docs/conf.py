"""Settings of Sphinx."""

from ct_trafficking_resources import __version__

project = "ct-trafficking-resources"
author = "The ct-trafficking-resources curators"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"ct-trafficking-resources {__version__}"
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
# The types of attrs classes stand in their signatures; the names of type aliases
# do not resolve outside their modules.
autodoc_default_options = {"members": True}
napoleon_use_ivar = True
