"""Words of other languages are marked where they stand, and nowhere else."""

import pytest

from theme.extension.languages import marked


def test_a_word_is_marked_with_its_language():
    assert marked("<p>A <em>rondero</em>.</p>") == (
        '<p>A <em><span lang="es">rondero</span></em>.</p>'
    )
    assert '<span lang="es">Rondas campesinas</span>' in marked("<p>Rondas campesinas met.</p>")
    assert '<span lang="ha">yan gora</span>' in marked("<p>the <em>yan gora</em></p>")


@pytest.mark.parametrize(
    "text",
    [
        "<code><span>rondas</span></code>",
        '<i lang="es">rondas <i>rondas</i></i>',
        "<h2>The rondas<a>#</a></h2>",
        '<p title="a > rondas">x</p>',
        '<script type="application/json">["rondas"]</script>',
        """<script type="application/json">["<a b='", "rondas"]</script><p>it's</p>""",
        "<svg><g><svg><text>rondas</text></svg></g><text>rondas</text></svg>",
        "<p>rondas-like, a rondador</p>",
    ],
)
def test_code_headings_and_what_is_marked_are_left_alone(text):
    assert marked(text) == text
    assert marked(f"{text}<p>rondas</p>") == f'{text}<p><span lang="es">rondas</span></p>'
