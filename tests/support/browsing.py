"""Looking at a page in a real browser: what axe finds in it, what it fetched, and how wide it grew."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.support.programs import browser, node_file

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE = 320
DESK = 1200

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_LOOK = """
for (const each of document.querySelectorAll("details")) each.open = true;
axe.run(document, {runOnly: %s}).then(result => {
  const seen = document.createElement("pre");
  seen.id = "_seen";
  seen.textContent = JSON.stringify({
    violations: result.violations.flatMap(
      rule => rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`)
    ),
    passes: result.passes.map(rule => rule.id),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    fetched: performance.getEntriesByType("resource").map(entry => entry.name),
    width: innerWidth,
    needed: document.documentElement.scrollWidth,
  });
  document.body.append(seen);
});
"""


@dataclass(frozen=True)
class Seen:
    """What was seen: every violation of a rule with its element, the rules that held, and facts of the window."""

    violations: tuple[str, ...]
    passes: frozenset[str]
    dark: bool
    fetched: tuple[str, ...]
    width: int
    needed: int


def look(page: str, folder: Path, *, width: int = DESK, dark: bool = False) -> Seen:
    """Open a page in a window of ``width`` CSS pixels and run axe in it.

    The copy that is opened shows the data of every chart, and has no policy, which would keep axe out.
    """
    axe = node_file("axe-core/axe.min.js").read_text(encoding="utf-8")
    assert "</script" not in axe
    script = f"<script>{axe}</script><script>{_LOOK % json.dumps(WCAG)}</script></body>"
    copy = folder / "seen.html"
    copy.write_text(_POLICY.sub("", page).replace("</body>", script), encoding="utf-8")
    done = subprocess.run(
        [
            browser(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--window-size={width},900",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            "--virtual-time-budget=20000",
            "--dump-dom",
            copy.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    found = re.search(r'<pre id="_seen">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found, f"axe did not answer: {done.stderr[-2000:]}"
    seen = json.loads(unescape(found[1]))
    assert seen["width"] == width
    assert seen["dark"] == dark
    return Seen(
        tuple(seen["violations"]),
        frozenset(seen["passes"]),
        seen["dark"],
        tuple(seen["fetched"]),
        seen["width"],
        seen["needed"],
    )
