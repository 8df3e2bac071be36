"""How the documentation is built: Sphinx and MyST, the theme furo, equations as MathML.

Nothing is fetched, neither by the build nor by a page: fonts, search and equations are local.
"""

import sys
from pathlib import Path

import escalade

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "escalade"
author = "The escalade contributors"
copyright = author
release = escalade.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "generated", "mathml"]
myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "signature"
exclude_patterns = ["_build"]

html_math_renderer = "mathml"
html_theme = "furo"
html_title = f"escalade {release}"
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#2f6690", "color-brand-content": "#2f6690"},
    "dark_css_variables": {"color-brand-primary": "#7fb3dc", "color-brand-content": "#7fb3dc"},
}
