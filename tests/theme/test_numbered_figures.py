"""A page numbers its figures and tables, and says from which tables of the course they come."""

from types import SimpleNamespace

from docutils import nodes
from docutils.utils import new_document

from theme.extension.figures import loaded, number_figures

FIGURE = '<figure class="course-figure"><p class="figure-title">It fell</p><svg/></figure>'
TABLE = '<div class="scroll"><table class="dataframe"><tbody></tbody></table></div>'


def cell(code: str, output: str) -> nodes.container:
    source = nodes.container("", nodes.literal_block("", code), classes=["cell_input"])
    shown = nodes.container("", nodes.raw("", output, format="html"), classes=["cell_output"])
    return nodes.container("", source, shown, classes=["cell"])


def page(name: str, *cells: nodes.container) -> list[str]:
    document = new_document("")
    document += list(cells)
    number_figures(
        SimpleNamespace(env=SimpleNamespace(docname=name, found_docs={"book/data/part-1"})),
        document,
    )
    return [node.astext() for node in document.findall(nodes.raw)]


CELLS = [
    ('area = load("cultivation")\ntext = load("bases")', TABLE),
    ("peru = area.head()\nfigure(peru)", FIGURE),
    ("figure(peru)", FIGURE.replace("course-figure", "course-explorer")),
]


def test_figures_and_tables_of_a_lesson_are_numbered_with_their_tables():
    table, first, second = page("notebooks/04-x", *(cell(*one) for one in CELLS))
    assert "<caption>Table 04.1, from <a href=" in table
    assert first.startswith('<figure id="figure-1" data-name="Figure 04.1" class="course-figure">')
    assert '<a class="number" href="#figure-1">Figure 04.1</a> It fell' in first
    assert 'From the table <a href="../book/data/part-1.html#table-cultivation"' in first
    assert "bases" not in first, "the figure does not need it"
    assert second.startswith('<figure id="figure-2" data-name="Figure 04.2" class="course-expl')


def test_other_pages_number_their_figures_and_leave_their_tables():
    assert ">Figure 1</a>" in page("book/atlas", cell(*CELLS[1]))[0]
    assert page("exercises/04-x", cell(*CELLS[0])) == [TABLE]


def test_a_figure_that_a_program_made_says_its_tables_itself():
    named = FIGURE.replace('figure">', 'figure" data-tables="cultivation bases">', 1)
    shown = page("book/atlas", cell("", named))[0]
    assert 'From the tables <a href="../book/data/part-1.html#table-cultivation"' in shown
    assert ">bases</a>" in shown
    assert 'href="book/data/part-1.html#table-cultivation"' in page("index", cell("", named))[0]


def test_paths_are_written_without_needless_blanks():
    drawn = FIGURE.replace("<svg/>", '<svg><path d="M 1.5 2 L 3 -4 C 1 2 3 4 5 6 z"/></svg>')
    assert '<path d="M1.5 2L3 -4C1 2 3 4 5 6z"/>' in page("book/atlas", cell("", drawn))[0]


def test_a_name_that_is_no_table_of_the_course_is_left_out():
    assert loaded(['load("cultivation"); load("nothing")']) == ["cultivation"]
    assert loaded([]) == []


def test_columns_of_words_do_not_stand_at_the_right_as_numbers_do():
    table = (
        "<table><thead><tr><th>side</th><th>deaths</th><th>said to be</th></tr></thead><tbody>"
        "<tr><th>a</th><td>12</td><td data-at='1,2'>members</td></tr>"
        "<tr><th>b</th><td></td><td>armed</td></tr></tbody></table>"
    )
    (node,) = page("book/atlas", cell("", FIGURE.replace("<svg/>", f"<svg/>{table}")))
    assert '<th>deaths</th><th class="words">said to be</th>' in node
    assert """<td>12</td><td data-at='1,2' class="words">members</td>""" in node
    assert '<td></td><td class="words">armed</td>' in node
