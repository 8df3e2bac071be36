"""The main job: the same bytes whatever happens on the way, refusals, and answers read back."""

import multiprocessing
import os
import shutil
import signal
import threading
import time

import numpy as np
import pytest

from escalade.ensemble.lock import locked
from escalade.errors import EscaladeError, UsageError
from escalade.scenario import load_scenario
from escalade.study.plan import Effort, plan
from escalade.study.progress import Quiet
from escalade.study.results import stored
from escalade.study.run import run
from tests.study.fakes import EXACT, HISTORY, SMALL, TINY, contents, exact, kernels, simulate, tiny_plan


class Stopping(Quiet):
    """A listener that presses Ctrl-C after some chunks, and then never again."""

    def __init__(self, after):
        self.left = after

    def advance(self, answer):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


class Asking(Quiet):
    """A listener that wants every answer on the way."""

    def __init__(self):
        self.answers = []

    def advance(self, answer):
        found = answer()
        self.answers += [] if found is None else [found]


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An uninterrupted run on one thread, and its files."""
    folder = tmp_path_factory.mktemp("whole") / "tiny.run"
    run(tiny_plan(), folder, workers=1, kernels=kernels())
    return contents(folder)


def test_the_folder_holds_what_the_design_says(whole):
    # 16 worlds in groups of 8, 20 histories in blocks of 16 and 4: four parts.
    assert sorted(whole) == [
        "believed-independent.parquet",
        "believed-official.parquet",
        "manifest.json",
        *(f"part-{n:05d}.parquet" for n in range(4)),
        "scenario.yaml",
        "turns-as_is.json",
        "worlds.parquet",
    ]


@pytest.mark.parametrize("workers", [2, 5])
def test_threads_change_no_byte(whole, tmp_path, workers):
    run(tiny_plan(), tmp_path / "tiny.run", workers=workers, kernels=kernels())
    assert contents(tmp_path / "tiny.run") == whole


@pytest.mark.parametrize("after", [1, 2, 3, 4, 5, 6])
def test_an_interrupted_run_ends_with_the_same_bytes(whole, tmp_path, after):
    folder = tmp_path / "tiny.run"
    with pytest.raises(KeyboardInterrupt):
        run(tiny_plan(), folder, workers=2, kernels=kernels(), progress=Stopping(after))
    assert not list(folder.glob("*.tmp"))
    assert not (folder / "run.lock").exists()
    run(tiny_plan(), folder, workers=2, kernels=kernels())
    assert contents(folder) == whole


def test_what_is_there_is_not_computed_again(tmp_path):
    folder = tmp_path / "tiny.run"
    with pytest.raises(KeyboardInterrupt):
        run(tiny_plan(), folder, workers=1, kernels=kernels(), progress=Stopping(3))
    rows = []

    def counted(*arguments):
        rows.append(len(arguments[2]))
        return simulate(*arguments)

    def no_more(worlds, baseline, index):
        raise AssertionError("the exact crises are all there")

    parts = len(list(folder.glob("part-*")))
    assert 1 <= parts < 4
    run(tiny_plan(), folder, workers=1, kernels=kernels(exact=no_more, simulate=counted))
    policies = len(tiny_plan().policies)
    assert len([n for n in rows if n]) == (4 - parts) * policies


def test_a_finished_run_calls_no_kernel(tmp_path):
    folder = tmp_path / "tiny.run"
    first = run(tiny_plan(), folder, kernels=kernels())

    def nothing(*_):
        raise AssertionError("nothing is missing")

    again = run(tiny_plan(), folder, kernels=kernels(exact=nothing, simulate=nothing))
    assert again.comparison().policies == first.comparison().policies


@pytest.mark.parametrize("damage", ["truncated", "empty", "altered", "another part"])
def test_a_damaged_part_is_made_again(whole, tmp_path, damage):
    folder = tmp_path / "tiny.run"
    run(tiny_plan(), folder, workers=1, kernels=kernels())
    part, good = folder / "part-00001.parquet", whole["part-00001.parquet"]
    middle = len(good) // 2
    part.write_bytes(
        {
            "truncated": good[:middle],
            "empty": b"",
            "altered": good[:middle] + bytes([good[middle] ^ 0xFF]) + good[middle + 1 :],
            "another part": whole["part-00000.parquet"],
        }[damage]
    )
    run(tiny_plan(), folder, workers=1, kernels=kernels())
    assert contents(folder) == whole


def test_more_histories_extend_a_run(tmp_path):
    long = Effort(SMALL.candidates, SMALL.worlds, 40)
    run(tiny_plan(), tmp_path / "grown.run", kernels=kernels())
    run(tiny_plan(long), tmp_path / "grown.run", kernels=kernels())
    run(tiny_plan(long), tmp_path / "fresh.run", kernels=kernels())
    assert contents(tmp_path / "grown.run") == contents(tmp_path / "fresh.run")


@pytest.mark.parametrize(
    ("effort", "seed", "words"),
    [
        (Effort(256, 16, 20), 1, "candidates"),
        (Effort(128, 32, 20), 1, "worlds"),
        (SMALL, 2, "seed"),
        (Effort(128, 16, 10), 1, "histories"),
    ],
)
def test_another_run_is_refused_and_left_alone(whole, tmp_path, effort, seed, words):
    folder = tmp_path / "tiny.run"
    run(tiny_plan(), folder, workers=1, kernels=kernels())
    with pytest.raises(UsageError, match=words):
        run(tiny_plan(effort, seed), folder, kernels=kernels())
    assert contents(folder) == whole


def test_a_folder_in_use_is_refused(tmp_path):
    (tmp_path / "tiny.run").mkdir()
    with locked(tmp_path / "tiny.run"), pytest.raises(EscaladeError, match="another process"):
        run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "tiny.run").write_text("", "utf-8")
    with pytest.raises(UsageError, match="is not a run"):
        run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())


@pytest.mark.parametrize("workers", [0, 5000])
def test_threads_have_limits(tmp_path, workers):
    with pytest.raises(UsageError, match="workers"):
        run(tiny_plan(), tmp_path / "tiny.run", workers=workers, kernels=kernels())
    assert not (tmp_path / "tiny.run").exists()


def _run_slowly(folder):
    run(tiny_plan(), folder, workers=2, kernels=kernels(pause=0.05))


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
@pytest.mark.parametrize("parts", [0, 2])
def test_a_killed_run_goes_on(whole, tmp_path, parts):
    folder = tmp_path / "tiny.run"
    process = multiprocessing.get_context("spawn").Process(target=_run_slowly, args=(folder,))
    process.start()
    pattern, needed = ("part-*.parquet", parts) if parts else ("crisis-*.parquet", 1)
    for _ in range(2000):
        if len(list(folder.glob(pattern))) >= needed or not process.is_alive():
            break
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    there = {path.name for path in folder.glob("part-*.parquet")}
    assert len(there) < 4, "the run had ended before it was killed"
    run(tiny_plan(), folder, workers=2, kernels=kernels())
    assert contents(folder) == whole


def test_a_result_that_is_no_number_stops_the_run_by_name(tmp_path):
    def broken_crisis(worlds, baseline, index):
        out = exact(worlds, baseline, index)
        out[index == 70, EXACT.index("deaths.north")] = np.nan
        return out

    def broken_history(*arguments):
        out = simulate(*arguments)
        out[-1:, HISTORY.index("deaths.south")] = np.nan
        return out

    with pytest.raises(EscaladeError, match=r"world 70 under policy as_is: deaths\.north is not a number"):
        run(tiny_plan(), tmp_path / "a.run", workers=1, kernels=kernels(exact=broken_crisis))
    with pytest.raises(EscaladeError, match=r"history \d+ of world \d+ under policy as_is: deaths\.south"):
        run(tiny_plan(), tmp_path / "b.run", workers=1, kernels=kernels(simulate=broken_history))
    assert not list((tmp_path / "b.run").glob("part-*"))


def test_hiding_policies_changes_no_number(tmp_path):
    everything = run(tiny_plan(), tmp_path / "all.run", kernels=kernels()).comparison()
    few = run(tiny_plan(policies=["as_is"]), tmp_path / "few.run", kernels=kernels()).comparison()
    assert set(few.policies) == {"as_is", "no_shield"}
    assert few.policies["as_is"] == everything.policies["as_is"]
    assert few.pair("as_is").period == everything.pair("as_is").period


def test_a_finished_run_may_hide_policies_later(whole, tmp_path):
    folder = tmp_path / "tiny.run"
    run(tiny_plan(), folder, kernels=kernels())
    again = run(tiny_plan(policies=["as_is"]), folder, kernels=kernels())
    assert set(again.comparison().policies) == {"as_is", "no_shield"}
    assert contents(folder)["worlds.parquet"] == whole["worlds.parquet"]


def test_answers_on_the_way_lead_to_the_answer(tmp_path):
    progress = Asking()
    done = run(tiny_plan(), tmp_path / "tiny.run", workers=1, kernels=kernels(), progress=progress)
    crises, years = progress.answers[:2], progress.answers[2:]
    assert [answer.candidates for answer in crises] == [64, 128]
    assert [answer.histories for answer in years] == [128, 256, 288, 320]
    final = done.comparison()
    assert years[-1].pair("as_is").period["war"] == final.pair("as_is").period["war"]
    assert crises[-1].pair("as_is").crisis["war"] == final.pair("as_is").crisis["war"]


def test_each_stage_is_announced_with_what_is_there(tmp_path):
    heard = []
    run(
        tiny_plan(),
        tmp_path / "tiny.run",
        kernels=kernels(),
        after=lambda name, so_far: heard.append((name, so_far.results.period is not None, so_far.comparison().years)),
    )
    assert heard == [
        ("crisis", False, 0),
        ("why", False, 0),
        ("years", True, 2),
        ("slow", True, 2),
        ("believed", True, 2),
        ("turns", True, 2),
        ("structure", True, 2),
    ]


def test_a_stored_run_reads_back_as_it_was(tmp_path):
    done = run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels())
    back = stored(tmp_path / "tiny.run")
    assert back.comparison().policies == done.comparison().policies
    assert back.comparison(baseline="as_is", outcome="wars").pairs[0].period == (
        done.comparison(baseline="as_is", outcome="wars").pairs[0].period
    )


def test_an_interrupted_run_can_be_read(tmp_path):
    folder = tmp_path / "tiny.run"
    with pytest.raises(KeyboardInterrupt):
        run(tiny_plan(), folder, workers=1, kernels=kernels(), progress=Stopping(1))
    with pytest.raises(EscaladeError, match="no answer yet"):
        stored(folder).comparison()
    with pytest.raises(KeyboardInterrupt):
        run(tiny_plan(), folder, workers=1, kernels=kernels(), progress=Stopping(2))
    period = stored(folder).results.period
    assert period is not None
    assert 1 <= period.parts < period.parts_planned == 4
    assert stored(folder).comparison().pair("as_is").period["war"].se is not None


def test_a_variant_leaves_a_run_that_stands_alone(tmp_path):
    shutil.copy(TINY, tmp_path / "tiny.yaml")
    variant = tmp_path / "variant.yaml"
    variant.write_text(
        "escalade: 1\nname: variant\nextends: tiny.yaml\nchanges:\n  sides.north.tolerance: 900\n", "utf-8"
    )
    done = run(plan(load_scenario(variant), effort=SMALL), tmp_path / "variant.run", kernels=kernels())
    (tmp_path / "tiny.yaml").unlink()
    variant.unlink()
    back = stored(tmp_path / "variant.run")
    assert back.plan.scenario.name == "variant"
    assert back.comparison().policies == done.comparison().policies
    run(back.plan, tmp_path / "variant.run", kernels=kernels())  # the stored scenario is the same run


def test_the_record_is_read_at_the_first_years_forces(tmp_path):
    first = run(tiny_plan(), tmp_path / "first.run", kernels=kernels()).results.crisis
    scenario = load_scenario(TINY).model_copy(update={"reference_year": 2})
    asked = plan(scenario, effort=SMALL)
    assert asked.crisis_keys == (*asked.policies, "as_is@first", "no_shield@first")
    later = run(asked, tmp_path / "later.run", kernels=kernels()).results.crisis
    assert np.array_equal(later.values["as_is@first"], first.values["as_is"])
    assert not np.array_equal(later.values["as_is"], first.values["as_is"])
    assert np.array_equal(later.weight, first.weight)
    back = stored(tmp_path / "later.run")
    assert np.array_equal(back.results.crisis.values["as_is@first"], first.values["as_is"])
    assert set(back.comparison().policies) == set(asked.policies)


def test_a_changed_scenario_is_noticed(tmp_path):
    folder = tmp_path / "tiny.run"
    run(tiny_plan(), folder, kernels=kernels())
    text = (folder / "scenario.yaml").read_text("utf-8")
    (folder / "scenario.yaml").write_text(text.replace("South", "West"), "utf-8")
    with pytest.raises(UsageError, match="was changed"):
        stored(folder)


def test_unknown_names_are_refused(tmp_path):
    done = run(tiny_plan(policies=["as_is"]), tmp_path / "tiny.run", kernels=kernels())
    with pytest.raises(UsageError, match="did you mean"):
        done.comparison(outcome="warr")
    with pytest.raises(UsageError, match="in this run; there are as_is, no_shield"):
        done.comparison(baseline="deeper_stocks")


def test_a_slow_first_call_says_what_it_is_doing(tmp_path, monkeypatch):
    monkeypatch.setattr("escalade.study.patience.PATIENCE", 0.01)
    notes, told = [], threading.Event()

    class Listening(Quiet):
        def note(self, text):
            notes.append(text)
            told.set()

    def compiling(worlds, baseline, index):
        if len(index) == 0:
            assert told.wait(10)
        return exact(worlds, baseline, index)

    run(tiny_plan(), tmp_path / "tiny.run", kernels=kernels(exact=compiling), progress=Listening())
    assert notes[0].startswith("compiling the model")
