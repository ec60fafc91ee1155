"""A look at a template: one paper with every style, in the three editions, as pictures side by side."""

from __future__ import annotations

from papergen.commands.dresses import dress_of
from papergen.commands.templates import named_template, template_words
from papergen.commands.usage import WrongUseError
from papergen.files import reason
from papergen.work.scratch import use_scratch
from papergen.workspace.settings import read_settings
from papergen.world import World

FOLDER = "output/preview"


def preview_template(world: World, meeting: str, template: str | None) -> tuple[list[str], list[str]] | None:
    """Write the preview of a template, that of the first paper where none is named.

    The files that were written, the picture first, and the editions that it shows; None with findings.

    Raises ``WrongUseError`` for a template that no paper uses, or an output folder that cannot be written.
    """
    from papergen.write.docx.writer import write_docx
    from papergen.write.pdf.writer import lay_out
    from papergen.write.sample import sample_paper
    from papergen.write.side_by_side import pictures_of_editions, side_by_side
    from papergen.write.web import WrittenPapers, write_page

    settings, found = read_settings(world, meeting, world.diagnostics), world.diagnostics
    if settings is None:
        return None
    chosen = settings.templates[0] if template is None else named_template(template, settings.templates)
    paper = sample_paper(chosen, template_words(world, settings))
    made = dress_of(world, chosen, paper.fields)
    if made is None:
        return None
    use_scratch()
    pages = lay_out(paper, dress=made.dress, diagnostics=found)
    if pages is None:
        return None
    pdf = pages.write(found)
    word = write_docx(paper, template=made.word, page_of=pages.page_of, pages=pages.pages, diagnostics=found)
    page = write_page(paper, dress=made.dress, beside=WrittenPapers((paper,), ()), findings=(), diagnostics=found)
    if pdf is None or word is None or page is None:
        return None
    pictures = pictures_of_editions(pdf=pdf.data, word=word, page=page)
    files = {"png": side_by_side(pictures), "docx": word, "pdf": pdf.data, "html": page}
    try:
        for ending, data in files.items():
            world.folder.write(f"{FOLDER}/{chosen}.{ending}", data)
    except OSError as problem:
        raise WrongUseError(f"{FOLDER}/ could not be written: {reason(problem)}.") from None
    return [f"{FOLDER}/{chosen}.{ending}" for ending in files], [*pictures]
