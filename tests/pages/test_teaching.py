"""The teaching kit: schedules from the lessons, plans that add up, sheets tied to the tables."""

import importlib
import re
from dataclasses import replace

import pytest

from course.checks import Misconception
from course.data import load
from tools.authoring.numbers.beside import Beside
from tools.authoring.numbers.quantities import MONTHS, unexplained
from tools.authoring.numbers.texts import readable
from tools.common.errors import UserError
from tools.common.paths import ROOT
from tools.pages import teaching

KIT = ROOT / "book" / "teaching"
LESSONS = teaching.lessons()
PLAYS = teaching.role_plays(LESSONS)
SECTIONS = ("Timed plan", "Discussion", "On the board", "Where students stumble")
ALTERNATIVE = "The content note and its alternative"


def by_name(lesson) -> str:
    return lesson.name


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {title!r}"
    return found[1]


def questions(text: str) -> list[tuple[str, str]]:
    """Return the bold questions that begin a paragraph, each with what follows it."""
    return re.findall(r"^\*\*(.+?[?.])\*\* (.+)$", text, re.MULTILINE)


# Schedules ---------------------------------------------------------------------------------------


def made_up(number: str, needs: tuple[str, ...] = (), minutes: int = 75) -> teaching.Lesson:
    return teaching.Lesson(
        number, "slug", "Why?", "I", ("Say why.",), 35, minutes - 35, needs, ("sum",), "", ()
    )


class TestSyllabi:
    @pytest.mark.parametrize("syllabus", teaching.SYLLABI, ids=lambda one: one.title)
    def test_what_a_lesson_needs_comes_before_it_or_is_named(self, syllabus):
        items = [item for run in teaching.sessions(syllabus, LESSONS, PLAYS) for item in run]
        named = {lesson.number for lesson in teaching.not_taught(items, LESSONS)}
        needs = {lesson.number: set(lesson.needs) for lesson in LESSONS}
        before: set[str] = set()
        for item in items:
            assert needs.get(item.lesson, set()) <= before | named, item
            before.add(item.lesson)

    def test_the_long_ones_hold_every_lesson_and_need_nothing_else(self):
        for syllabus in teaching.SYLLABI[:3]:
            items = [item for run in teaching.sessions(syllabus, LESSONS, PLAYS) for item in run]
            assert [item.lesson for item in items if item.lesson] == [
                lesson.number for lesson in LESSONS
            ]
            assert teaching.not_taught(items, LESSONS) == []

    @pytest.mark.parametrize("syllabus", teaching.SYLLABI, ids=lambda one: one.title)
    def test_the_page_adds_the_minutes_up(self, syllabus):
        text = section(teaching.syllabi_page(LESSONS), syllabus.title)
        minutes = [int(last) for last in re.findall(r"\| (\d+) \|$", text, re.MULTILINE)]
        assert 1 <= len(minutes) <= syllabus.sessions
        assert f"In all {sum(minutes):,} minutes" in text
        by_hand = 0
        for lesson in LESSONS:
            if not syllabus.only or lesson.number in syllabus.only:
                alone = lesson.number in syllabus.text_alone
                by_hand += lesson.reading if alone else lesson.reading + lesson.exercises
        by_hand += sum(play.minutes for play in PLAYS if play.name in syllabus.plays)
        assert sum(minutes) == by_hand

    def test_longer_lessons_make_a_longer_schedule(self):
        longer = [replace(lesson, exercises=lesson.exercises + 7) for lesson in LESSONS]
        before, after = teaching.syllabi_page(LESSONS), teaching.syllabi_page(longer)
        totals = [re.findall(r"In all ([\d,]+)", text) for text in (before, after)]
        assert all(a != b for a, b in zip(*totals, strict=True))

    @pytest.mark.parametrize(
        ("minutes", "number", "runs"),
        [
            ([30, 75, 75, 75], 3, [[30, 75], [75], [75]]),
            ([75, 75, 85, 75], 2, [[75, 75], [85, 75]]),
            ([75, 75], 14, [[75], [75]]),
            ([75], 1, [[75]]),
        ],
    )
    def test_the_longest_session_is_as_short_as_can_be(self, minutes, number, runs):
        items = [teaching.Item("", length) for length in minutes]
        shared = teaching.share_out(items, number)
        assert [[item.minutes for item in run] for run in shared] == runs

    def test_what_is_left_out_is_found_through_other_lessons(self):
        known = [made_up("01"), made_up("02", ("01",)), made_up("03", ("02",)), made_up("04")]
        items = [teaching.Item("", 75, "03")]
        assert [lesson.number for lesson in teaching.not_taught(items, known)] == ["01", "02"]

    def test_a_role_play_waits_for_its_lesson(self):
        until = [lesson for lesson in LESSONS if lesson.number < "12"]
        assert {play.name for play in teaching.role_plays(until)} == {"council"}


