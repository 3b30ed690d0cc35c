"""Lesson 06: what its tasks, quiz, explorer and slides state in words."""

from course.data import load


def numbers(lesson, exercise, right, wrong):
    deaths, year, side = lesson["deaths"], lesson["total"], lesson["by_year"]
    region, cvr = lesson["by_region"], lesson["cvr"]["value"]
    count = "deaths_documented"
    listed = deaths[count].sum()
    sides = deaths.groupby("perpetrator_recorded")[count].sum()
    place = deaths.groupby(["perpetrator_recorded", "year", "department"])[count].sum()
    situation = deaths.groupby(["perpetrator_recorded", "situation"])[count].sum()
    ayacucho = deaths[deaths["department"] == "Ayacucho"].groupby("year")[count].sum()
    province = lesson["provinces"].set_index("province")
    ayacuchos = province[province["department"] == "Ayacucho"]
    toll = load("toll_estimates").set_index("estimate_id")
    low, high = (toll["value_low"]["cvr2003_total"], toll["value_high"]["cvr2003_total"])
    ucdp = load("conflict_totals")
    inside = ucdp[ucdp["internal"]]
    civilians = ucdp.set_index("conflict").loc["Sendero Luminoso - Civilians"]
    sample = lesson["events"]
    home = sample[sample["conflict"] != "Ecuador - Peru"]
    largest, sampled = (home["deaths_best"].max(), home["deaths_best"].sum())
    huanuco = home[home["department"] == "Huánuco"]["deaths_best"]
    known = deaths[deaths["year"] >= 1993]
    late = known[count].sum()
    nameless = known["perpetrator_recorded"].isin(["undetermined_or_missing", "clash_unattributed"])
    late_named = known[~nameless][count].sum()
    late_path = known[known["perpetrator_recorded"] == "shining_path"][count].sum()

    def gone(name):
        return 100 * situation[name, "disappeared"] / sides[name]

    return {
        "testimonies": f"{cvr['testimonies']:,.0f} testimonies",
        "reported": f"{toll['value']['cvr2003_reported']:,.0f}",
        "listed": f"{listed:,}",
        "estimated": f"{low:,} to {high:,}",
        "on_none": f"{(low - listed) / listed:.1f} to {(high - listed) / listed:.1f}",
        "lima_1992": f"{right('06.t1'):,.0f} people",
        "no_year_sum": f"{listed:,} − {year.sum():,} = {listed - year.sum():,} people",
        "no_year": f"{listed - year.sum():,}",
        "in_1984": f"{year[1984]:,}",
        "in_1989": f"{year[1989]:,}",
        "in_1983": f"{year[1983]:,}",
        "in_1990": f"{year[1990]:,}",
        "in_1992": f"{year[1992]:,}",
        "in_1993": f"{year[1993]:,}",
        "in_1994": f"{year[1994]:,}",
        "huallaga_1991": f"{region[1991, 'upper_huallaga_provinces']:,}",
        "five_1984": f"{region[1984, 'later_vraem_provinces']:,}",
        "five_share": f"{100 * region[1984, 'later_vraem_provinces'] / year[1984]:.0f}%",
        "no_province": f"{ayacuchos[count]['not recorded']:,} people",
        "satipo_path": f"{province['deaths_shining_path']['Satipo']:,}",
        "satipo": f"{province[count]['Satipo']:,}",
        "at_ayacuchos_rate": f"{cvr['toll_at_ayacucho_rate'] / 1000000:.1f} million",
        "rural": f"{cvr['rural_victims']:.0f}%",
        "rural_people": f"{cvr['rural_population']:.0f}%",
        "farmed": f"{cvr['farming_victims']:.0f}%",
        "women_testified": f"{cvr['women_testified']:.0f}%",
        "women_testified_ayacucho": f"{cvr['women_testified_ayacucho']:.0f}%",
        "women_state": f"{cvr['women_state_agents']:.1f}%",
        "women_path": f"{cvr['women_shining_path']:.1f}%",
        "rape_cases": f"{cvr['rape_cases']:.0f} cases",
        "rape_women": f"{cvr['rape_cases_women']:.0f} of them",
        "rape_state": f"{cvr['rape_state_agents']:.0f}%",
        "displaced": f"{cvr['displaced']:,.0f} people",
        "accredited": f"{cvr['registered_victims_2019']:,.0f}",
        "no_department": f"{deaths[deaths['department'] == 'unknown'][count].sum():,}",
        "state_1984_ayacucho": f"{place['state_agents', 1984, 'Ayacucho']:,} deaths",
        "state_1984": f"{side[1984, 'state_agents']:,} laid",
        "path_1984_ayacucho": f"{place['shining_path', 1984, 'Ayacucho']:,} of",
        "path_1984": f"{side[1984, 'shining_path']:,} laid",
        "path_1989_ayacucho": f"{place['shining_path', 1989, 'Ayacucho']:,} deaths",
        "path_1990_junin": f"{place['shining_path', 1990, 'Junín']:,} against",
        "path_1990_ayacucho": f"{place['shining_path', 1990, 'Ayacucho']:,} deaths",
        "state_1992_huanuco": f"{place['state_agents', 1992, 'Huánuco']:,} deaths",
        "state_1992_junin": f"({place['state_agents', 1992, 'Junín']:,})",
        "state_1992_san_martin": f"({place['state_agents', 1992, 'San Martín']:,})",
        "state_1992_ayacucho": f"({place['state_agents', 1992, 'Ayacucho']:,})",
        "unnamed_1983": f"{100 * side[1983, 'undetermined_or_missing'] / year[1983]:.0f}%",
        "unnamed_1999": f"{100 * side[1999, 'undetermined_or_missing'] / year[1999]:.0f}%",
        "register_2011": f"{toll['value']['ruv2011_dead_missing']:,}",
        "share_1984_printed": f"{cvr['share_1984']:.0f} percent",
        "share_1984": f"{100 * year[1984] / year.sum():.1f}%",
        "share_1984_ayacucho": f"{100 * ayacucho[1984] / ayacucho.sum():.1f}%",
        "disappeared": f"{deaths[deaths['situation'] == 'disappeared'][count].sum():,}",
        "disappeared_2002": f"{toll['value']['ombudsman2002_disappeared']:,}",
        "disappeared_2021": f"{toll['value']['renade2021']:,}",
        "disappeared_1984": f"{toll['value']['renade2021_1984']:,}",
        "lists_from_1989": f"{year[year.index >= 1989].sum():,}",
        "ucdp": f"{inside['deaths_best'].sum():,}",
        "path_events": f"{civilians['events']:.0f} events",
        "path_deaths": f"{civilians['deaths_best']:.0f} deaths",
        "path_high": f"{civilians['deaths_high']:,}",
        "before_ucdp": f"{100 * year[year.index < 1989].sum() / year.sum():.0f}%",
        "largest_event": f"{largest} of the",
        "unnamed": f"{sides['undetermined_or_missing']:,} people",
        "gone_state": f"{gone('state_agents'):.0f}%",
        "gone_path": f"{gone('shining_path'):.0f}%",
        "gone_rondas": f"{gone('self_defence_rondas'):.0f}%",
        "late_all": f"{100 * late_path / late:.1f}%",
        "late_named": f"{100 * late_path / late_named:.1f}%",
        "huanuco_deaths": f"{100 * huanuco.sum() / sampled:.1f}%",
        "huanuco_usual": f"{100 * (huanuco.sum() - largest) / (sampled - largest):.1f}%",
    }


