"""How Sphinx builds the documentation: `make docs`."""

project = "Hanse"
author = "The Hanse authors"
copyright = "The Hanse authors, Apache License 2.0"  # noqa: A001 - Sphinx's name
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Hanse"
html_show_sphinx = False
html_theme_options = {"source_edit_link": "", "top_of_page_buttons": []}
nitpicky = True
