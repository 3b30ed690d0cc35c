"""Numbers in the tables of a page: grouped, without decimals that say nothing, and not changed."""

import pandas as pd
import pytest

from course.tables import series, table, written


@pytest.mark.parametrize(
    ("texts", "name", "shown"),
    [
        (["62500", "-10290"], "area_ha", ["62,500", "-10,290"]),
        (["16000.0", "NaN"], "target_ha", ["16,000", "NaN"]),
        (["2011.0", "NaN"], "first", ["2011", "NaN"]),  # years, whatever they are called
        (["2411", "57"], "point", ["2411", "57"]),
        (["1234.50", "0.25"], "price", ["1,234.50", "0.25"]),
        (["367.650341", "15.948624"], "amount", ["367.7", "15.9"]),
        (["0.333333", "-0.000001"], "share", ["0.333", "-0.000"]),
        (["14000", "none"], "value", ["14000", "none"]),
        (["9,243", "32"], "people", ["9,243", "32"]),  # written by the notebook itself
    ],
)
def test_a_column_is_written_for_a_reader(texts, name, shown):
    assert written(texts, name) == shown


def test_a_table_changes_its_numbers_only():
    frame = pd.DataFrame(
        {"year": [2011, 2012], "area_ha": [62500, 60400], "note": ["it's <b>", "12000"]},
        index=[10000, 10001],
    )
    before = frame.to_html(notebook=True)
    after = table(before)
    assert after == before.replace("62500", "62,500").replace("60400", "60,400")


def test_a_table_with_merged_row_labels_keeps_its_columns():
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [1500.5, 2.0]}, index=[["x", "x"], ["y", "z"]])
    after = table(frame.to_html(notebook=True))
    assert "<td>1</td>" in after
    assert "<td>1,500.5</td>" in after
    assert "<td>2.0</td>" in after


def test_a_series_loses_its_type_and_stays_in_line():
    areas = pd.Series([2143, 27994], ["Huallaga", "VRAEM"], name="area_ha")
    assert series(repr(areas)) == "Huallaga     2,143\nVRAEM       27,994\nName: area_ha"
    assert series(repr(pd.Series(["a"]))) == "0    a"
    assert series("dtype: a word") == "dtype: a word"
