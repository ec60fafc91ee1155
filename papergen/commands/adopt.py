"""Taking a body's own letterhead as the Word template of a paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from papergen.commands.seal import put_file
from papergen.commands.templates import named_template, template_words
from papergen.commands.usage import WrongUseError
from papergen.diagnostics import Diagnostics
from papergen.files import TooLargeError, read_file, reason
from papergen.workspace.settings import read_settings
from papergen.world import MOST_BYTES, World


@dataclass(frozen=True, slots=True)
class Adoption:
    """The template that was written, the one before it where there was one, and what was done, a sentence each."""

    file: str
    before: str
    done: tuple[str, ...]


def adopt_letterhead(
    world: World,
    meeting: str,
    letterhead: Path,
    *,
    as_template: str,
    mapped: Mapping[str, str],
    place: str | None,
    crest: str | None = None,
) -> Adoption | None:
    """Make a template of a letterhead, which stays as it is; None with findings, and nothing changed.

    The template that was there is kept beside the new one.  Raises ``WrongUseError`` for a file that cannot be read, or
    a template that no paper uses.
    """
    from papergen.write.docx.adopt import adopt
    from papergen.write.docx.preflight import check_template

    settings = read_settings(world, meeting, world.diagnostics)
    if settings is None:
        return None
    as_template = named_template(as_template, settings.templates)
    try:
        data = read_file(letterhead, most=MOST_BYTES)
    except TooLargeError:
        told = f"“{letterhead}” is larger than {MOST_BYTES // 1_000_000} MB."
        raise WrongUseError(told, "Make the pictures in it smaller (in Word: Compress Pictures).") from None
    except OSError as problem:
        raise WrongUseError(f"“{letterhead}” cannot be read: {reason(problem)}.") from None
    adopted = adopt(letterhead.name, data, mapped=mapped, place=place, crest=crest, diagnostics=world.diagnostics)
    if adopted is None:
        return None
    file = f"templates/{as_template}.docx"
    unsound = Diagnostics()
    fields = template_words(world, settings)
    if not check_template(str(letterhead), adopted.data, fields=fields, diagnostics=unsound).usable:
        world.diagnostics.extend(unsound)
        return None
    before = ""
    if world.is_file(file) and (old := world.read_bytes(file)) is not None:
        before = _free_name(world, file)
        if not put_file(world, before, old, "in Word"):
            return None
    return Adoption(file, before, adopted.done) if put_file(world, file, adopted.data, "in Word") else None


def _free_name(world: World, file: str) -> str:
    path = PurePosixPath(file)
    names = (f"{path.parent}/{path.stem}-before{number or ''}.docx" for number in range(10_000))
    return next(name for name in names if not world.is_file(name) and not world.is_folder(name))
