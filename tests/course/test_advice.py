"""What a beginner is told on an error of Python: the nearest name, and one sentence."""

import json

import pytest

from course import cells
from course.advice import dividing, unfitting

SETUP = """
import pandas as pd
from course.data import load
claims = load("claims")
t = pd.DataFrame({
    "area_ha": [1, 2, 3], "cultivation": [1.0, 2, 3], "country": ["Peru", "Peru", "Bolivia"],
    "date": ["2012-01-01", "2013-01-01", "2014-01-01"], "year": [2012, 2013, 2014],
})
by, un = t.set_index("year")["area_ha"], t.set_index("country")
two = t.set_index(["country", "year"])["area_ha"]
mask = t["country"] == "Peru"
d = {"alpha": 1, "beta": 2}
nothing = None
fields = pd.DataFrame({"n1": [1, 2], "n2": [3, 4]}, index=["upper", "lower"])
left = pd.Series([5, 6, 7], index=[57, 58, 59])
strata = left.rename_axis("stratum")
def chapman(n1, n2, both): return n1 * n2 / both
"""


@pytest.fixture(scope="module")
def space():
    made: dict = {"__name__": "__main__"}
    assert cells._run(SETUP, "Setup 1", made)[1] is None
    return made


@pytest.mark.parametrize(
    ("code", "first", "help_"),
    [
        ("x = “a”", "SyntaxError", "Use straight quotes"),
        ("x = ‘a’", "SyntaxError", "Use straight quotes"),
        (
            "x = \u221249800",
            "invalid character",
            "The sign \u2212 was copied from a text: in code it",
        ),
        ("x = 60400 \u00d7 1.5", "invalid character", "in code it is written *."),
        ("x = 3 \u2265 2", "invalid character", "in code it is written >=."),
        ("x\u00a0= 1", "SyntaxError", "invisible character"),
        ("x = 1\u200b", "SyntaxError", "invisible character"),
        ("print((1)", "never closed", "opened and not closed"),
        ("print(1))", "unmatched", "closed that was not opened"),
        ("%matplotlib inline", "SyntaxError", "begin with % or !"),
        ("!pip install seaborn", "SyntaxError", "begin with % or !"),
        (" square_km = 1", "IndentationError", "left over where # was deleted"),
        ("x = pd.Series({'a': …})", "SyntaxError", "The sign … stands for what you have to write"),
        ("x = ", "SyntaxError", "A value is missing"),
        ("x = {'a': }", "SyntaxError", "A value is missing"),
        ("x = {\n    'a': 'b'\n    'c': 'd',\n}", "SyntaxError", "A comma is missing"),
        ("t.set_index('year')['year']", "KeyError", "the labels of the rows now"),
        ("if True:\nx = 1", "IndentationError", "four blanks"),
        ("area = 60 400", "SyntaxError", "without blanks: 60400"),
        ("x = 3ha", "SyntaxError", "one point only"),
        ("if t = 3: pass", "SyntaxError", "== asks"),
        ("letter = The rondas are many", "SyntaxError", "Text stands between quotation marks"),
        ("kind == 'target'", "NameError: name 'kind' is not defined", "One = gives a name"),
        ("letter = There is no rate, and it is not known", "SyntaxError", "Text stands between"),
        ("x = 1 if t else if 2", "SyntaxError", ""),
        ("x = 'abc", "SyntaxError", "same mark at its end. Text of several lines"),
        ('x = """abc', "SyntaxError", "same mark at its end."),
        ("kind = figure", "NameError", "Then it needs quotation marks"),
        ("figure('a')", "NameError", "Run the first cell"),
        ("t.loc(2016)", "No axis named", "Square brackets choose"),
        ("for i in t\n    i", "SyntaxError", "ends with a colon"),
        ("t['area']", "Did you mean 'area_ha'?", "There are: 'area_ha', 'cultivation'"),
        ("t['cultivaton']", "Did you mean 'cultivation'?", "There are:"),
        ("t['Country']", "Did you mean 'country'?", "There are:"),
        ("t[['area_ha', 'contry']]", "Did you mean 'country'?", "called 'contry'"),
        ("t.groupby('county')", "Did you mean 'country'?", "There are:"),
        ("t.sort_values('yaer')", "Did you mean 'year'?", "There are:"),
        ("t.set_index('yaer')", "Did you mean 'year'?", "There are:"),
        ("t.merge(un, on='yer')", "Did you mean 'year'?", "There are:"),
        ("un.loc['Perú']", "Did you mean 'Peru'?", "There are: 'Peru', 'Bolivia'."),
        ("t.loc[mask, 'area']", "Did you mean 'area_ha'?", "There are:"),
        ("by.loc[2011]", "KeyError: 2011", "There are: 2012, 2013, 2014."),
        ("d['alpa']", "Did you mean 'alpha'?", "There are: 'alpha', 'beta'."),
        ("t.cultivaton", "Did you mean 'cultivation'?", 'table["name"]'),
        ("t.groupbby('country')", "Did you mean 'groupby'?", ""),
        ("pd.read_cvs('x')", "Did you mean 'read_csv'?", ""),
        ("from course.data import laod", "'course.data'. Did you mean 'load'?", "see the spelling"),
        ("claim", "Did you mean 'claims'?", "spelled the same way"),
        ("np.mean(3)", "NameError", "Write import numpy as np"),
        ("true", "Did you mean 'True'?", "capital letter there: True"),
        ("new_per_hectare(3)", "NameError", "in the lesson? Then run that cell first"),
        ("check", "NameError", "Run the first cell of the page"),
        ("t['area_ha'] > 1 & t['year'] < 2014", "ValueError", "Put each comparison in brackets"),
        ("t[t['country'] == 'Peru' & t['year'] == 2012]", "TypeError", "in brackets"),
        ("t[mask and mask]", "ValueError", "Join masks with & and |"),
        ("if t['year'] > 3: pass", "ValueError", "keep rows with table[mask]"),
        ("t['new'] = [1, 2]", "ValueError", "as many values are needed as there are rows"),
        ("t['new'] = [60,400, 3, 4]", "ValueError", "A comma separates values"),
        ("pd.DataFrame({'a': [1, 2], 'b': [1]})", "ValueError", "The lengths do not match"),
        ("t['area_ha'] = t['area_ha'] / 11,5", "ValueError", "A comma separates values"),
        ("t['area_ha'] = t['area_ha']/11,5", "ValueError", "A comma separates values"),
        ("x = 60,400\nx / 100", "TypeError", "A comma separates values"),
        ("kg = 11,5\nt['area_ha'] / kg", "could not be broadcast", "A comma separates values"),
        ("t['area_ha'] / (11,5)", "could not be broadcast", "A comma separates values"),
        ("kg = 11,5\n120 / kg", "TypeError", "A comma separates values"),
        ("t['area_ha'] + [1, 2]", "ValueError", "as many values are needed as there are rows"),
        ("t['area_ha'] / '11.5'", "TypeError", "a number has no quotation marks"),
        ("t['cultivation'] / '11,5'", "TypeError", "a number has no quotation marks"),
        ("'400,000' / 15179", "TypeError", "a number has no quotation marks"),
        ("t['cultivation'] * t['country']", "TypeError", "Text stands where a number is needed"),
        ("len(t['area_ha'].mean())", "TypeError", "this is one value"),
        ("t['area_ha'].mean().loc[2012]", "AttributeError", "a number, no table"),
        ("t['date'] - 2012", "TypeError", "pd.to_datetime"),
        ("'2012' + 1", "TypeError", "Text stands where a number is needed"),
        ("t['country'].mean()", "TypeError", "This column holds words"),
        ("x = 60,400\nx.mean()", "AttributeError", "A comma separates values"),
        ("pd.Series({'a': -76,600, 'b': 1})", "SyntaxError", "A comma separates values"),
        ("1 + 0,022", "SyntaxError", "A comma separates values"),
        ("pd.Series([1], index=[True]).loc[False]", "KeyError", "leave the other rows out?"),
        ("pd.Series('a': 1, 'b': 2)", "SyntaxError", "stand in curly brackets"),
        ("pd.Series({'a': 1 'b': 2})", "SyntaxError", "A comma is missing"),
        ("t['area_ha'] => 1", "SyntaxError", "The signs are written <=, >="),
        ("t['area_ha'].change()", "'change'", "There is no method called change"),
        ("t.crosstab(t['year'])", "AttributeError", "write pd.crosstab(…)"),
        ("crosstab(t['year'])", "NameError", "write pd.crosstab(…)"),
        ("t.groupby(year)", "NameError", 'in quotation marks: "year"'),
        ("by.loc['2012']", "KeyError", "write 2012, without quotation marks"),
        ("un.loc['Peru', 'Bolivia']", "KeyError", "a list, with two pairs of brackets"),
        ("un['area_ha'].loc['Peru', 'Bolivia']", "Error", "a list, with two pairs of brackets"),
        ("two.loc[2010:2012]", "Error", "Each row has two labels"),
        ("(two > 1).groupby('Country').mean()", "KeyError", "labelled by 'country', 'year'"),
        ("t['country' != 'Peru']", "KeyError", "A mask compares a column with a word"),
        ("t.groupby(mask)['year'].sum().loc['True']", "KeyError", "Write True without quotation"),
        ("pd.cut(t['area_ha'], [0, 5, 5])", "ValueError", "borders of cut"),
        (
            "t.groupby('year')['area_ha'] / t['area_ha'].sum()",
            "Value",
            "One value is itself several",
        ),
        ("t.groupby('year')['area_ha'] / 2", "TypeError", "Groups need .sum()"),
        ("t.share()", "'share'", "There is no method called share"),
        ("1 / 0", "ZeroDivisionError", "The number below the line is 0"),
        ("1 / (t['country'] == 'peru').sum().item()", "Zero", "There it is Peru."),
        ("mask['area_ha']", "KeyError", "This is a mask"),
        ("mask.area_ha", "AttributeError", "This is a mask"),
        ("mask.fraction()", "AttributeError", "There is no method called fraction"),
        ("t.averaging()", "AttributeError", "There is no method called averaging"),
        ("(~mask).5()", "SyntaxError", "the name of a method"),
        ("by.area_ha", "AttributeError", "no columns of its own"),
        ("by.loc['Peru']", "KeyError", "The labels here are numbers, such as 2012."),
        ("un.loc[2012]", "KeyError", "The labels here are text, such as 'Peru'"),
        ("t.iloc[10]", "IndexError", "fewer rows than that"),
        ("t[t['country'] == 'peru'].iloc[0]", "IndexError", "fits 0 rows"),
        ("t[mask.iloc[:2]]", "Unalignable", "made from another table"),
        ("input('how many?')", "Error", "input() cannot ask"),
        ("import urllib.request as u\nu.urlopen('https://127.0.0.1:1/x')", "Error", "cannot fetch"),
        ("pd.read_csv('https://127.0.0.1:1/x.csv')", "Error", "cannot fetch"),
        ("import seaborn", "ModuleNotFoundError", "This package is not here"),
        ("pd.read_csv('mine.csv')", "FileNotFoundError", 'load("name")'),
        ("import errno\nraise OSError(errno.EIO, '')", "OSError", "is there a network?"),
        # Python in a browser: nobody reads, and no safe line
        (
            "import errno\nif True: raise OSError(errno.EIO, 'input()')",
            "OSError",
            "input() cannot ask",
        ),
        (
            "if 'https://a.example': raise RuntimeError('TLS not supported in this environment')",
            "TLS not supported",
            "cannot fetch from the internet",
        ),
        ("nothing.sum()", "AttributeError", "is None"),
        ("sum(by.sum)", "TypeError", "Add the parentheses"),
        ("t(1)", "TypeError", "Square brackets choose"),
        ("float('60,400')", "ValueError", "This text is no number"),
        ("by.loc[010]", "SyntaxError", 'in quotation marks: .loc["010"]'),
        ("t[...]", "KeyError", "A ... still stands between brackets"),
        ("un['Peru']", "KeyError", "the label of a row: table.loc['Peru']"),
        ("un.index()", "TypeError", "without ()"),
        ("~t['country'] == 'Peru'", "TypeError", '~(table["column"] == "word")'),
        ("t['country'] == t['country'].mean()", "TypeError", "(one == other).mean()."),
        ("t.loc[mask] = 'high'", "TypeError", "Name the column too"),
        ("by.copy().loc[2012] = '8894'", "TypeError", "a number has no quotation marks"),
        ("t['cultivation'].copy().loc[0] = 38.4 / 100 * 23,161", "Error", "A comma separates"),
        ("t['area_ha'].copy()[t[['area_ha']] > 0]", "TypeError", "A whole table stands where"),
        ("t['area_ha'] == un['area_ha']", "ValueError", "other.loc[one.index]"),
        ("t['country'] == t", "ValueError", "A whole table stands where"),
        ("def f(a): return a\nf(1, 2)", "TypeError", "its line with def"),
        ("t[mask, t['year'] > 2012]", "InvalidIndexError", "Join two with &"),
        ("t['year', 'area_ha']", "KeyError", 'two pairs of brackets: table[["year", "area_ha"]]'),
        ("fields.loc['n1']", "KeyError", "It is a column: table['n1']."),
        ("left.iloc[59]", "IndexError", "The row with the label 59 is .loc[59]."),
        ("left['country']", "KeyError", "It is a column of a table, and this is no table"),
        ("strata['stratum']", "KeyError", "It gives the labels of the rows now"),
        ("~un.loc['Peru']", "TypeError", "~ turns round True and False"),
        ("~t.loc[0, 'country']", "TypeError", "~ turns round True and False"),
        ("chapman - 1", "TypeError", "call it, chapman(n1, n2, both)."),
        ("chapman(1, 2)", "TypeError", "more than it was given: chapman(n1, n2, both)."),
        ("x = ____ + 1", "NameError", "Fill in the blanks"),
        ("x = t['year'].____()", "AttributeError", "Fill in the blanks"),
        ("x = t['____']", "KeyError", "Fill in the blanks"),
    ],
)
def test_a_beginner_is_told(space, code, first, help_):
    error = cells._run(code, "Exercise 99.1", dict(space))[1]
    assert first in error["short"]
    assert help_ in error["help"]
    assert "`" not in error["help"]
    if not first.startswith("Did"):
        assert "Did you mean" not in error["short"] or "Did you mean" in first


