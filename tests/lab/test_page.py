"""The page as a file: one, small, closed to the network, and harmless whatever a scenario is called."""

import json
import re

import pytest
from markupsafe import escape

from escalade.lab.bundle import bundle, made_by, more_command
from escalade.lab.page import SCRIPTS, content_policy, script, static_page
from escalade.report.turns import matters_sentence, told
from escalade.study import turns
from escalade.study.plan import Effort, plan
from escalade.study.run import run
from tests.report.reports import HOSTILE, hostile_scenario
from tests.study.fakes import kernels


def test_a_thousand_sets_stay_under_a_megabyte(made, page_file):
    per_set = page_file.stat().st_size / made.plan.effort.candidates
    assert page_file.stat().st_size + 512 * per_set < 1_000_000


def test_it_names_no_address_to_load_from(page_file):
    text = page_file.read_text("utf-8")
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#|https?://)""", text)
    assert not re.search(r"<(?:script|img|iframe|link|object|embed)[^>]+(?:src|href)=", text)
    assert "connect-src 'none'" in content_policy(live=False)


def test_only_its_own_script_may_run(page_file):
    text = page_file.read_text("utf-8")
    assert content_policy(live=False).replace("'", "&#39;") in text or content_policy(live=False) in text
    assert "eval(" not in script()
    assert len(SCRIPTS) == len(set(SCRIPTS))


def test_names_cannot_break_out(tmp_path):
    made = run(plan(hostile_scenario(tmp_path), effort=Effort(64, 8, 8)), tmp_path / "h.run", kernels=kernels())
    text = static_page(made)
    assert "<script>alert" not in text
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert HOSTILE in json.loads(data)["words"]["question"]


def test_what_the_run_found_of_turns_is_told(made):
    (both, quantity) = turns.asked(made)
    kept = turns.stored_turns(made, both, quantity)
    assert kept is not None
    sentence = str(matters_sentence(told(kept, made.plan.scenario, quantity)))
    assert str(escape(sentence)) in static_page(made)


def test_a_live_page_has_levers_and_may_ask_its_server(made):
    assert bundle(made, live=True)["levers"]
    assert not bundle(made)["levers"]
    assert "connect-src 'self'" in content_policy(live=True)


def test_policies_begin_with_the_baseline_and_the_focus(made):
    names = [policy["id"] for policy in bundle(made)["policies"]]
    assert names[:2] == ["no_shield", "as_is"]
    assert 2 <= len(names) <= 9


@pytest.mark.parametrize("text", [made_by, more_command])
def test_commands_of_the_page_are_commands(made, text):
    from click.testing import CliRunner

    from escalade.cli.main import main

    words = text(made).split()
    assert words[:2] == ["escalade", "run"]
    assert CliRunner().invoke(main, [*words[1:], "--help"]).exit_code == 0
