// The paper in its frame, whole or one section of it: loaded once, then patched while the reader's place stays.

import { ask, byId, complain, element, openDialog, query, say, tell, view } from "./parts.js";

const frame = byId("frame");
let sections = [];
let keys = new Set();
let alone = "";
let wanted = "";
const HOLDERS = new Set(["BODY", "MAIN", "DIV", "NAV", "SECTION", "HEADER", "FOOTER", "UL", "OL"]);
const BLOCKS = "p, li, td, th, figcaption, caption, h1, h2, h3, h4, h5, h6";

/** Load a paper afresh, at a section where one is named, and of that alone where it is `only` that. */
export function showPaper(paper, at, section = "", only = false) {
  alone = only ? section : "";
  wanted = section;
  const address = `/paper/${view.meeting}/${view.shown}/${at}/${paper}.html`;
  frame.dataset.paper = paper;
  frame.contentWindow.location.replace(address);
}

/** Which sections the paper has: their keys and levels, in order. */
export function setSections(list) {
  sections = list;
  keys = new Set(list.map((each) => each.key));
}

/** Show a section with those inside it, or with "" the whole paper, and keep what the reader has in sight. */
export function showAlone(section) {
  keepingPlace(() => {
    alone = section;
    mask();
  });
}

/** The section that the reader is at: the one asked for last while its heading is in sight, or else what stands on top. */
export function inSight(asked) {
  const inside = frame.contentDocument;
  const top = inside?.getElementById(asked)?.getBoundingClientRect().top ?? -1;
  return top >= 0 && top < frame.clientHeight ? asked : (inside?.body && remember(inside)?.section) || asked;
}

/** Go to a section of the paper that is shown, or will be as soon as it is loaded. */
export function goTo(section) {
  wanted = section;
  if (alone && keys.has(section)) {
    alone = section;
    mask();
  }
  frame.contentDocument?.getElementById(section)?.scrollIntoView({ block: "start" });
}

/**
 * Leave of the page what belongs to one section. The document stays that of the whole paper, so that patches fit it;
 * a style sheet beside it says what is not shown.
 */
function mask() {
  const inside = frame.contentDocument;
  const heading = alone && inside?.getElementById(alone);
  const at = sections.findIndex((each) => each.key === alone);
  if (!inside?.body) return;
  inside.adoptedStyleSheets = [];
  if (!heading || at < 0) return;
  const id = (key) => `#${CSS.escape(key)}`;
  const next = sections.slice(at + 1).find((each) => each.level <= sections[at].level)?.key;
  const end = next && inside.getElementById(next);
  const own = [...inside.querySelectorAll(".note-mark a")].filter((each) => follows(each, heading) && !(end && follows(each, end)));
  const notes = own.map((each) => id(each.hash.slice(1))).join(", ");
  const me = id(alone);
  const sheet = new frame.contentWindow.CSSStyleSheet();
  sheet.replaceSync(`
    :has(${me}) { display: block !important }
    :has(${me}) > :not(:has(${me}), ${me}, ${me} ~ *, .notes) { display: none !important }
    ${next ? `${id(next)}, ${id(next)} ~ * { display: none !important }` : ""}
    ${notes ? `.notes > .note-list > li:not(${notes})` : ".notes"} { display: none !important }`);
  inside.adoptedStyleSheets = [sheet];
}

const follows = (node, other) => Boolean(other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);

/** Go to the first of some keys that the page has, unless that is in sight already; false where it has none. */
export function reveal(list) {
  const inside = frame.contentDocument;
  const found = list.map((key) => inside?.getElementById(key)).find(Boolean);
  if (alone && found && !found.getClientRects().length) goTo(sectionOf(found));
  const box = found?.getBoundingClientRect();
  if (found && (box.top < 0 || box.top > frame.clientHeight - 40)) found.scrollIntoView({ block: "center" });
  return Boolean(found);
}

frame.addEventListener("load", async () => {
  const inside = frame.contentDocument;
  const paper = frame.dataset.paper;
  if (!inside || !paper || !inside.querySelector("main")) return;
  inside.addEventListener("click", clicked);
  const number = frame.contentWindow.location.pathname.split("/")[4];
  mask();
  if (wanted) goTo(wanted);
  tell("shows", { paper, number });
});

