"""The beginner's ladder: a lesson uses only the pandas that it or an earlier lesson introduces.

An idiom counts where it stands in code that a student reads: the visible cells of a lesson and
its exercise, solutions included. Figure code (matplotlib) does not.
"""

import ast
from pathlib import Path

import nbformat
import pytest

from tools.common.paths import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# What each lesson adds. From 06 on a lesson names at most two new idioms in its metadata.
LADDER = {
    "00": "head print loc",
    "01": "isin value_counts unique nunique sum shape columns tail index str contains",
    "02": "assign mean round min max astype copy abs",
    "03": "sort_values sort_index set_index diff pct_change shift iloc isna notna dropna idxmax "
    "idxmin reset_index plot",
    "04": "groupby agg size",
    "05": "merge",
}
# Further names of pandas that would be idioms to learn; anything else is not judged here.
OTHERS = """
apply map pivot pivot_table melt stack unstack concat join query where mask cumsum cumprod rolling
resample transform explode crosstab cut qcut rank describe sample drop rename rename_axis fillna
interpolate quantile std var median nlargest nsmallest duplicated drop_duplicates between clip
replace corr iterrows itertuples to_dict squeeze reindex combine_first first last count any all
ffill bfill to_numpy
"""
PANDAS = set(" ".join([OTHERS, *LADDER.values()]).split())


def student_code(number: str) -> str:
    """Return the code of a lesson and its exercise that a student meets, without figure code."""
    code = []
    for folder in ("notebooks", "exercises"):
        for path in (ROOT / folder).glob(f"{number}-*.ipynb"):
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code":
                    code.append(cell.source.replace("#~ ", ""))
    return "\n".join(code)


def idioms(code: str) -> set[str]:
    """Return the pandas idioms in a piece of code."""
    return {
        node.attr
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Attribute) and node.attr in PANDAS and not on_a_figure(node)
    }


def on_a_figure(node: ast.Attribute) -> bool:
    """Whether a method belongs to a matplotlib figure and not to a table."""
    return isinstance(node.value, ast.Name) and node.value.id in ("axes", "ax", "canvas", "fig")


def allowed(number: str) -> set[str]:
    known = set()
    for step, names in LADDER.items():
        if step <= number:
            known |= set(names.split())
    for path in LESSONS:
        if "06" <= path.stem[:2] <= number:
            known |= set(metadata(path)["new_pandas"])
    return known


def metadata(path: Path) -> dict:
    return nbformat.read(path, as_version=4).metadata["course"]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
class TestLadder:
    def test_a_lesson_uses_only_what_was_introduced(self, path):
        number = path.stem[:2]
        early = idioms(student_code(number)) - allowed(number)
        assert early == set(), f"{path.name}: pandas that no lesson has introduced (new_pandas)"

    def test_new_idioms_are_used_and_few(self, path):
        number, new = path.stem[:2], metadata(path)["new_pandas"]
        if number >= "06":
            assert len(new) <= 2, f"{path.name}: new_pandas names more than two idioms"
        used = idioms(student_code(number))
        # Only names that stand as a method can be looked for; "filter with a mask" cannot.
        idle = [name for name in new if name in PANDAS and name not in used]
        assert idle == [], f"{path.name}: new_pandas names what neither notebook uses"


def test_an_idiom_is_new_only_once():
    known = {name for names in LADDER.values() for name in names.split()}
    again = []
    for path in LESSONS:
        if path.stem >= "06":
            new = metadata(path)["new_pandas"]
            again += [f"{path.name}: {name}" for name in new if name in known]
            known |= set(new)
    assert again == [], "new_pandas names what an earlier lesson has introduced"


def test_an_idiom_too_early_is_found():
    assert idioms("x = t.groupby('a')['b'].sum()\naxes.plot(x)") == {"groupby", "sum"}
    assert "groupby" not in allowed("03")
