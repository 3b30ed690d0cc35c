"""Lesson NN: figures by hand, and what the prose says in words."""

import pytest

from course.tasks.lessonNN import TASKS

# Replace: what holds for every lesson is tested already. Here stands what only this lesson says:
# results written out by hand, and each statement of the prose that holds no digit.


def reference(task_id: str):
    return TASKS.by_id[task_id].reference()


class TestByHand:
    """With the printed figures written out."""

    def test_change_of_one_observer(self):
        assert reference("NN.1") == 23_100 - 20_200

    def test_change_in_percent(self):
        assert reference("NN.2") == pytest.approx(100 * (23_100 - 25_300) / 25_300)

    def test_gap_between_the_observers(self):
        gap = reference("NN.3")
        assert list(gap.index) == list(range(2012, 2019))
        assert gap.loc[2012] == 25_000 - 25_300
        assert gap.loc[2015] == 36_500 - 20_200

    def test_years_of_disagreement(self):
        assert reference("NN.4") == 5


class TestWhatTheProseSaysInWords:
    """Statements without digits, which the test of numbers cannot see."""

    def test_the_lowest_and_the_highest_year(self, lesson):
        assert lesson["un"].idxmin() == 2015, "falls to it and partly recovers"
        assert lesson["us"].idxmax() == 2016, "climbs to it and then falls"

    def test_both_say_more_only_since_2013(self, lesson):
        since = {first: lesson["since"](first) for first in range(2012, 2018)}
        assert [first for first, change in since.items() if min(change.values()) > 0] == [2013]

    def test_only_in_2016_do_both_report_growth(self, exercise):
        both = (exercise["un"].diff() > 0) & (exercise["us"].diff() > 0)
        assert both[both].index.to_list() == [2016]

    def test_the_explorer_stays_in_its_frame(self, lesson):
        changes = [lesson["since"](first) for first in range(2012, 2018)]
        assert all(-20 < percent < 40 for change in changes for percent in change.values())
