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


def test_tables_of_other_pairs_are_folded_away(found):
    shown = policies.section(found).shown
    titles = [table.title for table in (*shown["tables"], *shown["others"])]
    assert len(titles) == len(set(titles))
    about = found.names[found.both[0]]
    assert all(about in table.title for table in shown["tables"] if ", less " in table.title)
    assert shown["others"]
    assert not any(f": {about}, less" in table.title for table in shown["others"])


def test_levels_of_many_policies_are_told_apart_by_their_names(found):
    levels = [table.title for table in policies.section(found).shown["tables"] if ", less " not in table.title]
    assert len(levels) >= 2
    for name in found.names.values():
        assert any(name in title for title in levels)
