"""Tasks of lesson 07: how do we count those nobody counted?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from course.checks import Misconception, Task, Tasks, spellings
from course.data import load

COMMISSION, OMBUDSMAN, NGO = "in_commission", "in_ombudsman", "in_ngo_icrc"
PAIRS = {
    "commission, NGOs": (COMMISSION, NGO),
    "commission, Ombudsman": (COMMISSION, OMBUDSMAN),
    "Ombudsman, NGOs": (OMBUDSMAN, NGO),
}
Counts = tuple[float, float, float] | tuple[pd.Series, pd.Series, pd.Series]


def _people(side: str) -> pd.DataFrame:
    """Return the combinations of lists of one recorded side, people as float64."""
    lists = load("victim_lists")
    rows = lists[(lists["region"] == "all") & (lists["perpetrator_recorded"] == side)]
    return rows.assign(people=rows["deaths_documented"].astype("float64"))


def _counts(side: str, one: str, other: str) -> tuple[float, float, float]:
    """Return how many people stand on one list, on another and on both."""
    rows = _people(side)
    held = (rows[one], rows[other], rows[one] & rows[other])
    n1, n2, both = (float(rows["people"][on].sum()) for on in held)
    return n1, n2, both


def _petersen(n1: Any, n2: Any, both: Any) -> Any:
    return n1 * n2 / both


def _chapman(n1: Any, n2: Any, both: Any) -> Any:
    """Return Chapman's estimate (Chapman 1951; Seber 1982, page 60)."""
    return (n1 + 1) * (n2 + 1) / (both + 1) - 1


def _half_width(n1: Any, n2: Any, both: Any, z: float = 1.96) -> Any:
    """Return half of the interval around Chapman's estimate (Seber 1982, page 60)."""
    top = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both)
    return z * (top / ((both + 1) ** 2 * (both + 2))) ** 0.5


# 07.1 ------------------------------------------------------------------------------------------


def _state_cells() -> tuple[float, float, float]:
    """Return people of state agents on the first list only, the second only, exactly these two."""
    rows = _people("state_agents").set_index([COMMISSION, OMBUDSMAN, NGO])["people"]
    return rows[True, False, False], rows[False, True, False], rows[True, True, False]


def _without_third() -> tuple[float, float, float]:
    """Return the counts of someone who leaves out whoever stands on the third list."""
    first, second, both = _state_cells()
    return first + both, second + both, both


def _state_by(change: Callable[[float, float, float], Counts]) -> float:
    """Return the estimate from the three right counts, changed."""
    return float(_petersen(*change(*_counts("state_agents", COMMISSION, OMBUDSMAN))))


def _every_side() -> float:
    """Return the estimate from all rows of the region, which hold everybody twice."""
    lists = load("victim_lists")
    rows = lists[lists["region"] == "all"]
    people = rows["deaths_documented"].astype("float64")
    held = (rows[COMMISSION], rows[OMBUDSMAN], rows[COMMISSION] & rows[OMBUDSMAN])
    return float(_petersen(*(people[on].sum() for on in held)))


def _rows(side: str = "state_agents") -> float:
    """Return the estimate of someone who counts rows and not the people in them."""
    rows = _people(side)
    held = (rows[COMMISSION], rows[OMBUDSMAN], rows[COMMISSION] & rows[OMBUDSMAN])
    return _petersen(*(int(on.sum()) for on in held))


# 07.2 ------------------------------------------------------------------------------------------


def _by_pair(estimator: Callable[..., Any], side: str = "shining_path") -> pd.Series:
    return pd.Series({name: estimator(*_counts(side, *pair)) for name, pair in PAIRS.items()})


# 07.3 ------------------------------------------------------------------------------------------


def _national() -> pd.DataFrame:
    toll = load("toll_estimates").set_index("estimate_id")
    return toll[(toll["kind"] == "estimate") & (toll["level"] == "national")]


def _spread(low: str = "value", high: str = "value") -> pd.Series:
    """Return highest less lowest published total, of all studies and without the one replaced."""
    toll = _national()
    kept = toll.drop("rendon2012_total")
    return pd.Series(
        {
            "all": float(toll[high].max() - toll[low].min()),
            "kept": float(kept[high].max() - kept[low].min()),
        }
    )