def statements(lesson, exercise, right, wrong):
    by_year, regions = lesson["total"], lesson["regions"].query("region != 'unknown'")
    cvr, provinces = lesson["cvr"]["value"], lesson["five"]
    by_side = lesson["deaths"].groupby("perpetrator_recorded")["deaths_documented"].sum()
    lists = load("victim_lists").query("region == 'all' and perpetrator_recorded == 'all'")
    names = lists[["in_commission", "in_ombudsman", "in_ngo_icrc"]]
    on_lists = lists["deaths_documented"].sum()
    peaks, path = lesson["moved"].drop(columns="unknown").idxmax(), right("06.1")
    in_1984 = lesson["moved"].loc[1984]
    districts = load("vraem_districts").groupby("zone_list")["province"].agg(set)
    toll = load("toll_estimates").set_index("estimate_id")["value"]
    late, huanuco = right("06.4"), right("06.5")
    state = regions[regions["perpetrator_recorded"] == "state_agents"]
    state = state.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
    alone = regions[regions["perpetrator_recorded"] == "shining_path"]
    alone = alone.groupby(["year", "region"])["deaths_documented"].sum().unstack().fillna(0)
    huallaga = alone["upper_huallaga_provinces"]
    without_a_peak = {"Tayacaja", "Churcampa", "Concepción", "Huancayo"}
    sides = lesson["by_year"].unstack()
    unnamed = sides["undetermined_or_missing"] / sides.sum(axis=1)
    inside = load("vraem_districts")["province"].isin(provinces["province"])
    return {
        "Two maps of two sides show less": unnamed[1999] > unnamed[1983],
        "suffered about a fifth of the harm": 15 < cvr["women_state_agents"] < 25
        and 15 < cvr["women_shining_path"] < 25,
        'that later held most of the VRAEM."': inside.groupby(load("vraem_districts")["zone_list"])
        .mean()
        .min()
        > 1 / 2,
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
    "the label of the largest value",
    "the first year with the fewest records",
    "Three words for three numbers",
    "lists heard the two sides' victims unequally",
    "class describe the three lines before you",
    "lesson draws the four on one scale",
    "Everybody writes three answers before the",
    "Go to the four places in the",
    "Read it at four places",
    "24,692 on three lists",
    "stand on at least one list",
    "Others stand on none",
    "three lists were compared",
    "removes people counted twice",
    "the year with most documented deaths in",
    "Series with these three labels",
    "Five sentences from drafts",
    '- C "All five of those provinces',
    "1993 to 2000 most killings were Shining",
    "each value is one of two words",
    "The same for two sides in each year",
    "A sixth sentence",
    "leaves the largest out",
    "The answer is a Series with three percentages",
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
    "You left the largest event out above",
    "You left the largest event out of all three",
    "in the first two",
]
