"""A sentence is its text, and remembers what it was made from."""

from escalade.report.sentence import Sentence


def test_a_sentence_is_its_text():
    said = Sentence("Of {many}: {one}.", {"many": "100", "one": "7", "spare": "x"}, {"one": "crisis.war"})
    assert said == "Of 100: 7."
    assert said.template == "Of {many}: {one}."
    assert said.words["spare"] == "x"
    assert said.opens == {"one": "crisis.war"}
    assert said.removesuffix(".") == "Of 100: 7"


def test_words_with_braces_stay_as_they_are():
    assert Sentence("{name} strikes", {"name": "{one}"}) == "{one} strikes"
