"""What Sphinx is told: notebooks as they were run, nothing fetched, every warning an error."""

project = "Passages"
author = "The Passages authors"
project_copyright = author
extensions = ["myst_nb"]
root_doc = "index"
exclude_patterns = ["jupyter_execute", "**/.ipynb_checkpoints"]

nb_execution_mode = "off"  # the outputs are those that are kept, and `make reproduce` says whether they hold
nb_ipywidgets_js: dict = {}  # would be fetched
nb_merge_streams = True
nb_mime_priority_overrides = [("html", "text/html", 0), ("html", "text/markdown", 1)]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
suppress_warnings = ["myst.header"]  # a notebook's headings are its own

html_theme = "sphinx_book_theme"
html_title = "Passages"
html_static_path = ["static"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None
pygments_style = "a11y-high-contrast-light"
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "use_source_button": False,
    "use_issues_button": False,
    "navbar_persistent": [],
    "navbar_end": [],
    "show_toc_level": 1,
    "home_page_in_toc": True,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
