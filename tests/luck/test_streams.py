"""Addresses: no two decisions share their luck."""

from hypothesis import given
from hypothesis import strategies as st

from escalade.luck import streams
from escalade.luck.streams import commitment_slot, place, raid_slot
from escalade.worlds import THREAT_CLASSES

PURPOSES = {name: value for name, value in vars(streams).items() if name.isupper() and isinstance(value, int)}
SIZES = {"YEARS", "SOIL_YEARS", "PAIRS", "CRISES_A_YEAR", "MOVES", "PURPOSES", "CLASSES", "LOOKS", "PARTNERS"}


def test_purposes_are_distinct_and_fit() -> None:
    numbers = [value for name, value in PURPOSES.items() if name not in SIZES]
    assert len(set(numbers)) == len(numbers)
    assert 0 <= min(numbers) <= max(numbers) < streams.PURPOSES


PLACES = st.tuples(
    st.integers(0, streams.YEARS - 1),
    st.integers(0, streams.PAIRS - 1),
    st.integers(0, streams.CRISES_A_YEAR - 1),
    st.integers(0, streams.MOVES - 1),
    st.integers(0, streams.PURPOSES - 1),
)


@given(PLACES)
def test_place_is_injective_because_it_can_be_unpacked(parts: tuple[int, int, int, int, int]) -> None:
    rest, purpose = divmod(place(*parts), streams.PURPOSES)
    rest, move = divmod(rest, streams.MOVES)
    rest, crisis = divmod(rest, streams.CRISES_A_YEAR)
    assert (*divmod(rest, streams.PAIRS), crisis, move, purpose) == parts


@given(PLACES, PLACES)
def test_different_decisions_have_different_places(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    assert (place(*one) == place(*other)) == (one == other)


def test_places_fill_one_word() -> None:
    assert place(0, 0, 0, 0, 0) == 0
    assert place(1023, 3, 127, 255, 31) == 2**32 - 1


SLOTS = st.tuples(st.integers(0, 99), st.integers(0, streams.CLASSES - 1), st.integers(0, streams.LOOKS - 1))


@given(SLOTS, SLOTS)
def test_raid_slots_are_injective(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (raid_slot(*one) == raid_slot(*other)) == (one == other)
    assert 0 <= raid_slot(*one) < 2**32


COMMITMENTS = st.tuples(st.integers(0, 99), st.integers(0, streams.PARTNERS - 1))


@given(COMMITMENTS, COMMITMENTS)
def test_commitment_slots_are_injective(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (commitment_slot(*one) == commitment_slot(*other)) == (one == other)


def test_every_threat_class_fits_a_slot() -> None:
    assert len(THREAT_CLASSES) <= streams.CLASSES