class TestTimes:
    def test_a_plan_takes_as_long_as_its_last_minute(self):
        assert teaching.minutes_of("- **0–6.** Read.\n- **6–75.** Work.", "x") == 75

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("Read.", "x has no timed plan"),
            ("- **0–6.** Read.\n- **7–9.** Work.", "goes to minute 6, then says 7–9"),
            ("- **0–6.** Read.\n- **5–9.** Work.", "goes to minute 6, then says 5–9"),
            ("- **5–9.** Read.", "goes to minute 0, then says 5–9"),
            ("- **0–0.** Read.", "goes to minute 0, then says 0–0"),
        ],
    )
    def test_a_gap_is_named(self, text, message):
        with pytest.raises(UserError, match=message):
            teaching.minutes_of(text, "x")


# Plans -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS, ids=by_name)
class TestPlan:
    def test_its_minutes_are_those_of_the_session(self, lesson):
        timed = section(teaching.plan_text(lesson), "Timed plan")
        minutes = teaching.minutes_of(timed, lesson.name)
        assert minutes == lesson.minutes, f"plans/{lesson.name}.md: not the lesson's minutes"

    def test_its_content_note_has_an_alternative(self, lesson):
        text = teaching.plan_text(lesson)
        has_one = f"## {ALTERNATIVE}\n" in text and section(text, ALTERNATIVE).strip()
        assert has_one or not lesson.content_note, f"plans/{lesson.name}.md lacks: {ALTERNATIVE}"

    def test_every_number_is_one_of_the_lessons(self, lesson):
        """A plan quotes what the lesson computes, so it changes when the tables do."""
        path = teaching.NOTEBOOKS / f"{lesson.name}.ipynb"
        text = teaching.plan_text(lesson).replace("```text", "").replace("```", "")
        text = teaching.TIMED.sub("", readable(text))
        # places in the lesson, and the one of a formula
        text = re.sub(r"\b[Ss]teps? \d( to \d| and \d)?\b|\b[Qq]uestion \d\b|\b1 - ", "", text)
        loose = unexplained(text, set(Beside(path).numbers().values()))
        assert loose == [], f"plans/{lesson.name}.md: numbers that the lesson does not compute"

    def test_the_tasks_it_names_exist(self, lesson):
        for task_id in re.findall(r"\b(\d\d\.\d)\b", teaching.plan_text(lesson)):
            tasks = importlib.import_module(f"course.tasks.lesson{task_id[:2]}").TASKS
            assert task_id in tasks.by_id

    def test_the_page_says_what_the_metadata_say(self, lesson):
        page = teaching.plan_page(lesson, LESSONS)
        assert page.startswith(f"# Plan {lesson.number}: {lesson.title}\n")
        assert f"{lesson.minutes} minutes" in page
        for objective in lesson.objectives:
            assert f"- {objective}\n" in page
        for task in lesson.tasks:
            assert f"**{task.id} {task.title}**" in page
            for line in task.rubric:
                assert f"- {line}\n" in f"{page}\n"

    def test_every_mistake_is_told_with_its_message(self, lesson):
        page = teaching.plan_page(lesson, LESSONS)
        for task in lesson.tasks:
            messages = [known.message for known in task.misconceptions]
            for message in messages:
                parts = [other for other in messages if other in message and other != message]
                assert all(part in page for part in parts or [message]), message


@pytest.mark.parametrize("path", sorted(teaching.PLANS.glob("*.md")), ids=lambda path: path.stem)
class TestHandWrittenPlan:
    """Also a plan that waits for its lesson."""

    def test_it_has_its_parts_in_order(self, path):
        found = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        wanted = [*SECTIONS, ALTERNATIVE][: max(len(found), len(SECTIONS))]
        assert found == wanted, f"plans/{path.name}: its sections"

    def test_each_minute_has_its_place(self, path):
        timed = section(path.read_text("utf-8"), "Timed plan")
        assert teaching.minutes_of(timed, path.name) >= 30

    def test_each_question_has_what_a_good_answer_contains(self, path):
        asked = questions(section(path.read_text("utf-8"), "Discussion"))
        assert 3 <= len(asked) <= 4, f"plans/{path.name}: ask three or four questions"
        for question, answer in asked:
            assert "?" in question
            assert len(answer.split()) >= 20, question

    def test_it_has_one_board_that_fits(self, path):
        board = section(path.read_text("utf-8"), "On the board")
        sketches = re.findall(r"^```text\n(.*?)^```$", board, re.MULTILINE | re.DOTALL)
        assert len(sketches) == 1, f"plans/{path.name}: one block of `text` for the board"
        [sketch] = sketches
        assert max(len(line) for line in sketch.splitlines()) <= 60
        assert sketch.isascii(), "a board is drawn alike in every font"