def test_two_masks_are_not_repeated_row_by_row(space):
    error = cells._run("t[mask, mask]", "x", dict(space))[1]
    assert error["short"] == "Line 1: InvalidIndexError"


def test_what_a_browser_says_of_the_network(space):
    code = "class JsException(Exception): pass\nraise JsException('NetworkError: no https://x')"
    assert "cannot fetch" in cells._run(code, "x", dict(space))[1]["help"]


def test_open_answers_are_named_before_anything_else(space):
    error = cells._run("net + 1", "x", space | {"net": ...})[1]
    assert error["help"].startswith("net: still ...")


def test_advice_never_fails_on_an_odd_error(space):
    code = "class Odd(KeyError):\n    def __str__(self):\n        return 'odd'\nraise Odd()"
    assert cells._run(code, "x", dict(space))[1]["short"] == "Line 4: Odd: odd"
    broken = "class Odd(Exception):\n    def __str__(self):\n        raise ValueError\nraise Odd()"
    assert cells._run(broken, "x", dict(space))[1]["short"] == "Line 4: Odd"
    for raised in ("KeyError()", "NameError('x')", "AttributeError('x')", "ImportError('x')",
                   "KeyError(['a'])", "KeyError(('a', 1))", "SyntaxError('x')"):  # fmt: skip
        assert cells._run(f"raise {raised}", "x", dict(space))[1]["kind"]


