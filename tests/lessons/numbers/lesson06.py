"""Lesson 06: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    return {}


def statements(lesson, exercise, right, wrong):
    rows = load("deaths_department_year")
    by_year = rows.groupby("year")["deaths_documented"].sum()
    by_side = rows.groupby("perpetrator_recorded")["deaths_documented"].sum()
    lists = load("victim_lists").query("region == 'all' and perpetrator_recorded == 'all'")
    names = lists[["in_commission", "in_ombudsman", "in_ngo_icrc"]]
    on_lists = lists["deaths_documented"].sum()
    regions = load("deaths_region_year").query("region != 'unknown'")
    counted = regions.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
    peaks, path = counted.idxmax(), right("06.1")
    in_1984 = (
        load("deaths_region_year")
        .query("year == 1984")
        .groupby("region")["deaths_documented"]
        .sum()
    )
    provinces = load("deaths_province").query("region == 'later_vraem_provinces'")
    districts = load("vraem_districts").groupby("zone_list")["province"].agg(set)
    cvr = load("cvr_figures").set_index("figure_id")["value"]
    toll = load("toll_estimates").set_index("estimate_id")["value"]
    late, huanuco = right("06.4"), right("06.5")
    state = regions[regions["perpetrator_recorded"] == "state_agents"]
    state = state.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
    alone = regions[regions["perpetrator_recorded"] == "shining_path"]
    alone = alone.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
    huallaga = alone["upper_huallaga_provinces"]
    without_a_peak = {"Tayacaja", "Churcampa", "Concepción", "Huancayo"}
    return {
        "on at least one of three lists": names.any().sum() == 3 and names.any(axis=1).all(),
        "The count had fallen in each year since 1989": (
            by_year.loc[1989:1992].diff().dropna() < 0
        ).all(),
        "Lists and estimate give two rankings": by_side.idxmax() == "state_agents",
        "In 1984 the five provinces hold": len(provinces) == 5,
        "Four regions, and the year in which each has most records": peaks.nunique() == 4,
        "names districts in eight provinces , a list of 2022 in four": {
            len(names) for names in districts
        }
        == {8, 4},
        "Write “five provinces that later held most of the VRAEM”": len(
            set(provinces["province"]) & set(districts["emergency_2020"])
        )
        == 5,
        "Inside the group of five the peaks differ": provinces["peak_year"].nunique() > 1,
        "three in four had first spoken Quechua": cvr["native_language_victims"] == 100 * 3 / 4,
        "Women told most of the testimonies": cvr["women_testified"] > 50,
        "Nine victims of all harms are registered for each person on the lists": round(
            cvr["registered_victims_2019"] / on_lists
        )
        == 9,
        "about one victim in five is a woman": all(
            15 < cvr[name] < 25
            for name in ("women_state_agents", "women_shining_path", "women_self_defence")
        ),
        "More than half of those who testified were women": cvr["women_testified"] > 50,
        "in each of the four regions": path.nunique() == 4,
        "Three regions keep their year": (path == peaks[path.index]).sum() == 3,
        "The records that name state agents peak where all do": (state.idxmax() == peaks).all(),
        "This peak is low and flat: 1990 is nearly as high": huallaga.idxmax() == 1993
        and huallaga[1990] > 9 / 10 * huallaga[1993],
        "more than half of all dated documented deaths were in five provinces": in_1984[
            "later_vraem_provinces"
        ]
        > in_1984.sum() / 2,
        "D fails for Tayacaja and three more": districts["emergency_2020"]
        ^ districts["direct_intervention_2022"]
        == without_a_peak,
        '"Most" is true of one and not of the other': late["all"] < 50 < late["named"],
        "A sixth of the events": abs(huanuco["events"] - 100 / 6) < 1,
        "four of five dead were men": all(
            cvr[name] < 25 for name in ("women_state_agents", "women_shining_path")
        ),
        "it had fallen each year since 1989": (by_year.loc[1989:1992].diff().dropna() < 0).all(),
        "more than in any other year": by_year.idxmax() == 1984,
        "Then for each person on a list another 1.5 to 2.1 are on none": toll["cvr2003_total"]
        > 2 * on_lists,
    }


EXPLAINS = [
    "Three words for three numbers",
    "lists heard the two sides' victims unequally",
    "class describe the three lines before you",
    "lesson draws the four on one scale",
    "Everybody writes three answers before the",
    "Go to the four places in the",
    "Read it at four places",
    "Two maps of two sides show less",
    "24,692 on three lists",
    "stand on at least one list",
    "Others stand on none",
    "three lists were compared",
    "removes people counted twice",
    "suffered about a fifth of the harm",
    "the year with most documented deaths in",
    "Series with these three labels",
    "Five sentences from drafts",
    'that later held most of the VRAEM."',
    '- C "All five of those provinces',
    "1993 to 2000 most killings were Shining",
    "Give three percentages in a",
    "when the one largest event is left",
    "one row are three maps",
    "a sample may never be added up",
    "In eighty to two hundred and fifty words",
    "at least 4,005 people are",
    "Three short sentences",
    "three mistakes that sound",
    "group by two columns",
    "years. gives the largest value",
    "years with the fewest records",
    "peak is the largest",
    "a side and two columns",
    "You let all five stand",
    "each against the two tables of the",
    "the two columns below the",
    "two below it",
    "Three divisions",
    "table without the largest row",
    "leaves the largest row out",
    "You left the largest event out above",
    "You left the largest event out of all three",
    "in the first two",
]
