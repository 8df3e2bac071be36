"""Raids and stocks: from the simulated years only."""

from dataclasses import replace

from escalade.report.sections import forces


def test_charts_of_what_the_years_cost(found):
    charts = [chart for chart, _ in forces.section(found).shown["charts"]]
    titles = [chart.title for chart in charts]
    assert titles[0] == "Deaths"
    assert "Interceptors used" in titles
    assert len(titles) == len(set(titles))


def test_before_the_years_there_is_nothing_to_show(found):
    early = replace(found.run, results=replace(found.run.results, period=None))
    assert forces.section(replace(found, run=early)) is None
