"""Lesson 09: what its tasks, quiz, explorer and slides state in words."""

from course.data import describe, load


def numbers(lesson, exercise, right, wrong):
    deaths, sides = lesson["deaths"], lesson["sides"]
    total = deaths["deaths_documented"].sum()
    undated = deaths[deaths["year"].isna()]
    dated = deaths[deaths["year"].notna()]
    years = dated.groupby(["region", "year"])["deaths_documented"].sum()
    laid_in = dated.set_index(["region", "year", "perpetrator_recorded"])["deaths_documented"]
    vraem, huallaga = ("later_vraem_provinces", "upper_huallaga_provinces")
    lists = load("victim_lists")
    lists = lists[lists["region"] == "all"]
    shares = load("toll_shares").set_index("share_id")["share_percent"]
    by_province = lesson["provinces"].set_index("province")["deaths_shining_path"]

    def laid_to(*sides, table=deaths):
        return table[table["perpetrator_recorded"].isin(sides)]["deaths_documented"].sum()

    def part(region, side="state_agents"):
        return 100 * sides[side][region] / sides["everyone"][region]

    def in_year(region, year):
        return 100 * laid_in[region, year, "state_agents"] / years[region, year]

    def on_list(name):
        rows = lists[lists[name]]
        everyone = laid_to("all", table=rows)
        return 100 * laid_to("shining_path", table=rows) / everyone

    killed = load("event_counts").set_index("count_id")["value"].get
    no_year = undated["deaths_documented"].sum()
    zones = load("cultivation_zones")
    zones = zones[zones["series"] == "devida"].set_index(["year", "zone"])["area_ha"]
    of_2024 = 100 * zones[2024] / zones[2024].sum()
    without_row = of_2024[~of_2024.index.isin(zones[2018].index)]
    with_both = laid_to("state_agents", "self_defence_rondas", "paramilitary")
    return {
        "fewer_state": f"{-right('09.t1')['state_agents']:.0f} fewer deaths laid",
        "fewer_path": f"{-right('09.t1')['shining_path']:.0f} fewer laid",
        "total": f"{total:,.0f} documented deaths",
        "state": f"{100 * laid_to('state_agents') / total:.1f}%",
        "group": f"{100 * laid_to('shining_path') / total:.1f}%",
        "state_with_both": f"{100 * with_both / total:.1f}%",
        "vraem_of": f"{sides['shining_path'][vraem]:,.0f} of {sides['everyone'][vraem]:,.0f}",
        "vraem_group": f"{part(vraem, 'shining_path'):.1f}%",
        "vraem_state": f"{part(vraem):.1f}%",
        "ayacucho_state": f"{part('rest_of_ayacucho'):.1f}%",
        "huallaga_state": f"{part(huallaga):.1f}%",
        "elsewhere_state": f"{part('rest_of_peru'):.1f}%",
        "vraem_1985": f"{in_year(vraem, 1985):.0f}%",
        "vraem_1993": f"{in_year(vraem, 1993):.0f}%",
        "huallaga_1986": f"{in_year(huallaga, 1986):.0f}%",
        "huallaga_1991": f"{in_year(huallaga, 1991):.0f}%",
        "dated_state": f"{100 * laid_to('state_agents', table=dated) / (total - no_year):.1f}%",
        "undated": f"{no_year:,.0f} deaths",
        "undated_state": f"{100 * laid_to('state_agents', table=undated) / no_year:.0f}% of them",
        "on_commission": f"{on_list('in_commission'):.1f}%",
        "on_ombudsman": f"{on_list('in_ombudsman'):.1f}%",
        "reported_state": f"{shares['reported_state']:.2f}%",
        "reported_group": f"{shares['reported_shining_path']:.2f}%",
        "estimated_state": f"{shares['annex3_state']:.0f}%",
        "estimated_group": f"{shares['annex3_shining_path']:.0f}%",
        "protests": f"{killed('ayacucho_2022_1', 0):.0f} and {killed('juliaca_2023_3', 0):.0f} civilians died",
        "la_mar": f"{by_province['La Mar']:,.0f} deaths laid",
        "coca_of_the_vraem": f"{of_2024.max():.1f}%",
        "coca_without_a_row": f"{without_row.sum():.1f}%",
        "six_provinces": f"{sides['shining_path'][huallaga]:,.0f} together",
    }