def test_an_error_is_json(space):
    for code in ("t['\\ud800']", "raise ValueError('x' * 10)"):
        json.dumps(cells._run(code, "x", dict(space))[1])


class TestNotesOnAWrongAnswer:
    """What is said beside the verdict, of the cell's text."""

    @pytest.fixture
    def codes(self, space):
        return space | {"c": space["pd"].DataFrame({"code": ["not_established", "state"]})}

    def test_a_word_that_is_nearly_one_of_the_column_is_named_behind_unequal(self, codes):
        said = unfitting('c[c["code"] != "not established"]', codes)
        assert said == "No row of `c['code']` is `not established`. There it is `not_established`."
        assert unfitting('c[c["code"] != "other"]', codes) == ""

    def test_a_list_of_which_one_word_fits_is_no_empty_filter(self, codes):
        assert unfitting('c[c["code"].isin(["state", "private"])]', codes) == ""
        said = unfitting('c[c["code"].isin(["private"])]', codes)
        assert said.startswith("Your filter fits 0 rows: no row of `c['code']` is `private`.")

    def test_a_number_in_quotes_is_named_where_the_column_holds_numbers(self, codes):
        said = unfitting('t[t["year"] == "2012"]', codes)
        assert said.startswith("`t['year']` holds numbers, and between quotation marks `2012` is")
        assert unfitting('t[t["year"] == 2012]', codes) == ""

    @pytest.mark.parametrize(
        "code",
        ["k = a - b / 1 - b", "k = a / a + b * 100", "k = 9 * a / b - 1", "k = a - b / (1 - b)"],
    )
    def test_a_division_in_a_sum_is_named(self, code):
        assert dividing(code).startswith("Python divides first: `")

    def test_what_only_seems_to_stand_below_is_named(self):
        assert "of this line only `a` stands below, and `b` multiplies" in dividing("k = 1 / a * b")
        for right in ("k = 1 / a * 100", "k = a / 100 * b", "k = 1 / (a * b)"):
            assert dividing(right) == ""

    def test_true_in_quotation_marks_is_named_where_the_column_is_a_mask(self, codes):
        codes |= {"m": codes["pd"].DataFrame({"on": [True, False]})}
        said = unfitting('m[m["on"] == "True"]', codes)
        assert said.startswith("`m['on']` holds True and False, and in quotation marks they are")
        assert unfitting('m[m["on"] == True]', codes) == ""

    @pytest.mark.parametrize(
        "code",
        [
            *("k = (a + 1) * (b + 1) / (a + b) - 1", "k = (a - b) / (1 - b)", "k = a + b * 2"),
            *("k = a / b", "k = 9 * (a / b - 1)", "k ="),
        ],
    )
    def test_other_sums_are_not(self, code):
        assert dividing(code) == ""