class TestPlans:
    def test_a_lesson_without_a_plan_is_named(self, tmp_path):
        lesson = made_up("15")
        with pytest.raises(UserError, match=r"lesson 15 has no teaching plan; write .*15-slug\.md"):
            teaching.plan_page(lesson, [lesson], tmp_path)

    def test_every_plan_has_its_lesson_or_waits_for_it(self):
        slugs = {lesson.number: lesson.name for lesson in LESSONS}
        for path in teaching.PLANS.glob("*.md"):
            assert slugs.get(path.stem[:2], path.stem) == path.stem

    def test_a_lesson_whose_metadata_lack_something_is_named(self, tmp_path):
        whole = (teaching.NOTEBOOKS / f"{LESSONS[3].name}.ipynb").read_text("utf-8")
        (tmp_path / "03-slug.ipynb").write_text(whole.replace('"needs"', '"need"'), "utf-8")
        with pytest.raises(UserError, match=r"03-slug\.ipynb: its metadata `course` lack 'needs'"):
            teaching.lessons(tmp_path)

    def test_links_start_from_the_page(self, tmp_path):
        lesson = made_up("15")
        (tmp_path / "15-slug.md").write_text("- **0–9.** See [this](../hearing.md).", "utf-8")
        assert teaching.plan_text(lesson, tmp_path).endswith("[this](hearing.md).")

    def test_a_mistake_that_joins_two_others_is_told_once(self):
        task = replace(
            LESSONS[0].tasks[0],
            misconceptions=[
                Misconception("one", int, "Look again."),
                Misconception("other", int, "Count again."),
                Misconception("both", int, "Look again. Count again."),
            ],
        )
        assert [name for name, _ in teaching.distinct(task)] == ["one", "other"]


class TestRubrics:
    def test_every_written_task_stands_with_its_lines(self):
        text = teaching.written_tasks(LESSONS)
        written = [task for lesson in LESSONS for task in lesson.tasks if task.rubric]
        assert len(written) >= len(LESSONS)
        for task in written:
            assert f"[{task.id}]" in text
            assert all(f"- {line}" in text for line in task.rubric)

    def test_the_weights_are_a_whole(self):
        table = section((KIT / "assessment.md").read_text("utf-8"), "Weights")
        weights = [int(weight) for weight in re.findall(r"\| (\d+)% \|$", table, re.MULTILINE)]
        assert len(weights) >= 5
        assert sum(weights) == 100


# Role plays --------------------------------------------------------------------------------------


def share(part: float, whole: float, digits: int = 0) -> str:
    return f"{100 * part / whole:.{digits}f}%"


def ayacucho() -> list[str]:
    """Return deaths in Ayacucho laid to Shining Path, before and after committees spread."""
    deaths = load("deaths_department_year")
    laid = deaths[deaths["perpetrator_recorded"] == "shining_path"]
    laid = laid[laid["department"] == "Ayacucho"].groupby("year")["deaths_documented"].sum()
    return [f"{laid.loc[1989]:.0f} in 1989", f"{laid.loc[1994]:.0f} in 1994"]


def hearing() -> dict[str, list[str]]:
    """Return what each role of the hearing alone knows, computed from the tables."""
    peru = load("selfdefense_figures").set_index("figure_id")
    value = peru["value"]
    tip = peru.loc["checkpoint_tip_2023"]
    zones = load("cultivation_zones")
    zones = zones[(zones["series"] == "devida") & (zones["year"] == 2024)]
    vraem = zones.set_index("zone")["area_ha"].loc["VRAEM"]
    country = load("cultivation")
    country = country[(country["series"] == "devida") & (country["year"] == 2024)]
    area = country["area_ha"].item()
    quoted = load("quoted_figures").set_index("figure_id")
    return {
        "a delegate of the Ombudsman": [
            f"{value['rondas_as_perpetrator']:.0f} records",
            f"{value['rondas_as_perpetrator_vraem']:.0f} of them",
        ],
        "an officer of the Joint Command": [
            f"{value['committees_recognised_2022']:.0f} committees",
            f"{value['weapons_registered_2022']:,.0f} weapons",
        ],
        "a delegate of a committee": [
            *ayacucho(),
            f"{tip['value_low']} to {tip['value_high']:.0f} soles",
        ],
        "a delegate of the ronda federation": [
            f"{value['votes_for_2022']:.0f} votes",
            f"{value['votes_against_2022']:.0f} against",
            f"{value['votes_abstained_2022']:.0f} abstentions",
        ],
        "the widow of a committee member": [f"{value['compensated_dead_2007']:.0f} dead"],
        "a delegate of a coca growers' union": [
            f"{vraem:,.0f} ha",
            f"{area:,.0f} ha",
            share(vraem, area),
        ],
        "the finance ministry": [
            f"{value['shotguns_issued']:,.0f} shotguns",
            f"{value['shotguns_returned_2006']:.0f} of them",
        ],
        "an observer for the Inter-American Court": [quoted["as_printed"]["amnesty_sentences"]],
    }