def states_part(model, blind, control=3 / 4):
    """Return the state's share (%) of all harm in a village that it holds to this part."""
    state, group = sum(model(control, blind=blind)), sum(model(1 - control, blind=blind))
    return 100 * state / (state + group)


def of_silence(model, blind):
    """Return the state's harm with half of the village silent, less that with none."""
    return sum(model(0.75, silent=0.5, blind=blind)) - sum(model(0.75, blind=blind))


def fine():
    """Return control from nothing to all in small steps."""
    return [step / 10_000 for step in range(10_001)]


def statements(lesson, exercise, right, wrong):
    deaths = lesson["deaths"]
    undated = (
        deaths[deaths["year"].isna()].groupby("perpetrator_recorded")["deaths_documented"].sum()
    )
    sides = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
    provinces = lesson["named"]
    tens = [
        set(provinces.nlargest(10, f"deaths_{side}")["ubigeo"])
        for side in ("state_agents", "shining_path")
    ]
    model, both, grid, worlds = (lesson[name] for name in ("by_one_side", "both", "grid", "WORLDS"))
    alone = {c: model(c)[0] for c in grid}
    at_70 = {c: sum(both(c, {"hush": 0.7})[:1]) for c in grid}
    peak = max(alone, key=alone.get)
    strikes, silent = (
        worlds["strikes without names"],
        worlds["strikes without names, half keep silent"],
    )
    share = right("09.1")
    below, above = ([c for c in grid if low < c < low + 0.5] for low in (0, 0.5))
    blind = strikes["blind"]
    falling = [states_part(model, blind, c) for c in grid]
    part = [states_part(model, worlds[name].get("blind", 0)) for name in list(worlds)[::2]]
    grudge = [round(model(level, false=1 / 5)[0], 1) for level in (0.5, 0.75, 1)]
    change = [round(of_silence(model, blind), 1) for blind in (0, 0.3, 0.9)]
    false_share = worlds["false accusations"]["false"]
    harm = {control: model(control, false=false_share)[0] for control in fine()}
    worst = max(harm, key=harm.get)
    accused = load("quoted_figures").set_index("figure_id")
    three = ("deaths_region_year", "deaths_department_year", "deaths_province")
    columns = [set(describe(name)["column"]) for name in three]
    moved = right("09.t1")
    in_valley = lesson["two"][lesson["two"]["region"] == "later_vraem_provinces"]
    two_by_year = in_valley.groupby("year")["deaths_documented"].sum()
    told = load("event_attributions").groupby("event_id").size()
    return {
        "The part shrank: the line falls because the state's own deaths fell": moved["state_agents"]
        < moved["shining_path"]
        < 0,
        "You began in 1984, when the counts were highest": two_by_year.idxmax() == 1984,
        "7.2, less than the 9.4 at three quarters": (
            round(lesson["nearly_all"], 1),
            round(model(0.75)[0], 1),
        )
        == (7.2, 9.4),
        "four accounts and three": (told["ayacucho_2022"], told["juliaca_2023"]) == (4, 3),
        "Three stories of one": told["ayahuanco_2008"] == 3,
        "In one world it jumps up where control passes one half": (
            {states_part(model, 0, c) for c in below},
            {states_part(model, 0, c) for c in above},
        )
        == ({0}, {100}),
        "in another it falls as control grows": falling == sorted(falling, reverse=True),
        "from more than half to less": all(
            (states_part(model, blind, c) > 50) == (c < 0.5)
            and (states_part(model, 0, c) > 50) == (c > 0.5)
            for c in below + above
        ),
        "At three quarters both together fall from": [
            round(sum(both(0.75, world)), 1) for world in (strikes, silent)
        ]
        == [35.6, 32.8],
        "the theory has least": model(1)[0] == min(alone.values()),
        "share comes from two worlds": part[0] > part[1] > 100 - part[0],
        "400 as listed, and 792 without the copies: nearly twice as many": exercise["died"]
        .round()
        .tolist()
        == [400, 792],
        "selective violence is highest where a side": 0.5 < peak < 1
        and max(model(0)[0], model(0.5)[0], model(1)[0]) < alone[peak] / 2,
        "two have years": sum("year" in names for names in columns) == 2,
        "But none of the three tells of control": not any(
            "control" in name for names in columns for name in names
        ),
        "at least 900 cases": accused.loc["falsely_accused_documented", "value_low"] == 900,
        "Two fires of like size, in the record": 3 / 4
        < sides["shining_path"] / sides["state_agents"]
        < 1,
        "most of them are laid to the state": undated["state_agents"] > undated.sum() / 2,
        "each side's stands where it holds about four fifths": abs(peak - 4 / 5) < 0.1,
        "100 percent with names only, about 37 with strikes without names": [
            round(one) for one in part
        ]
        == [100, 37],
        "it is 0 and about 63": [round(100 - one) for one in part] == [0, 63],
        "0, 16.9 and 20": grudge == [0, 16.9, 20],
        "near 0.91, at 21.6": (round(worst, 2), round(harm[worst], 1)) == (0.91, 21.6),
        "About −4.7, −2.8 and +0.9": change == [-4.7, -2.8, 0.9],
        "Two equal peaks": abs(max(alone.values()) - max(model(1 - c)[0] for c in grid)) < 1e-9,
        "Six of ten provinces are among the ten with most deaths for both sides": len(
            tens[0] & tens[1]
        )
        == 6,
        "Six of ten provinces are on both lists": len(tens[0] & tens[1]) == 6,
        "the band of both together is highest at even control: what was safest is worst": max(
            at_70, key=at_70.get
        )
        == 0.5
        and both(0.5, {})[0] == 0,
        "Silence halves the harm on a name and raises the dashed line a little": both(0.75, silent)[
            0
        ]
        == both(0.75, strikes)[0] / 2
        and both(0.75, silent)[1] > both(0.75, strikes)[1],
        "about two fifths in the other named regions": (
            (share.drop(["rest_of_ayacucho", "unknown"]) - 40).abs() < 3
        ).all(),
        "So when the state's control grows from one quarter to three quarters, its share of the harm goes up in one world and down in the other": (
            part[0] > 50 > part[1]
        ),
        "the model shows no harm at even control": both(0.5, worlds["names only"])[0] == 0,
        "with a fifth of false names much harm is done under full control": worlds[
            "false accusations"
        ]["false"]
        == 1 / 5
        and grudge[-1] > 0,
    }