/** Make the document in the frame what the pieces say; false where it must be loaded again. */
export function applyPatch(pieces, newSections) {
  const inside = frame.contentDocument;
  if (!inside?.body) return false;
  const html = pieces.map(([key, text]) => text ?? `<h2 id="${key}" data-kept></h2>`).join("");
  // The look of the papers is theirs alone: this page's own policy would refuse it.
  const [whole = "", look = ""] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
  if (look !== inside.querySelector("style")?.textContent) return false;
  const fresh = new DOMParser().parseFromString(html.replace(whole, ""), "text/html");
  const place = remember(inside);
  const open = [...inside.querySelectorAll("figure details[open]")].map((each) => each.closest("figure").id);
  sync(inside.body, fresh.body, inside);
  inside.title = fresh.title;
  for (const id of open) inside.getElementById(id)?.querySelector("details")?.setAttribute("open", "");
  setSections(newSections);
  mask();
  restore(inside, place);
  return true;
}

/** The first block that is whole in sight, or else one that is cut, and how far below the top it stands. */
function remember(inside) {
  const blocks = inside.querySelectorAll(`main ${BLOCKS.replaceAll(", ", ", main ")}, main figure`);
  let cut = null;
  for (const block of blocks) {
    // On a wide page the contents stay in sight wherever the reader is; what is folded away has a box that nobody sees.
    if (block.closest(".contents, details:not([open])")) continue;
    const box = block.getBoundingClientRect();
    if (box.bottom <= 0 || !box.height) continue;
    const place = { block, top: box.top, section: sectionOf(block) };
    if (box.top >= -2 && box.top < frame.clientHeight) return place;
    cut ??= place;
  }
  return cut;
}

function restore(inside, place) {
  if (!place) return;
  const block = place.block.isConnected ? place.block : inside.getElementById(place.section);
  if (!block) return;
  const moved = block.getBoundingClientRect().top - (place.block.isConnected ? place.top : 0);
  if (Math.abs(moved) > 0.5) frame.contentWindow.scrollBy(0, moved);
}

/** Do what changes the width of the frame, and keep what the reader has in sight. */
export function keepingPlace(change) {
  const inside = frame.contentDocument;
  const place = inside?.body ? remember(inside) : null;
  change();
  // The frame takes on its new width when it is painted next.
  requestAnimationFrame(() => requestAnimationFrame(() => inside?.body && restore(inside, place)));
}

/** The nodes of a section that stays: from its heading to the next one. */
function kept(key, inside) {
  const nodes = [];
  for (let node = inside.getElementById(key); node; node = node.nextSibling) {
    if (nodes.length && node.nodeType === Node.ELEMENT_NODE && keys.has(node.id) && /^H[1-6]$/.test(node.tagName)) break;
    nodes.push(node);
  }
  return nodes;
}

function sync(parent, wanted, inside) {
  const stays = new Set();
  const list = [...wanted.childNodes].flatMap((node) => {
    if (node.nodeType !== Node.ELEMENT_NODE || !node.hasAttribute("data-kept")) return [node];
    const nodes = kept(node.id, inside);
    nodes.forEach((each) => stays.add(each));
    return nodes;
  });
  let old = parent.firstChild;
  const next = () => { old = old.nextSibling; };
  for (const node of list) {
    if (stays.has(node)) {
      if (node === old) next();
      else parent.insertBefore(node, old);
      continue;
    }
    const same = nearestEqual(old, node, stays);
    if (same) {
      while (old !== same) { const gone = old; next(); gone.remove(); }
      next();
    } else if (old && !stays.has(old) && old.nodeName === node.nodeName && HOLDERS.has(old.nodeName)) {
      for (const { name } of [...old.attributes]) if (!node.hasAttribute(name)) old.removeAttribute(name);
      for (const { name, value } of node.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
      sync(old, node, inside);
      next();
    } else if (old && !stays.has(old) && old.nodeName === node.nodeName) {
      const made = inside.importNode(node, true);
      const gone = old;
      next();
      gone.replaceWith(made);
    } else {
      parent.insertBefore(inside.importNode(node, true), old);
    }
  }
  while (old) { const gone = old; next(); if (!stays.has(gone)) gone.remove(); }
}

/** The next node, within a few, that is equal to the one wanted. */
function nearestEqual(old, node, stays) {
  for (let each = old, left = 6; each && left && !stays.has(each); each = each.nextSibling, left -= 1) {
    if (each.isEqualNode(node)) return each;
  }
  return null;
}

/** The id of the section that an element stands in. */
export function sectionOf(node) {
  for (let each = node; each && each.nodeName !== "BODY"; each = each.parentNode) {
    for (let before = each; before; before = before.previousElementSibling ?? null) {
      if (keys.has(before.id) && /^H[1-6]$/.test(before.tagName)) return before.id;
    }
  }
  return "";
}

function clicked(event) {
  const inside = frame.contentDocument;
  const link = event.target.closest("a[href]");
  if (link) return followed(event, link);
  if (event.target.closest("summary")) return undefined;
  const chart = event.target.closest(".chart");
  if (chart) {
    const data = chart.closest("figure")?.querySelector("details");
    if (data) data.open = !data.open;
    return undefined;
  }
  const block = event.target.closest(BLOCKS);
  if (!block || event.target.closest(".finding, .contents, .site-header, .site-footer")) return undefined;
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".finding, .note-mark, ul, ol").forEach((each) => each.remove());
  const asked = { paper: frame.dataset.paper, section: sectionOf(block), words: copy.textContent.trim().slice(0, 600) };
  return ask(`/api/place?${query({ ...asked, number: wordAt(inside, event) })}`).then((found) => {
    tell("place", { file: found.file, line: found.line, why: Boolean(found.why) });
    if (found.why) showWhy(found.why);
  }).catch(complain);
}

