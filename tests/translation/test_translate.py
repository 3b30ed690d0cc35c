"""The command that begins a translation, as a translator uses it."""

from tools.common.paths import ROOT
from tools.content.translation import translated_path

LESSON = "10-rondas-and-committees"


def test_what_is_there_is_kept_and_what_is_missing_is_begun(copied):
    project = copied(ROOT)
    kept, missing = (
        translated_path(project.root / top / f"{LESSON}.ipynb", "es", project.root)
        for top in ("notebooks", "exercises")
    )
    before = kept.read_bytes()
    missing.unlink()
    done = project.run("-m", "tools.commands", "translate", "start", LESSON)
    assert done.returncode == 0, done.stderr
    assert kept.read_bytes() == before
    assert "not translated (title" in done.stdout
    assert missing.is_file()
    again = project.run("-m", "tools.commands", "translate", "start", LESSON)
    assert again.returncode != 0
    assert "nothing was changed" in again.stderr
