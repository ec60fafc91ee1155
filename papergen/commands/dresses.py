"""The dress of a paper from its Word template, and the exceptions that a workspace makes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from papergen import codes
from papergen.diagnostics import Span
from papergen.world import WORD_ENDING, World
from papergen.write.docx.preflight import TemplateUse, check_template
from papergen.write.dress import Dress
from papergen.write.dressing import dress
from papergen.write.fonts import ENDINGS, FOLDER
from papergen.write.layout import LayoutUse
from papergen.write.web.page import LAYOUT_ENDING, check_web_layout

PRINT_EXCEPTIONS, WEB_EXCEPTIONS = "paper.css", "web.css"


@dataclass(frozen=True, slots=True)
class Dressed:
    """What a paper's editions are set in, and the bytes of the Word template that it is from."""

    dress: Dress
    word: bytes


def dress_of(world: World, template: str, fields: Mapping[str, str]) -> Dressed | None:
    """The dress that ``templates/TEMPLATE.docx`` gives its papers, or None with diagnostics.

    A layout or stylesheet in ``templates/`` is an exception of the workspace's own: the layout stands in the place of
    the one that is worked out, the stylesheet comes after it.
    """
    word = world.template(f"{template}.docx")
    if word is None:
        return None
    made = dress(
        f"templates/{template}.docx", word, fields=fields, fonts=own_fonts(world), diagnostics=world.diagnostics
    )
    if made is None:
        return None
    made = replace(made, exceptions=exception(world, PRINT_EXCEPTIONS), web_exceptions=exception(world, WEB_EXCEPTIONS))
    if layout := exception(world, f"{template}.html"):
        made = replace(made, layout=layout, layout_file=f"templates/{template}.html")
    if layout := exception(world, f"{template}.web.html"):
        made = replace(made, web_layout=layout, web_layout_file=f"templates/{template}.web.html")
    return Dressed(made, word)


def own_fonts(world: World) -> dict[str, bytes]:
    """The font files of a workspace by their names."""
    names = [name for name in world.names(FOLDER) if name.casefold().endswith(ENDINGS)]
    read = {name: world.read_bytes(f"{FOLDER}/{name}") for name in names}
    return {name: data for name, data in read.items() if data is not None}


def exception(world: World, name: str) -> str:
    """The text of a layout or stylesheet of a workspace's own; nothing where it has none."""
    path = f"templates/{name}"
    data = world.read_bytes(path) if world.is_file(path) else None
    if data is None:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        world.diagnostics.add(
            codes.FILE_ENCODING,
            Span(path),
            "The template is not UTF-8 text.",
            "Save it again with the encoding “UTF-8”.",
        )
        return ""


def template_files(templates: Iterable[str]) -> tuple[str, ...]:
    """The files that papers in some templates may use, each once: Word templates, and what makes exceptions to them."""
    files = (f"{template}{ending}" for template in templates for ending in (WORD_ENDING, ".html", LAYOUT_ENDING))
    return tuple(dict.fromkeys((*files, PRINT_EXCEPTIONS, WEB_EXCEPTIONS)))


def used_files(world: World, templates: Iterable[str]) -> tuple[str, ...]:
    """Those of the files that must be there or are."""
    files = template_files(templates)
    return tuple(name for name in files if name.endswith(WORD_ENDING) or world.is_file(f"templates/{name}"))


def check_file(world: World, name: str, data: bytes, fields: Mapping[str, str]) -> TemplateUse | LayoutUse | None:
    """What a file in ``templates/`` uses, with findings for what is wrong in it."""
    file, diagnostics = f"templates/{name}", world.diagnostics
    if name.endswith(WORD_ENDING):
        use = check_template(file, data, fields=fields, diagnostics=diagnostics)
        if use.usable:
            dress(file, data, fields=fields, fonts=own_fonts(world), diagnostics=diagnostics)
        return use
    from papergen.write.pdf.writer import check_print_layout
    from papergen.write.web.policy import check_stylesheet_asks

    text = data.decode("utf-8", errors="replace")
    if name.endswith(".css"):
        if name == WEB_EXCEPTIONS:
            check_stylesheet_asks(file, text, diagnostics)
        return None
    check = check_web_layout if name.endswith(LAYOUT_ENDING) else check_print_layout
    return check(file, text, fields=fields, diagnostics=diagnostics)