function followed(event, link) {
  const address = link.getAttribute("href");
  const target = alone && address.startsWith("#") && frame.contentDocument.getElementById(decodeURIComponent(address.slice(1)));
  if (address.startsWith("#") && !target) return;
  event.preventDefault();
  if (target) {
    if (!target.getClientRects().length) tell("go", { paper: frame.dataset.paper, section: sectionOf(target) });
    target.scrollIntoView();
    return;
  }
  const other = /^([a-z0-9-]+)\.html(?:#(.+))?$/.exec(address);
  if (other) tell("go", { paper: other[1], section: other[2] ? decodeURIComponent(other[2]) : "" });
  else if (address.startsWith("chart-data/")) byId("frame").ownerDocument.defaultView.open(link.href, "_blank", "noopener");
  else if (/^https?:/.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}

/** The number under the pointer, with the signs that belong to it. */
function wordAt(inside, event) {
  const range = inside.caretRangeFromPoint?.(event.clientX, event.clientY);
  const position = range ? null : inside.caretPositionFromPoint?.(event.clientX, event.clientY);
  const node = range?.startContainer ?? position?.offsetNode;
  if (node?.nodeType !== Node.TEXT_NODE) return "";
  const text = node.data;
  let start = range?.startOffset ?? position.offset;
  let end = start;
  while (start > 0 && /[^\s(“‘]/.test(text[start - 1])) start -= 1;
  while (end < text.length && /[^\s)”’]/.test(text[end])) end += 1;
  const word = text.slice(start, end).replace(/[.,;:]+$/, "");
  return /\d/.test(word) ? word : "";
}

/** Why a number is printed: measure, period, how it was worked out, and its rows. */
export function showWhy(why) {
  const parts = why.numbers.map((each) => {
    const list = element("dl", { class: "why" });
    const add = (term, words) => words && list.append(element("dt", { text: term }), element("dd", { text: words }));
    add("Printed in", each.places.join("; "));
    add("How", each.how);
    add("Written as", each.expression && `{{ ${each.expression} }}`);
    add("Typed at", each.typed);
    for (const measure of each.measures) add("Measure", `${measure.title} (${measure.id}). Source: ${measure.source}`);
    add("Period", each.periods.join(", "));
    const rows = each.rows.map((file) => element("div", {},
      element("p", { class: "rows-file", text: file.file }),
      element("pre", { tabindex: "0", text: [file.heading && `       ${file.heading}`, ...file.shown.map(([line, text]) => `${String(line).padStart(5)}  ${text}`)].filter(Boolean).join("\n") }),
      file.more ? element("p", { text: `and ${file.more} more rows` }) : null));
    return element("section", {}, list, ...rows);
  });
  const charts = why.charts.map((each) => element("li", { text: `${each.label} ${each.title}, in ${each.section}`.trim() }));
  openDialog(`Why ${why.asked}?`, ...parts, charts.length ? element("div", {}, element("p", { text: "Charts that show it:" }), element("ul", {}, ...charts)) : null);
}
