"""Filling the shell of a paper: docxtpl puts the fields into the title block, headers and footers of a template.

The body is not passed through docxtpl: it would look for tags in the paper's own words, such as ``{_{``.  A marker goes
through in its place, and the body takes the place of the marker afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import TemplateError
from lxml import etree
from markupsafe import Markup

from papergen import codes
from papergen.diagnostics import Diagnostics, Span
from papergen.write.docx.stories import paragraph_text, paragraphs, stories
from papergen.write.docx.tags import BODY, TAG, plain_tag
from papergen.write.docx.template import StrictTemplate
from papergen.write.docx.xml import Element, found, is_a, remove
from papergen.write.fields import FieldEnvironment, nested

_MARKER_STYLE = "papergen-body"
_MARKER = f'<w:p><w:pPr><w:pStyle w:val="{_MARKER_STYLE}"/></w:pPr></w:p>'
_PROPERTIES_WITH_TAGS = ("author", "comments", "identifier", "language", "subject", "title")


def fill_shell(
    name: str, template: StrictTemplate, *, fields: Mapping[str, str], diagnostics: Diagnostics
) -> Element | None:
    """Fill a checked template in place and return the paragraph that the body is to replace.

    None with a diagnostic at ``name`` when docxtpl cannot fill it, or would lose words of it.
    """
    part = template.docx.part
    context = nested(fields)
    try:
        expected = {
            story.place: _filled_words(story.root, context) for story in stories(part) if story.place != "footnote"
        }
        for each in _PROPERTIES_WITH_TAGS:
            setattr(template.docx.core_properties, each, "")
        template.render({**context, BODY: Markup(_MARKER)}, FieldEnvironment(), autoescape=True)  # noqa: S704 - our own
    except (TemplateError, etree.XMLSyntaxError, AttributeError, TypeError, ValueError, KeyError) as problem:
        words = re.sub(r"\s+", " ", str(problem)).strip() or type(problem).__name__
        diagnostics.add(
            codes.TEMPLATE_SYNTAX,
            Span(name),
            f"The template cannot be filled: {words.removesuffix('.')}.",
            "Type the tag that was changed last again in one go, without formatting only a part of it.",
        )
        return None
    markers = found(template.docx.element.body, f"w:p[w:pPr/w:pStyle[@w:val='{_MARKER_STYLE}']]")
    if len(markers) != 1:
        diagnostics.add(
            codes.TEMPLATE_BODY,
            Span(name),
            "The place for the body of the paper was lost when the template was filled.",
            "Type {{p body }} again in a paragraph of its own.",
        )
        return None
    arrived = {story.place: story.root for story in stories(part)}
    for place, words in expected.items():
        if "".join(paragraph_text(paragraph) for paragraph in paragraphs(arrived[place])) != words:
            diagnostics.add(
                codes.OUTPUT_LOST_TEXT,
                Span(name),
                f"Words in the {place} of the template would be lost or changed.",
                "Type the tags there again, each in one go.",
            )
            return None
    # what a condition or an empty field leaves behind
    runs = (run for root in arrived.values() for run in found(root, ".//w:r"))
    remove([run for run in runs if all(is_a(each, "w:rPr") or (is_a(each, "w:t") and not each.text) for each in run)])
    return markers[0]


def _filled_words(root: Element, context: Mapping[str, object]) -> str:
    """The words of a part with its fields filled in, without going through XML."""
    words = "".join(TAG.sub(lambda tag: plain_tag(tag.group()), paragraph_text(each)) for each in paragraphs(root))
    return FieldEnvironment(autoescape=False).from_string(words).render({**context, BODY: ""})