EXPLAINS = [
    "Two things in the set-up are new",
    "adds the two numbers that the model gives",
    "The state holds nine tenths of the village",
    "more or less than at three quarters",
    "The function multiplies by a hundred at the end",
    "Now the state holds nine tenths",
    "The state holds nine tenths, the rival the rest",
    "half of the village would be",
    "here 0.75",
    "Six sentences.",
    "at control 0.75",
    "Between two fires",
    "two hills",
    "two sides",
    "Then the three words",
    "record is what three kinds of listeners",
    "Read the two lines one after",
    "then two days of protest",
    "the nearest thing to an observation",
    "A village in four lines",
    "never read it as",
    "the theory in two sentences",
    "where two hold a place",
    "Then read the four lines aloud",
    "none is measured in",
    "Everybody writes two answers before the",
    "and write two of the reasons",
    "Go to the four places in the",
    "Read it at four places",
    "- Half keep silent",
    "often more than two and not alike",
    "We kept three rules",
    "silence at one half",
    "The two things to be",
    "are people on three lists",
    "The state holds three quarters of a village",
    "one quarter for the state",
    "the state are most where it holds",
    "the year with most deaths laid to the state came before that with most laid to Shining",
    "any number is half of a research",
    "which of the two pictures is nearer",
    "The state holds three quarters of the village",
    "and half of the villagers",
    "with the lesson's four lines",
    "In a hundred to two hundred and eighty words",
    "rest of the four lines are assumed",
    "Your two values are the same",
    "Your three values are the same",
    "two have years",
    "Three calls of the",
    "Twice the sum of",
    "The question says half",
    "Ask twice who is harmed",
    "It has a row for each of two worlds",
    "Give a Series with the two labels of",
    "Give a Series with these three numbers as labels",
    "Estimate how many died in all (Lincoln–Petersen), twice",
    "Two columns of one table add row by row",
    "here of three baskets of fruit",
    "A function called for three values, here one that doubles and halves",
    "Two calls and their difference, here of a function that returns two numbers",
    "here of three letters",
    "holds three quarters of a village, the group one quarter",
    "In each of the two tables: the state's added up",
]
