"""Figures of charts: named by their titles."""

import pytest
from markupsafe import Markup

from escalade.report.charts import Chart
from escalade.report.figure import of_chart, slug
from escalade.report.tables import Table

CHART = Chart("Who dies, and where?", "Words.", {}, Table("", ("",), ()))


@pytest.mark.parametrize(
    ("title", "name"),
    [("Deaths", "deaths"), ("Who dies, and where?", "who-dies-and-where"), ("../etc", "etc"), ("שלום", "figure")],
)
def test_names_of_files_are_plain(title, name):
    assert slug(title) == name


def test_a_chart_becomes_a_figure_of_one_panel():
    made = of_chart(CHART, Markup("<svg/>"), "How to read it.", ("with", "without"))
    assert (made.name, made.title, made.caption) == ("who-dies-and-where", CHART.title, "How to read it.")
    assert [panel.picture for panel in made.panels] == ["<svg/>"]
    assert of_chart(CHART, Markup("<svg/>"), name="given").name == "given"
