"""A small paper of five sections in every state: signed for, reviewed, carried over, a draft and empty."""

from __future__ import annotations

from tests.support.small import MEETING

CATALOGUE = "robbery: {title: Robbery, unit: offences, source: Returns, file: robbery.csv}\n"
DATA = "month,value\n2015-07,10\n2015-08,10\n2015-09,10\n2015-10,10\n2015-11,20\n2015-12,11\n"
PURPOSE = "---\ntitle: Purpose\nowner: Chief Executive\nreviewed: 2016-01-20\n---\n\nThis says why. See [](#robbery).\n"
ROBBERY = """\
---
title: Robbery
owner: Policy Officer
reviewed: 2016-01-20
---

There were {{ robbery.quarter }} robberies.
"""
FILES = {
    "measures.yaml": CATALOGUE,
    "data/robbery.csv": DATA,
    f"{MEETING}/panel-report/01-purpose.md": PURPOSE,
    f"{MEETING}/panel-report/02-robbery.md": ROBBERY,
    f"{MEETING}/panel-report/03-plans.md": "---\ntitle: Plans\nreviewed: no\n---\n\nThe plans of last time.\n",
    f"{MEETING}/panel-report/04-more.md": "---\ntitle: More\nowner: Policy Officer\n---\n\nA draft of more.\n",
    f"{MEETING}/panel-report/05-nothing.md": "---\ntitle: Nothing\n---\n",
}
