"""The policies: one row each, the baseline told apart."""

from dataclasses import replace

from escalade.report.sections import policies


def test_every_policy_has_its_row_and_its_number(found):
    chart = policies.by_policy(found)
    assert [row.cells[0] for row in chart.table.sections[0].rows] == list(found.names.values())
    for policy, name in found.names.items():
        mean = found.comparison.policies[policy].period["war"].mean
        assert f"{name} {100 * mean:.0f}" in chart.words
    assert {row.key for row in chart.table.sections[0].rows} == {"period.war"}


def test_two_policies_need_no_chart_of_their_own(found):
    comparison = found.comparison
    two = {name: comparison.policies[name] for name in found.both}
    fewer = replace(found, said=replace(found.said, comparison=replace(comparison, policies=two)))
    assert policies.by_policy(fewer) is None


def test_tables_of_the_headline_s_pair_come_before_those_of_others(found):
    titles = [table.title for table in policies.section(found).shown["tables"]]
    about = found.names[found.both[0]]
    pairs = [title for title in titles if ", less " in title]
    assert about in pairs[0]
    assert len(titles) == len(set(titles))