def _width() -> float:
    commission = _national().loc["cvr2003_total"]
    return float(commission["value_high"] - commission["value_low"])


# 07.4 ------------------------------------------------------------------------------------------

PATH, STATE = "shining_path", "state_rondas_paramilitary"


def _strata(*groups: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return the counts of commission against the other two lists, by stratum."""
    table = load("victim_lists_strata")
    rows = table[table["perpetrator_group"].isin(groups)].groupby("stratum").sum(numeric_only=True)
    rows = rows.astype("float64")
    both = rows["commission_ombudsman"] + rows["commission_ngo_icrc"] + rows["all_three"]
    others = rows["only_ombudsman"] + rows["only_ngo_icrc"] + rows["ombudsman_ngo_icrc"]
    return rows["only_commission"] + both, others + both, both


def _orders(estimate: Callable[..., Any] = _chapman) -> pd.Series:
    """Return the three sums of task 07.4 for an estimator that gives one value a stratum."""
    left = estimate(*_strata(PATH, STATE)) - estimate(*_strata(STATE))
    return pd.Series(
        {
            "direct": estimate(*_strata(PATH)).sum(),
            "subtracted": left.sum(),
            "subtracted_58": left.drop(59).sum(),
        }
    )


def _in_one_piece() -> pd.Series:
    """Return the same three numbers with the strata added up before estimating."""

    def estimate(groups: Any, left_out: Any = ()) -> Any:
        return _chapman(*(counts.drop(list(left_out)).sum() for counts in _strata(*groups)))

    return pd.Series(
        {
            "direct": estimate([PATH]),
            "subtracted": estimate([PATH, STATE]) - estimate([STATE]),
            "subtracted_58": estimate([PATH, STATE], [59]) - estimate([STATE], [59]),
        }
    )


def _without_subtraction() -> pd.Series:
    pooled = _chapman(*_strata(PATH, STATE))
    return pd.Series(
        {
            "direct": _orders()["direct"],
            "subtracted": pooled.sum(),
            "subtracted_58": pooled.drop(59).sum(),
        }
    )


def _with_subtracted(by_stratum: pd.Series) -> pd.Series:
    """Return the right numbers with other ones, by stratum, in the place of the subtraction."""
    return pd.Series(
        {
            "direct": _orders()["direct"],
            "subtracted": by_stratum.sum(),
            "subtracted_58": by_stratum.drop(59).sum(),
        }
    )


def _subtracted_first() -> pd.Series:
    """Return the numbers of someone who takes the state's people off and then estimates."""
    return _with_subtracted(_chapman(*_strata(PATH)))


def _turned() -> pd.Series:
    """Return the numbers of someone who takes the pooled estimate off the state's."""
    right = _orders()
    return pd.Series(
        {
            "direct": right["direct"],
            "subtracted": -right["subtracted"],
            "subtracted_58": -right["subtracted_58"],
        }
    )


def _path_taken_off() -> pd.Series:
    """Return the numbers of someone who takes Shining Path's estimate off the pooled one."""
    return _with_subtracted(_chapman(*_strata(PATH, STATE)) - _chapman(*_strata(PATH)))


def _state_twice() -> pd.Series:
    """Take the state's stratum 59 off a difference from which it has been taken already."""
    right = _orders()
    right["subtracted_58"] = right["subtracted"] - _chapman(*_strata(STATE))[59]
    return right


def _path_twice() -> pd.Series:
    """Take Shining Path's own stratum 59 off the difference of all strata."""
    right = _orders()
    right["subtracted_58"] = right["subtracted"] - _chapman(*_strata(PATH))[59]
    return right


def _state_of_all() -> pd.Series:
    """Subtract the state's 59 strata from the pooled 58."""
    right = _orders()
    right["subtracted_58"] -= _chapman(*_strata(STATE))[59]
    return right


# 07.5 ------------------------------------------------------------------------------------------


def _ill(*shared: str) -> tuple[float, float, float]:
    """Return the counts of the hospital's and the epidemiologists' list of an outbreak."""
    quoted = load("quoted_figures").set_index("figure_id")["value"]
    return quoted["hav_q"], quoted["hav_e"], sum(quoted[f"hav_{name}"] for name in shared)


BOTH = ("q_e_only", "all_three")


def _interval(counts: Counts, middle: Callable[..., Any] = _chapman, z: float = 1.96) -> pd.Series:
    n1, n2, both = counts
    half = _half_width(n1, n2, both, z)
    return pd.Series({"low": middle(*counts) - half, "high": middle(*counts) + half})


# 07.6 ------------------------------------------------------------------------------------------


def _cells() -> dict[str, float]:
    """Return the seven counts by a label of three digits: commission, Ombudsman, NGOs."""
    rows = _people("all").set_index([COMMISSION, OMBUDSMAN, NGO])["people"]
    return {
        "".join(str(int(on)) for on in key): value
        for key, value in zip(rows.index, rows, strict=True)
    }


def _hidden(kind: Callable[..., Any] = np.float64) -> float:
    """Return the people on no list if each pair may depend and no three-way term exists."""
    cell = {label: kind(value) for label, value in _cells().items()}
    with np.errstate(over="ignore"):
        top = cell["111"] * cell["100"] * cell["010"] * cell["001"]
        bottom = cell["110"] * cell["101"] * cell["011"]
    return float(top) / float(bottom)


def _without_brackets() -> float:
    """Return the hidden people of a line whose lower part has no brackets."""
    cell = _cells()
    top = cell["111"] * cell["100"] * cell["010"] * cell["001"]
    return top / cell["110"] * cell["101"] * cell["011"]


def _documented() -> float:
    return sum(_cells().values())


def _no_third_pair() -> float:
    """Return the people on no list if Ombudsman and NGOs do not depend (for those not listed)."""
    cell = _cells()
    return cell["010"] * cell["001"] / cell["011"]


# Your turn -------------------------------------------------------------------------------------


def _part(side: str, on: str, of: str) -> float:
    """Return which part of the people on one list stand on another too."""
    first, _, both = _counts(side, of, on)
    return both / first


def _mean_of_rows() -> float:
    """Return the part of the rows, not of the people."""
    rows = _people("all")
    return float(rows[rows[NGO]][COMMISSION].mean())


def _sides() -> pd.DataFrame:
    """Return the people whom each list lays to a side."""
    lists = load("victim_lists")
    rows = lists[(lists["region"] == "all") & (lists["perpetrator_recorded"] != "all")]
    people = rows["deaths_documented"].astype("float64")
    by_side = {
        one: people[rows[one]].groupby(rows["perpetrator_recorded"]).sum()
        for one in (COMMISSION, OMBUDSMAN, NGO)
    }
    return pd.DataFrame(by_side)


def _everywhere() -> pd.Series:
    """Return the side with most people on any list, for each list."""
    lists = load("victim_lists")
    rows = lists[(lists["region"] == "all") & (lists["perpetrator_recorded"] != "all")]
    people = rows.groupby("perpetrator_recorded")["deaths_documented"].sum()
    return pd.Series(people.idxmax(), index=[COMMISSION, OMBUDSMAN, NGO])


def _on_both(*others: str) -> float:
    """Return the people laid to Shining Path on the commission's list and on one of others."""
    rows = _people("shining_path")
    return float(rows["people"][rows[COMMISSION] & rows[list(others)].any(axis=1)].sum())


# 07.7 ------------------------------------------------------------------------------------------


def _quoted() -> dict[str, list[str]]:
    toll = load("toll_estimates").set_index("estimate_id")
    commission = toll.loc["cvr2003_total"]
    rivals = toll["value"].loc[["rendon2019_total", "rendon2019_shining_path"]]
    own = [*_orders(), *_in_one_piece()]
    return {
        "the lower end of the commission's interval": spellings(commission["value_low"]),
        "the higher end of the commission's interval": spellings(commission["value_high"]),
        "a figure of the critic": spellings(*rivals),
        "a figure of your own for Shining Path (task 07.4 or the lesson)": spellings(*own),
    }


TASKS = Tasks(
    "07",
    [
        Task(
            id="07.1",
            title="Lincoln–Petersen by hand",
            answer="number",
            unit="people",
            reference=lambda: _petersen(*_counts("state_agents", COMMISSION, OMBUDSMAN)),
            misconceptions=[
                Misconception(
                    "only and only",
                    lambda: _petersen(*_state_cells()),
                    "You used the people on one list *only*. n1 and n2 are everybody on a list, "
                    "whoever else holds them too.",
                ),
                Misconception(
                    "overlap without the third list",
                    lambda: _petersen(
                        *_counts("state_agents", COMMISSION, OMBUDSMAN)[:2], _state_cells()[2]
                    ),
                    "Your overlap leaves out the people who stand on all three lists. They are on "
                    "these two as well.",
                ),
                Misconception(
                    "merged lists",
                    lambda: (
                        sum(_counts("state_agents", COMMISSION, OMBUDSMAN)[:2])
                        - _counts("state_agents", COMMISSION, OMBUDSMAN)[2]
                    ),
                    "That is how many people the two lists hold together. The question asks for "
                    "an estimate that includes people on neither.",
                ),
                Misconception(
                    "another list",
                    lambda: _petersen(*_counts("state_agents", COMMISSION, NGO)),
                    "You took the NGOs' list. The question asks for the Ombudsman's.",
                ),
                Misconception(
                    "upside down",
                    lambda: (
                        _counts("state_agents", COMMISSION, OMBUDSMAN)[0]
                        * _counts("state_agents", COMMISSION, OMBUDSMAN)[2]
                        / _counts("state_agents", COMMISSION, OMBUDSMAN)[1]
                    ),
                    "You multiplied by the share found. If a list found a share of everybody, "
                    "divide the list by that share.",
                ),
                Misconception(
                    "Chapman",
                    lambda: _chapman(*_counts("state_agents", COMMISSION, OMBUDSMAN)),
                    "That is Chapman's estimate, which the next task asks for. Lincoln–Petersen "
                    "takes the three counts as they are.",
                ),
                Misconception(
                    "everybody",
                    lambda: _petersen(*_counts("all", COMMISSION, OMBUDSMAN)),
                    "That is the lesson's number for everybody. Take the rows of state_agents.",
                ),
                Misconception(
                    "all rows",
                    _every_side,
                    "You added up all rows of `lists`: every side, and the rows of `all` besides. "
                    "The question is about state agents: the table `state`.",
                ),
                Misconception(
                    "without the third list",
                    lambda: _petersen(*_without_third()),
                    "You left out whoever stands on the NGOs' list too. They are on these lists "
                    "all the same: four rows for n1, four for n2, two for both.",
                ),
                Misconception(
                    "first list without the third",
                    lambda: _petersen(
                        _without_third()[0], *_counts("state_agents", COMMISSION, OMBUDSMAN)[1:]
                    ),
                    "Your n1 leaves out whoever stands on the NGOs' list too. They are on the "
                    "commission's list all the same: four rows.",
                ),
                Misconception(
                    "n1 without both",
                    lambda: _state_by(lambda n1, n2, both: (n1 - both, n2, both)),
                    "Your n1 leaves out whoever stands on both lists. They are on the "
                    "commission's list too: n1 needs one mask, and no `~`.",
                ),
                Misconception(
                    "n1 and n2 without both",
                    lambda: _state_by(lambda n1, n2, both: (n1 - both, n2 - both, both)),
                    "Your n1 and n2 leave out whoever stands on both lists. They are on each: n1 "
                    "and n2 need a mask of their own, and no `~`.",
                ),
                Misconception(
                    "or for and",
                    lambda: _state_by(lambda n1, n2, both: (n1, n2, n1 + n2 - both)),
                    "Your overlap holds everybody on the one list or the other, as `|` gives it. "
                    "Whoever stands on both is found with `&`.",
                ),
                Misconception(
                    "sum for overlap",
                    lambda: _state_by(lambda n1, n2, both: (n1, n2, n1 + n2)),
                    "Your overlap is a sum of lists. It is smaller than either list: only the "
                    "people whom both hold, found by masks that `&` joins.",
                ),
                Misconception(
                    "listed people",
                    lambda: _people("state_agents")["people"].sum(),
                    "That is everybody on at least one list. The question asks for an estimate "
                    "that includes people on none.",
                ),
                Misconception(
                    "rows",
                    _rows,
                    "You counted rows. Each row is a group of many people: take the column "
                    "`people` of the rows, and add it up.",
                ),
                Misconception(
                    "only on the commission's",
                    lambda: (
                        _state_cells()[0]
                        * _counts("state_agents", COMMISSION, OMBUDSMAN)[1]
                        / _counts("state_agents", COMMISSION, OMBUDSMAN)[2]
                    ),
                    "Your n1 holds only the people whom the commission alone knew. n1 is "
                    "everybody on its list: four rows, not one.",
                ),
            ],
            hints=[
                "Three sums from the table: everybody on the commission's list (four rows), "
                "everybody on the Ombudsman's (four rows), everybody on both (two rows).",
                "The same on fish that were caught on Monday, on Friday, or on both days:\n\n"
                "```\n"
                'fish = pd.DataFrame({"monday": [True, True, False],\n'
                '                     "friday": [True, False, True],\n'
                '                     "number": [6, 14, 24]})\n'
                'on_friday = fish[fish["friday"]]["number"].sum()    # 6 + 24 = 30\n'
                'on_both_days = fish["monday"] & fish["friday"]\n'
                'fish[on_both_days]["number"].sum()                  # 6\n'
                "```",
            ],
        ),
        Task(
            id="07.2",
            title="Chapman, three pairs, one side",
            answer="series",
            unit="people, one value for each pair of lists",
            tolerance=0.0003,
            reference=lambda: _by_pair(_chapman),
            misconceptions=[
                Misconception(
                    "Lincoln–Petersen",
                    lambda: _by_pair(_petersen),
                    "These are Lincoln–Petersen estimates. Chapman adds one to each of the three "
                    "counts and takes one off the result.",
                ),
                Misconception(
                    "the last one forgotten",
                    lambda: _by_pair(lambda *counts: _chapman(*counts) + 1),
                    "Nearly: one person too many in each. Take one off at the end.",
                ),
                Misconception(
                    "no one below the line",
                    lambda: _by_pair(lambda n1, n2, both: (n1 + 1) * (n2 + 1) / both - 1),
                    "You added one to the lists but not to the overlap below the line.",
                ),
                Misconception(
                    "one added and taken off below",
                    lambda: _by_pair(lambda n1, n2, both: (n1 + 1) * (n2 + 1) / both),
                    "You add one to the overlap and take it off again at once. Put brackets "
                    "around the overlap and its one; the other one comes off the result.",
                ),
                Misconception(
                    "everybody",
                    lambda: _by_pair(_chapman, "all"),
                    "These are the estimates for everybody. The table `pairs` holds the people "
                    "laid to Shining Path.",
                ),
            ],
            hints=[
                "The formula works on whole columns, as on numbers. Add one to each of three "
                "columns, multiply two, divide by the third, and take one off.",
                "A formula on whole columns, here on fields of maize and beans:\n\n"
                "```\n"
                'fields = pd.DataFrame({"maize": [3, 5], "beans": [10, 20]},\n'
                '                      index=["upper", "lower"])\n'
                '(fields["maize"] + 1) * fields["beans"] / 2    # upper 20, lower 60\n'
                "```",
            ],
        ),
        Task(
            id="07.3",
            title="What an interval leaves out",
            answer="series",
            unit="times the width of the commission's interval, for all and kept",
            reference=lambda: _spread() / _width(),
            misconceptions=[
                Misconception(
                    "half the width",
                    lambda: _spread() / (_width() / 2),
                    "You divided by the distance from the middle to one end. The width goes from "
                    "end to end.",
                ),
                Misconception(
                    "upside down",
                    lambda: _width() / _spread(),
                    "You divided the width by the spread. The question asks how many widths "
                    "the spread is.",
                ),
                Misconception(
                    "nothing left out",
                    lambda: pd.Series(dict.fromkeys(["all", "kept"], _spread()["all"] / _width())),
                    "Your two values are the same: for `kept`, leave out the paper of 2012.",
                ),
                Misconception(
                    "only the paper",
                    lambda: pd.Series({"all": _spread()["all"] / _width(), "kept": 0.0}),
                    "For `kept` you kept the paper of 2012 and nothing else: `==` keeps the row "
                    "that you name, `!=` all the others.",
                ),
                Misconception(
                    "ends of intervals",
                    lambda: _spread("value_low", "value_high") / _width(),
                    "You took the ends of intervals. The spread is between best figures: the "
                    "column `value`.",
                ),
                Misconception(
                    "the width of all",
                    lambda: _spread() / _spread("value_low", "value_high")["all"],
                    "Your width goes from the lowest end of all rows to the highest. It is the "
                    "commission's alone: take both ends from the row `cvr2003_total`.",
                ),
                Misconception(
                    "people",
                    _spread,
                    "That is the spread in people. Divide it by the width of the commission's "
                    "interval.",
                ),
            ],
            hints=[
                "Spread: highest less lowest of `value`. Width: `value_high` less `value_low` "
                "of the commission's row. Then divide.",
                "A spread with all values and without one, here of a price in three months:\n\n"
                "```\n"
                'price = pd.Series({"March": 3.0, "April": 4.5, "May": 2.5})\n'
                'kept = price[price.index != "May"]\n'
                'pd.Series({"all": price.max() - price.min(),      # 4.5 - 2.5 = 2\n'
                '           "kept": kept.max() - kept.min()})      # 4.5 - 3.0 = 1.5\n'
                "```",
            ],
        ),
        Task(
            id="07.4",
            title="Two orders of work",
            answer="series",
            unit="people, for direct, subtracted and subtracted_58",
            reference=_orders,
            core=False,
            misconceptions=[
                Misconception(
                    "added before estimating",
                    _in_one_piece,
                    "You added the strata up and then estimated once. Estimate each stratum, then "
                    "add.",
                ),
                Misconception(
                    "not subtracted",
                    _without_subtraction,
                    "Your second and third values are both sides together. Subtract the state's "
                    "estimate.",
                ),
                Misconception(
                    "subtracted before estimating",
                    _subtracted_first,
                    "You took the state's people off the pooled ones and estimated what was left: "
                    "that is the direct way again. Estimate both, then subtract the estimates.",
                ),
                Misconception(
                    "the wrong way round",
                    _turned,
                    "Your second and third values have the wrong sign: take the state's estimate "
                    "off the pooled one.",
                ),
                Misconception(
                    "the other side taken off",
                    _path_taken_off,
                    "You took Shining Path's estimate off the pooled one, so the state's is left. "
                    "Take the state's off.",
                ),
                Misconception(
                    "59 of the state",
                    _state_twice,
                    "In your third value the state's estimate of stratum 59 is taken off once "
                    "more. Leave the stratum out of both sums, the pooled and the state's.",
                ),
                Misconception(
                    "59 of Shining Path",
                    _path_twice,
                    "In your third value Shining Path's own estimate of stratum 59 is taken off. "
                    "What has to go is the difference of that stratum: pooled less state.",
                ),
                Misconception(
                    "59 from 58",
                    _state_of_all,
                    "In your third value stratum 59 is left out of the pooled sum but not of the "
                    "state's. Leave it out of both.",
                ),
                Misconception(
                    "Lincoln–Petersen",
                    lambda: _orders(
                        lambda n1, n2, both: (n1 * n2 / both.where(both > 0)).fillna(0)
                    ),
                    "Lincoln–Petersen has no value where nobody stands on both lists, so strata "
                    "fell out of your sum. Use Chapman.",
                ),
            ],
            hints=[
                "`chapman_of(path)` gives one estimate a stratum. Sum it for the first value; for "
                "the second, do the same with `pooled` and with `state` and subtract.",
                "A difference row by row, added up for all rows and without the last, here of "
                "three fields:\n\n"
                "```\n"
                "harvest = pd.Series({1: 40, 2: 10, 3: 90})\n"
                "eaten = pd.Series({1: 15, 2: 10, 3: 20})\n"
                "left = harvest - eaten       # 25, 0 and 70\n"
                "left.sum()                   # 95\n"
                "left.loc[:2].sum()           # 25, without field 3\n"
                "```",
            ],
        ),
        Task(
            id="07.5",
            title="An outbreak",
            answer="series",
            unit="students, for low and high",
            reference=lambda: _interval(_ill(*BOTH)),
            core=False,
            misconceptions=[
                Misconception(
                    "overlap without the third list",
                    lambda: _interval(_ill("q_e_only")),
                    "Your overlap leaves out the students on all three lists. They are on these "
                    "two as well.",
                ),
                Misconception(
                    "all three only",
                    lambda: _interval(_ill("all_three")),
                    "Your overlap holds only the students whom every list has. Add those whom "
                    "these lists share without it.",
                ),
                Misconception(
                    "one standard error",
                    lambda: _interval(_ill(*BOTH), z=1),
                    "You went one standard error to each side. The lesson's interval takes 1.96.",
                ),
                Misconception(
                    "halved again",
                    lambda: _interval(_ill(*BOTH), z=1.96 / 2),
                    "Your interval is half as wide as it should be: `half_width` gives half a "
                    "width already, so it is not divided by two.",
                ),
                Misconception(
                    "1.96 twice",
                    lambda: _interval(_ill(*BOTH), z=1.96**2),
                    "Your interval is too wide: the 1.96 stands in `half_width` already.",
                ),
                Misconception(
                    "around Lincoln–Petersen",
                    lambda: _interval(_ill(*BOTH), _petersen),
                    "Your interval lies around the Lincoln–Petersen estimate. Put it around "
                    "Chapman's.",
                ),
                Misconception(
                    "ends exchanged",
                    lambda: _interval(_ill(*BOTH), z=-1.96),
                    "The ends are exchanged: low is the estimate less half a width.",
                ),
                Misconception(
                    "variance for its root",
                    lambda: _interval(_ill(*BOTH), z=1.96 * _half_width(*_ill(*BOTH), 1)),
                    "You used the variance. Take its square root first: `** 0.5`.",
                ),
            ],
            hints=[
                "n1 and n2 are the two lists. On both: the students on these two only, and "
                "those on all three.",
                "Two ends from a middle and half a width, here of a poll:\n\n"
                "```\n"
                "share, margin = 52, 3\n"
                'pd.Series({"from": share - margin, "to": share + margin})   # 49 and 55\n'
                "```",
            ],
        ),
        Task(
            id="07.6",
            title="All pairs may depend",
            answer="number",
            unit="people, listed and not listed together",
            tolerance=0.00003,
            reference=lambda: _documented() + _hidden(),
            core=False,
            misconceptions=[
                Misconception(
                    "hidden only",
                    _hidden,
                    "These are the people on no list. The question asks for all: add the "
                    "documented.",
                ),
                Misconception(
                    "no brackets",
                    lambda: _documented() + _without_brackets(),
                    "Brackets are missing. Python goes from left to right and divides by the "
                    "first count alone: put all that stands below the line in brackets.",
                ),
                Misconception(
                    "without all three",
                    lambda: _documented() + _hidden() / _cells()["111"],
                    "The people whom every list has, `111`, are missing above the line.",
                ),
                Misconception(
                    "largest row",
                    lambda: max(_cells().values()) + _hidden(),
                    "You added a single row, that of many people. The documented are all rows "
                    "together: the sum of `cell`.",
                ),
                Misconception(
                    "rows for people",
                    lambda: len(_cells()) + _hidden(),
                    "You added the number of rows. The documented are the people in them: the sum "
                    "of `cell`.",
                ),
                Misconception(
                    "upside down",
                    lambda: _documented() + 1 / _hidden(),
                    "Nearly nobody is hidden in your total. Are the people on no list added, and "
                    "is the line right? Above it: all three lists, and each list alone.",
                ),
                Misconception(
                    "no third pair",
                    lambda: _documented() + _no_third_pair(),
                    "You used Ombudsman and NGOs only. That is the model in which these two do "
                    "not depend: use all seven counts.",
                ),
                Misconception(
                    "32 bits",
                    lambda: _documented() + _hidden(np.int32),
                    "The product was too large for whole numbers of 32 bits and came out "
                    'wrong. Use astype("float64") first.',
                ),
            ],
            hints=[
                "hidden = (all three × each list alone, three of them) / (each pair, three of "
                "them). Then add the documented.",
                "The same with two lists only: those on both, on the first only, on the second "
                "only.\n\n"
                "```\n"
                'on = pd.Series({"11": 6, "10": 4, "01": 9})\n'
                'hidden = on.loc["10"] * on.loc["01"] / on.loc["11"]    # 4 * 9 / 6 = 6\n'
                "on.sum() + hidden                                      # 19 + 6 = 25\n"
                "```",
            ],
        ),
        Task(
            id="07.7",
            title="A summary that both sides would sign",
            answer="text",
            reference=str,
            mentions=_quoted,
            words=(120, 300),
            core=False,
            hints=[
                "Write each side's case in words that its author would use, before you write "
                "yours.",
                "Ask of each way: from where does it borrow what the records do not hold? What "
                "would have to be true?",
            ],
            rubric=[
                "The commission's total stands with its interval, and the summary says what that "
                "interval leaves out.",
                "Each side's case is told with its reason, so that its authors would accept the "
                "wording; who speaks, and their stake in it, is said.",
                "One figure of your own shows that the order of work matters, with its method "
                "and its limits (the thin strata, or stratum 59).",
                "Total and split are kept apart, and the last sentence says what can be said "
                "today, and which data would move it.",
            ],
        ),
    ],
    turns=[
        Task(
            id="07.t1",
            title="The third list",
            answer="number",
            unit="fractions of the NGOs' people (1 is all of them)",
            reference=lambda: _part("all", COMMISSION, NGO),
            misconceptions=[
                Misconception(
                    "the other way round",
                    lambda: _part("all", NGO, COMMISSION),
                    "That is the part of the commission's people who stand on the NGOs' list. "
                    "Here the whole is the NGOs' people.",
                ),
                Misconception(
                    "the list over itself",
                    lambda: _part("all", NGO, NGO),
                    "That is the NGOs' list over itself, so all of it. Whose list is to be tested?",
                ),
                Misconception(
                    "the Ombudsman's",
                    lambda: _part("all", OMBUDSMAN, NGO),
                    "That is what the Ombudsman found of the NGOs' people. The question is about "
                    "the commission.",
                ),
                Misconception(
                    "rows",
                    _mean_of_rows,
                    "That is a part of the rows. Each row is a group of people: add up `people`.",
                ),
            ],
            hints=["The columns that begin with `in_` are masks, one for each list."],
        ),
        Task(
            id="07.t2",
            title="Whom each list names most",
            answer="series",
            unit="words: one side for each list",
            choices=lambda: list(_sides().index),
            reference=lambda: _sides().idxmax(),
            misconceptions=[
                Misconception(
                    "least",
                    lambda: _sides().idxmin(),
                    "These are the sides that each list names least.",
                ),
                Misconception(
                    "all lists together",
                    _everywhere,
                    "That is the side with most people over all lists. Look at each list's own "
                    "column.",
                ),
            ],
            hints=["`max` gives the largest value; its relative gives the label that it has."],
        ),
        Task(
            id="07.t3",
            title="Found twice",
            answer="number",
            unit="people",
            reference=lambda: _on_both(OMBUDSMAN, NGO),
            misconceptions=[
                Misconception(
                    "one of the two",
                    lambda: _on_both(OMBUDSMAN),
                    "That leaves out the people whom only the NGOs' list shares with the "
                    "commission's.",
                ),
                Misconception(
                    "the NGOs' alone",
                    lambda: _on_both(NGO),
                    "That leaves out the people whom only the Ombudsman's list shares with the "
                    "commission's.",
                ),
                Misconception(
                    "the commission's list",
                    lambda: _counts("shining_path", COMMISSION, NGO)[0],
                    "That is everybody on the commission's list. Count those whom another list "
                    "holds too.",
                ),
            ],
            hints=["The cell above made the column on its first line, with `|`."],
        ),
    ],
)

check = TASKS.check