def council() -> dict[str, list[str]]:
    """Return what each role of the council alone knows, computed from the tables."""
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    quoted = load("quoted_figures").set_index("figure_id")
    commission = load("cvr_figures").set_index("figure_id")["value"]
    deaths = load("deaths_department_year")
    by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
    shares = load("toll_shares").set_index("share_id")["share_percent"]
    members, guns = value["members_paper_2006"], value["shotguns_issued"]
    community = quoted.loc["peace_community_size", "value_high"]
    rondas = value["rondas_as_perpetrator"]
    return {
        "a member of a committee elsewhere": [
            f"{members:,.0f} members",
            f"{guns:,.0f} shotguns",
            f"for {members / guns:.0f} members",
            *ayacucho(),
        ],
        "a young man who would have to serve": [f"over {value['service_age_1991']:.0f} served"],
        "a mother with relatives in town": [f"{commission['displaced']:,.0f} people"],
        "a teacher who visited a neutral community": [
            f"fewer than {community:,.0f} people",
            f"{quoted.loc['peace_community_killed_2005', 'value']:.0f} members",
        ],
        "the head of the mothers' club": [
            f"{commission['women_testified_ayacucho']:.0f}%",
            f"{commission['women_testified']:.0f}%",
        ],
        "an envoy of the neighbouring village": [
            f"{by_side.sum():,.0f} deaths",
            f"{rondas:.0f} are",
            share(rondas, by_side.sum(), 1),
        ],
        "an old man who has seen both sides come": [
            share(by_side["state_agents"], by_side.sum(), 1),
            share(by_side["shining_path"], by_side.sum(), 1),
            f"Path {shares['annex3_shining_path']:.0f} percent",
            f"committees {shares['annex3_state']:.0f} percent",
        ],
        "a delegate of the state": [quoted.loc["peic_effect", "as_printed"]],
    }


def reparations_board() -> dict[str, list[str]]:
    """Return what each role of the board alone knows, computed from the tables."""
    value = load("selfdefense_figures").set_index("figure_id")["value"]
    quoted = load("quoted_figures").set_index("figure_id")
    commission = load("cvr_figures").set_index("figure_id")["value"]
    return {
        "an official of the register": [f"{commission['registered_victims_2019']:,.0f} victims"],
        "a delegate of the Ombudsman": [
            quoted.loc["reparations_listed_2014", "as_printed"],
            f"{quoted.loc['reparations_uncollected_2014', 'value_low']:,.0f} had not",
        ],
        "a delegate of families of dead committee members": [
            f"{value['compensated_dead_2007']:.0f} dead"
        ],
        "a neighbour whom a committee harmed": [
            f"{value['rondas_as_perpetrator_vraem']:.0f} deaths"
        ],
        "a delegate of a women's organisation": [
            f"{commission['women_testified']:.0f}%",
            f"{commission['women_testified_ayacucho']:.0f}%",
        ],
        "a delegate of native communities": [
            f"{quoted.loc['ashaninka_captive', 'value']:,.0f} Asháninka"
        ],
        "a lawyer for people falsely accused": [
            quoted.loc["falsely_accused_network", "as_printed"],
            f"{quoted.loc['falsely_accused_held', 'value']:.0f} were still",
        ],
        "the finance ministry": [f"{commission['registered_victims_2011']:,.0f} victims"],
    }


TRUE_FIGURES = {
    "council": council(),
    "hearing": hearing(),
    "reparations-board": reparations_board(),
}
ROLES = [(play, role) for play, figures in TRUE_FIGURES.items() for role in figures]


def text_of(play: str) -> str:
    return (KIT / f"{play}.md").read_text("utf-8")


