"""Work on parts: the same results in the same order in this process, in several, and on a cluster by its address."""

import json
import os
import subprocess
import sys
import time

import pandas as pd
import pytest

from utils import engines, load, quotes, sentiment, terms
from utils.arguments import Refusal
from utils.corpus import parts

# Workers do not know this module, so what they are to do is a lambda: it travels whole.
squared = lambda part: part * part  # noqa: E731
who = lambda part: os.getpid()  # noqa: E731


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler with two workers, processes of their own on the loopback address."""
    told = tmp_path_factory.mktemp("dask") / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }  # they end by themselves where a test is killed
    quiet["env"] = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__IDLE_TIMEOUT": "120s"}
    ran = [
        subprocess.Popen(
            [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", told],
            **quiet,
        ),
        subprocess.Popen(
            [
                *dask,
                "worker",
                "--scheduler-file",
                told,
                "--nworkers",
                "2",
                "--nthreads",
                "1",
                "--no-dashboard",
                "--death-timeout",
                "30",
            ],
            **quiet,
        ),
    ]
    try:
        while not told.exists() or not (text := told.read_text()).endswith("}"):
            assert ran[0].poll() is None
            time.sleep(0.1)
        yield json.loads(text)["address"]
    finally:
        engines.close()
        for each in reversed(ran):
            each.terminate()
            each.wait(30)


@pytest.fixture(autouse=True, scope="module")
def ended():
    yield
    engines.close()


def test_results_come_in_the_order_of_the_parts(cluster):
    for engine in ("here", "processes", cluster):
        assert [*engines.over(squared, iter(range(9)), engine=engine)] == [n * n for n in range(9)]
        assert [*engines.over(squared, [], engine=engine)] == []


def test_the_work_is_done_elsewhere(cluster):
    assert set(engines.over(who, range(2))) == {os.getpid()}
    for engine in ("processes", cluster):
        assert os.getpid() not in {*engines.over(who, range(8), engine=engine)}


def test_the_death_of_a_worker_is_survived(cluster, tmp_path):
    def dies_once(path):
        if not os.path.exists(path):
            open(path, "w").close()
            os._exit(1)
        return "done"

    for name, engine in (("here", "processes"), ("there", cluster)):
        assert [*engines.over(dies_once, [str(tmp_path / name)], engine=engine)] == ["done"]


def test_a_part_that_no_worker_survives_is_refused_in_a_sentence():
    with pytest.raises(Refusal, match="brought down every process"):
        list(engines.over(lambda part: os._exit(1), range(2), engine="processes"))
    assert [*engines.over(squared, [3], engine="processes")] == [9]  # and the next work is done


def test_what_the_function_raises_comes_as_it_is(cluster):
    for engine in ("here", "processes", cluster):
        with pytest.raises(ZeroDivisionError):
            list(engines.over(lambda part: 1 / part, [1, 0], engine=engine))


def test_layers_are_the_same_wherever_they_are_found(cluster, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "ARTICLES", 18)  # harbour in seven parts, the last smaller
    found = {}
    for engine in ("here", "processes", cluster):
        monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / engine.replace("/", "")))
        news = load("harbour", engine=engine)
        layers = [news.words, news.sentences, news.quotes, sentiment.scored_words(news)]
        found[engine] = [*layers, quotes.balance(news), terms.frequencies(news), sentiment.tone(news)]
        for layer in ("quotes", "scored"):
            assert len([*(tmp_path / engine.replace("/", "")).glob(f"{layer}-*/*")]) == 7
    for other in found.values():
        for one, same in zip(found["here"], other, strict=True):
            pd.testing.assert_frame_equal(one, same, check_exact=True)


def test_many_articles_are_given_to_processes_and_few_are_not(monkeypatch):
    monkeypatch.setattr(engines, "processors", lambda: 2)
    assert [engines.chosen(None, n) for n in (1, 4_999, 5_000)] == ["here", "here", "processes"]
    assert engines.chosen("here", 90_000) == "here" and engines.chosen("tcp://x:1", 1) == "tcp://x:1"
    monkeypatch.setattr(engines, "processors", lambda: 1)
    assert engines.chosen(None, 90_000) == "here"


def test_an_engine_that_is_none_is_refused_before_anything_is_read():
    with pytest.raises(Refusal, match="engine is 'here'"):
        load("no such corpus", engine="dask")


def test_parts_are_taken_as_they_are_needed():
    taken = []
    for result in engines.over(squared, (taken.append(n) or n for n in range(1_000)), engine="processes"):
        if result == 4:
            break
    assert len(taken) <= 3 + engines.AHEAD * engines.processors()


@pytest.mark.parametrize("engine", ["process", "127.0.0.1:8786", 4, True, ""])
def test_what_is_no_engine_is_refused(engine):
    with pytest.raises(Refusal, match="engine is 'here'"):
        engines.checked(engine)


def test_a_cluster_that_does_not_answer_is_named(monkeypatch):
    monkeypatch.setattr(engines, "SECONDS", 0.5)
    with pytest.raises(Refusal, match="no Dask scheduler answers at tcp://127.0.0.1:1 "):
        list(engines.over(squared, [1], engine="tcp://127.0.0.1:1"))


def test_workers_with_other_code_are_refused(cluster, monkeypatch, tmp_path):
    engines.close()
    monkeypatch.setattr(engines, "__file__", str(tmp_path / "engines.py"))  # what is found here is not found there
    engines.code.cache_clear()
    with pytest.raises(Refusal, match="another version of this project"):
        list(engines.over(squared, [1], engine=cluster))
    monkeypatch.undo()
    engines.code.cache_clear()
    assert list(engines.over(squared, [2], engine=cluster)) == [4]


def test_a_script_without_a_guard_of_its_main_module_runs_once_and_ends_quietly(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from utils import engines\nprint('once')\nprint(sum(engines.over(len, ['a', 'bc'], engine='processes')))\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr, done.returncode) == ("once\n3\n", "", 0)
