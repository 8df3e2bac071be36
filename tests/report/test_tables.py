"""Tables as plain text: never wider than a terminal, nothing lost."""

from hypothesis import given
from hypothesis import strategies as st

from escalade.report.tables import WIDTH, Row, Section, Table, text

words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)
phrases = st.lists(words, min_size=1, max_size=12).map(" ".join)


@st.composite
def any_table(draw):
    columns = draw(st.integers(1, 6))
    heads = tuple(draw(phrases) for _ in range(columns))
    cells = st.tuples(phrases, *(st.from_regex(r"[+-]?[0-9]{1,6}", fullmatch=True) for _ in range(columns - 1)))
    rows = draw(st.lists(cells.map(Row), min_size=1, max_size=5))
    return Table(draw(phrases), heads, (Section(draw(st.just("") | words), tuple(rows)),), draw(phrases))


@given(any_table())
def test_no_line_is_too_long_and_no_number_is_lost(table):
    lines = text(table).splitlines()
    assert max(map(len, lines)) <= WIDTH
    for row in table.sections[0].rows:
        assert all(any(cell in line for line in lines) for cell in row.cells[1:])


def test_names_are_wrapped_and_numbers_stand_beside_their_last_line():
    name = "a name that is rather long and goes on and on and on, and then a little more"
    rows = (Section("War", (Row((name, "14.5")),)),)
    assert text(Table("A title", ("policy", "per crisis, of 100"), rows, "And a caption."), 40).splitlines() == [
        "A title",
        "                                     per",
        "                                 crisis,",
        "policy                            of 100",
        "----------------------------------------",
        "War",
        "  a name that is rather long",
        "    and goes on and on and on,",
        "    and then a little more          14.5",
        "And a caption.",
    ]