def sheets(play: str) -> dict[str, str]:
    """Return the role sheets of a role play by the last words of their titles."""
    parts = re.split(r"^## Role sheet \d: ", text_of(play), flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


def holders(play: str, printed: str) -> list[str]:
    """Return the roles on whose sheet a figure stands."""
    # a space or the start before it: 0 of them is not the end of 10 of them
    figure = re.compile(rf"(?<![\d.,]){re.escape(printed)}")
    return [role for role, text in sheets(play).items() if figure.search(text)]


@pytest.mark.parametrize(("play", "role"), ROLES)
class TestSheet:
    def test_its_figure_stands_on_it_alone_and_comes_from_a_table(self, play, role):
        for printed in TRUE_FIGURES[play][role]:
            assert holders(play, printed) == [role], printed

    def test_it_holds_no_other_number(self, play, role):
        text = re.sub(r"\{cite:p\}`[^`]*`", "", sheets(play)[role].split("\n", 1)[1])
        for printed in sorted(TRUE_FIGURES[play][role], key=len, reverse=True):
            text = text.replace(printed, "")
        months = MONTHS
        text = re.sub(
            rf"\b(3 October|9 January)\b|\b({months}) (19|20)\d\d\b|\b(19|20)\d\d(–(19|20)\d\d)?\b"
            r"|[Aa]rticle \d",
            "",
            text,
        )
        assert re.findall(r"\d[\d,.]*", text) == []

    def test_it_is_whole(self, play, role):
        text = sheets(play)[role]
        for part in ("speak for", "want", "Your figure", "How sure it is", "may ask", "not know"):
            assert len(re.findall(rf"^\*\*[^*]*{part}", text, re.MULTILINE)) == 1, part
        asked = re.search(r"\*\*You may ask\.\*\* (.+)", text)[1]
        assert asked.count("?") == 2
        figure = re.search(r"\*\*Your figure\.\*\* (.+)", text)[1]
        assert "{cite:p}" in figure


@pytest.mark.parametrize("play", teaching.ROLE_PLAYS)
class TestRolePlay:
    def test_every_role_has_its_figure(self, play):
        assert list(sheets(play)) == list(TRUE_FIGURES[play])
        assert len(sheets(play)) == 8

    def test_its_plan_fills_the_hour_and_hears_every_role(self, play):
        text = text_of(play)
        assert teaching.minutes_of(text, play) == 60
        words = {"two": 2, "three": 3}
        start, end, each = re.search(
            r"^- \*\*(\d+)–(\d+)\.\*\* Eight statements of (\w+) minutes", text, re.MULTILINE
        ).groups()
        assert len(sheets(play)) * words[each] == int(end) - int(start)

    def test_nobody_needs_to_play(self, play):
        text = text_of(play)
        apart = section(text, "Clerk and observer")
        assert "**clerk**" in apart
        assert "**observer**" in apart
        assert "marked like a role" in apart
        assert "**Content note.**" in text.split("## ")[0]
        assert "a patrol, a fight or a raid" in text.split("## ")[0]

    def test_its_debrief_has_what_good_answers_contain(self, play):
        asked = questions(section(text_of(play), "Debrief, with what good answers contain"))
        assert len(asked) >= 4
        assert all(len(answer.split()) >= 15 for _, answer in asked)

    def test_only_the_sheets_hold_figures(self, play):
        """Whoever reads the plan aloud gives no role's figure away."""
        before = text_of(play).split("## Role sheet")[0]
        for figures in TRUE_FIGURES[play].values():
            assert not [printed for printed in figures if printed in before]

    def test_a_role_has_a_sheet_of_paper(self, play):
        styles = (ROOT / "theme" / "static" / "course.css").read_text("utf-8")
        assert 'section[id^="role-sheet"] { break-before: page; }' in styles
        assert len(re.findall(r"^## Role sheet \d: ", text_of(play), re.MULTILINE)) == 8


class TestWhatTheRolePlaysSayInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_the_register_grew_more_than_threefold_in_eight_years(self):
        commission = load("cvr_figures").set_index("figure_id")["value"]
        grown = commission["registered_victims_2019"] / commission["registered_victims_2011"]
        assert 3 < grown < 4
        assert 2019 - 2011 == 8

    def test_most_deaths_are_laid_to_the_two_sides_and_few_to_rondas(self):
        deaths = load("deaths_department_year")
        by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
        assert by_side[["state_agents", "shining_path"]].sum() / by_side.sum() > 0.8

    def test_the_estimate_turns_the_order_round(self):
        deaths = load("deaths_department_year")
        by_side = deaths.groupby("perpetrator_recorded")["deaths_documented"].sum()
        assert by_side["state_agents"] > by_side["shining_path"]
        estimated = load("toll_shares").set_index("share_id")["share_percent"]
        assert estimated["annex3_state"] < estimated["annex3_shining_path"]
