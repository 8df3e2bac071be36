"""Settings in links: there and back again, and what is refused."""

import base64
import json
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalade.errors import UsageError
from escalade.lab.setting import LONGEST, Link, Setting, from_fragment, setting_data, setting_from_data, to_fragment

NUMBERS = st.floats(-1e12, 1e12)
SETTINGS = st.builds(
    Setting,
    st.none() | st.text(max_size=20),
    st.dictionaries(st.text(max_size=30), st.tuples(NUMBERS, NUMBERS), max_size=5),
    st.dictionaries(st.text(max_size=30), NUMBERS | st.fixed_dictionaries({"times": NUMBERS}), max_size=5),
)


@given(SETTINGS, st.text(max_size=20), st.text(max_size=16))
def test_a_link_leads_back_to_its_setting(setting, name, digest):
    link = Link(name, digest, setting)
    assert from_fragment("http://127.0.0.1:8765/" + to_fragment(link)) == link


@given(SETTINGS)
def test_plain_values_lead_back_too(setting):
    assert setting_from_data(json.loads(json.dumps(setting_data(setting)))) == setting


def packed(data, deflated=False):
    text = json.dumps(data).encode() if not isinstance(data, bytes) else data
    if deflated:
        press = zlib.compressobj(9, zlib.DEFLATED, -15)
        text = press.compress(text) + press.flush()
    return f"#lab={'d' if deflated else 'p'}." + base64.urlsafe_b64encode(text).decode().rstrip("=")


def test_a_plain_link_is_read_as_well():
    assert from_fragment(packed({"v": 1, "s": "tiny", "h": "ab", "policy": "x"})) == Link("tiny", "ab", Setting("x"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "no link"),
        ("#lab=z.abc", "no link"),
        ("#lab=d." + "A" * (LONGEST + 1), "no link"),
        ("#lab=d.####", "damaged"),
        ("#lab=d.AAAA", "damaged"),
        (packed(b"not json"), "damaged"),
        (packed([1, 2]), "damaged"),
        (packed({"v": 1}), "damaged"),
        (packed(b"0" * 10_000_000, deflated=True), "damaged"),
        (packed({"v": 2, "s": "a", "h": "b"}), "version 2"),
        (packed({"v": 1, "s": 3, "h": "b"}), "version"),
    ],
    ids=lambda value: value[:24],
)
def test_damaged_links_are_refused_in_a_sentence(address, words):
    with pytest.raises(UsageError, match=words):
        from_fragment(address)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"other": 1},
        {"policy": 3},
        {"narrow": []},
        {"narrow": {"a": 1}},
        {"narrow": {"a": [1, 2, 3]}},
        {"narrow": {"a": [1, "2"]}},
        {"narrow": {"a": [1, True]}},
        {"narrow": {"a": [float("nan"), 1]}},
        {"levers": {"a": {"plus": 1}}},
        {"levers": {"a": {"times": 1e300}}},
        {"levers": {"a": 10**400}},
        {"levers": {str(k): 1 for k in range(513)}},
    ],
)
def test_what_is_no_setting_is_refused(data):
    with pytest.raises(UsageError):
        setting_from_data(data)
