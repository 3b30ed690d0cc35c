"""Say what is translated, begin a translation, and say that a part is translated as it stands."""

from pathlib import Path

from tools.common.errors import UserError
from tools.common.files import write
from tools.common.paths import LANGUAGES, ROOT
from tools.content import catalogue, translation
from tools.content.stage import read
from tools.content.translation import (
    KEY,
    MARK,
    TOPS,
    parts,
    sections,
    state,
    translated_path,
    translations,
)


def main(action: str, names: list[str], language: str = "es") -> None:
    """Do what is asked for the named pages.

    Parameters
    ----------
    action
        ``status`` lists what is missing and what has drifted; ``start`` copies a page that is not
        there yet, every part marked as not translated; ``done`` says that every part of a page is
        translated from the English as it stands now; ``words`` brings the catalogue up to date with
        what the program says.
    names
        Pages from the project's folder, ``notebooks/10-rondas-and-committees.ipynb``, or the names
        of lessons, ``10-rondas-and-committees``, whose notebooks both are meant. For ``status``:
        all of them if none is named.
    language
        A key of `tools.content.translation.LANGUAGES`.
    """
    if language not in LANGUAGES:
        raise UserError(f"there is no language {language}; there is {', '.join(LANGUAGES)}.")
    if action == "words" or (action == "status" and not names):
        if action == "words":
            catalogue.update(language)
        print(of_words(language))
        if action == "words":
            return
    elif not names:
        raise UserError(
            f"name what to {action}, for example notebooks/10-rondas-and-committees.ipynb"
        )
    chosen = [path for name in names for path in named(name)] or translations(language)
    if action == "start" and all(translated_path(one, language).exists() for one in chosen):
        raise UserError(f"{' '.join(names)}: a translation is there already; nothing was changed.")
    for source in chosen:
        translation = translated_path(source, language)
        if action == "start" and not translation.exists():
            start(source, translation)
        elif action == "done":
            done(source, translation)
        print(status(source, translation))


def of_words(language: str) -> str:
    """Return one line on the catalogue of a language."""
    path, missing = translation.catalogue(language), catalogue.missing(language)
    said = f"{len(missing)} not translated" if missing else "whole"
    return f"{path.relative_to(ROOT).as_posix()}: {said}"


def named(name: str) -> list[Path]:
    """Return the English sources that a name means; raises UserError when there is none."""
    path = ROOT / name
    if path.suffix in (".md", ".ipynb") and path.is_file() and Path(name).parts[0] in TOPS:
        return [path]
    both = [ROOT / top / f"{name}.ipynb" for top in ("notebooks", "exercises")]
    if all(path.is_file() for path in both):
        return both
    raise UserError(
        f"there is no {name}; name a lesson (10-rondas-and-committees) or a page from the "
        "project's folder (book/privacy.md)."
    )


def start(source: Path, translation: Path) -> None:
    """Copy a page for a translator, with every part marked."""
    if source.suffix == ".ipynb":
        notebook = read(source)
        for cell in notebook.cells:
            cell.metadata[KEY] = ""
        write(translation, dump_lines(notebook))
    else:
        marked = [f"% {KEY}:\n{part.text}\n" for part in sections(source.read_text("utf-8"))]
        write(translation, "\n".join(marked))


def done(source: Path, translation: Path) -> None:
    """Give every part of a translation the digest of the English part as it stands now."""
    now = {part.name: part.digest for part in parts(source)}
    if source.suffix == ".ipynb":
        notebook = read(translation)
        for cell in notebook.cells:
            cell.metadata[KEY] = now.get(cell.id, "")
        write(translation, dump_lines(notebook))
    else:
        digests = iter(now.values())
        text = translation.read_text("utf-8")
        write(translation, MARK.sub(lambda _: f"% {KEY}: {next(digests, '')}\n", text))


def dump_lines(notebook: object) -> str:
    """Return a notebook as Jupyter writes it, a list of lines for each text."""
    import nbformat

    text: str = nbformat.writes(notebook)
    return text + "\n"


def status(source: Path, translation: Path) -> str:
    """Return one line on a translation."""
    name = translation.relative_to(ROOT).as_posix()
    if not translation.exists():
        return f"{name}: not begun"
    found = state(source, translation)
    said = [
        f"{len(names)} {word} ({', '.join(names)})"
        for word, names in (
            ("not translated", found.missing),
            ("changed in English since", found.drifted),
            ("no longer in English", found.gone),
        )
        if names
    ]
    return f"{name}: {'; '.join(said) or 'whole'}"
