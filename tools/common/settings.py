"""Read the files that people write by hand, and say in one sentence what is wrong with one."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from tools.common.errors import UserError, advice, named


def read_json(path: Path) -> dict[str, Any]:
    """Read a file of JSON.

    Raises
    ------
    UserError
        When the file is missing, damaged, or not one of names and values; so for the others here.
    """
    return _read(path, "JSON", json.loads)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a file of TOML; see `read_json` for the errors."""
    return _read(path, "TOML", tomllib.loads)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a file of YAML; see `read_json` for the errors."""
    return _read(path, "YAML", yaml.safe_load)


def _read(path: Path, kind: str, parse: Callable[[str], Any]) -> dict[str, Any]:
    try:
        content = parse(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise UserError(f"{named(path)} is missing{advice(path)}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{named(path)} is not UTF-8 text{advice(path)}") from error
    except (ValueError, yaml.YAMLError) as error:  # JSON's and TOML's errors are ValueErrors
        raise UserError(
            f"{named(path)} is not valid {kind}: {_reason(error)}{advice(path)}"
        ) from error
    if not isinstance(content, dict):
        raise UserError(f"{named(path)} holds no names with values{advice(path)}")
    return content


def _reason(error: Exception) -> str:
    """Return what is wrong and in which line, in one line."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return " ".join(str(error).split())
