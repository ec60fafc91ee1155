"""Strict Open XML as other programs read it: the namespaces of Word's usual files, and measures without units."""

from __future__ import annotations

import re

STRICT = b"http://purl.oclc.org/ooxml/"
_SPACE = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_ELEMENT = re.compile(rb"<w:(\w+)((?:\s+[\w:]+=\"[^\"<]*\")*)")
_MEASURE = re.compile(rb"(\sw:\w+=\")(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|pi)(?=\")")
_POINTS = {b"pt": 1.0, b"in": 72.0, b"cm": 72 / 2.54, b"mm": 72 / 25.4, b"pc": 12.0, b"pi": 12.0}
_IN_HALVES = frozenset({b"sz", b"szCs", b"kern", b"position"})
_TWENTIETHS, _HALVES = 20, 2


def transitional(data: bytes) -> bytes:
    """The XML of a part of a strict file as a part of a usual one."""

    def unmeasured(element: re.Match[bytes]) -> bytes:
        times = _HALVES if element[1] in _IN_HALVES else _TWENTIETHS

        def counted(measure: re.Match[bytes]) -> bytes:
            return measure[1] + str(round(float(measure[2]) * _POINTS[measure[3]] * times)).encode()

        return b"<w:" + element[1] + _MEASURE.sub(counted, element[2])

    return _ELEMENT.sub(unmeasured, _SPACE.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data))
