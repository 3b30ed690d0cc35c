"""What is kept from build to build: used while its inputs are the same, and only then."""

import pytest

from tools.common.kept import Kept


class Maker:
    """Something to make, and how often it was made."""

    def __init__(self):
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def make() -> Maker:
    return Maker()


def build(folder, make, base="code", inputs=(b"a", b"b"), name="page") -> int:
    kept = Kept(folder / "kept", base)
    result = kept.get(name, inputs, make)
    kept.save()
    return result


def test_the_same_inputs_give_what_was_made(tmp_path, make):
    assert [build(tmp_path, make), build(tmp_path, make)] == [1, 1]


@pytest.mark.parametrize(
    "change",
    [{"base": "new code"}, {"inputs": (b"a", b"c")}, {"inputs": (b"ab", b"")}, {"name": "other"}],
)
def test_whatever_changes_it_is_made_again(tmp_path, make, change):
    build(tmp_path, make)
    assert build(tmp_path, make, **change) == 2


def test_what_nobody_asks_for_is_dropped(tmp_path, make):
    build(tmp_path, make)
    build(tmp_path, make, name="other")
    assert build(tmp_path, make) == 3


def test_a_build_that_fails_keeps_what_the_last_one_had(tmp_path, make):
    build(tmp_path, make)
    with pytest.raises(ZeroDivisionError):
        Kept(tmp_path / "kept", "code").get("other", [], lambda: 1 / 0)
    assert build(tmp_path, make) == 1


def test_a_file_that_cannot_be_read_is_made_anew(tmp_path, make):
    (tmp_path / "kept").write_bytes(b"of another version")
    assert build(tmp_path, make) == 1


def test_without_a_file_nothing_is_kept(make):
    kept = Kept()
    kept.get("page", [], make)
    kept.save()
    assert kept.get("page", [], make) == 2
