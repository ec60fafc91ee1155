// What was copied from Word, Outlook, Excel, Google Docs or a web page, as Markdown: words and structure, nothing of looks.

import { free } from "./parts.js";
import { escaped, tableOf } from "./paste_table.js";

const SKIPPED = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "HEAD", "OBJECT", "XML", "O:P", "COL", "COLGROUP"]);
const BLOCK = "p, div, section, article, main, header, footer, ul, ol, table, blockquote, h1, h2, h3, h4, h5, h6";
const SMALL = { 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };
/** Signs that stand for the ends of bold and italic words until it is known which of them meet. */
const ENDS = { bold: ["\uE000", "\uE001"], italic: ["\uE002", "\uE003"] };

/** The Markdown of a piece of HTML that is put into `text`, and in words what of it was `left` out or kept otherwise. */
export function markdownOf(html, text = "") {
  // Looks are read and never applied: the policy of this page has no room for those of others.
  const body = new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-look="), "text/html").body;
  const found = { levels: 0, left: new Map(), notes: new Map() };
  takeOut(body, found, "del", "tracked deletion");
  takeOut(body, found, ".msocomanchor", "comment");
  body.querySelectorAll('[data-look*="mso-element:comment"], .MsoCommentReference').forEach((each) => each.remove());
  takeOut(body, found, "img", "picture");
  const words = takeNotes(body, text, found);
  found.levels = Math.min(...[...body.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => Number(each.tagName[1])));
  const made = [...blocks(body, 1, found), ...words.map(([name, note]) => ({ text: `[^${name}]: ${written(blocks(note, 1, found)).replace(/\n(?=.)/g, "\n    ")}` }))];
  return { text: written(made), left: [...found.left].map(([what, count]) => `${count} ${what}${count === 1 ? "" : "s"}`) };
}

/** Take elements away, and note how many there were. */
function takeOut(body, found, selector, what) {
  const all = [...body.querySelectorAll(selector)];
  all.forEach((each) => each.remove());
  if (all.length) found.left.set(what, all.length);
}

/** Take footnotes out of the text: two links that lead to each other are a mark and its note. */
function takeNotes(body, text, found) {
  const named = (name) => [...body.querySelectorAll("a[href]")].find((each) => each.name === name || each.id === name);
  const notes = [];
  let taken = text;
  for (const mark of [...body.querySelectorAll('a[href^="#"]')]) {
    const other = named(mark.hash.slice(1));
    if (!other || other === mark || !mark.isConnected || ![mark.name, mark.id].filter(Boolean).includes(other.hash.slice(1))) continue;
    const note = other.closest('[data-look*="mso-element:footnote"], [data-look*="mso-element:endnote"], div[id], li') ?? other.closest("p, div");
    if (!note || note.contains(mark)) continue;
    const name = free("note-1", taken);
    taken += ` ${name}`;
    other.remove();
    note.remove();
    notes.push([name, note]);
    const sup = mark.closest("sup") ?? mark;
    found.notes.set(sup, name);
  }
  return notes;
}

/** The words of a node; `is` says which looks those around it have. */
function inline(node, found, is = {}) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replace(/\s+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return "";
  if (found.notes.has(node)) return `[^${found.notes.get(node)}]`;
  if (node.tagName === "BR") return "\\\n";
  const look = node.dataset.look ?? "";
  if (/mso-list:\s*ignore/i.test(look)) return "";
  const now = { bold: is.bold || (/^(B|STRONG)$/.test(node.tagName) && !/font-weight:\s*(normal|400)/.test(look)) || /font-weight:\s*(bold|[6-9]00)/.test(look), italic: is.italic || /^(I|EM)$/.test(node.tagName) || /font-style:\s*italic/.test(look) };
  let inside = [...node.childNodes].map((each) => inline(each, found, now)).join("");
  if (node.tagName === "SUP" || /vertical-align:\s*super/.test(look)) inside = inside.replace(/^\s*\d+\s*$/, (digits) => [...digits.trim()].map((each) => SMALL[each]).join(""));
  if (node.matches(BLOCK) || node.tagName === "LI") inside = ` ${inside} `;
  const words = inside.trim();
  if (!words) return inside ? " " : "";
  for (const [kind, [opens, closes]] of Object.entries(ENDS)) {
    if (now[kind] && !is[kind]) inside = inside.replace(inside.trim(), (each) => `${opens}${each}${closes}`);
  }
  if (node.tagName === "A" && /^https?:/.test(node.getAttribute("href") ?? "")) inside = inside.replace(inside.trim(), (each) => `[${each}](${node.getAttribute("href").replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)})`);
  return inside;
}

/** Words as Markdown: looks that go on are one, and what only looks like a list, heading or rule is none. */
function settled(words) {
  return words
    .replace(/\uE001( ?)\uE000/g, "$1").replace(/\uE003( ?)\uE002/g, "$1").replace(/[\uE000\uE001]/g, "**").replace(/[\uE002\uE003]/g, "*")
    .replace(/^(?:\s|\\\n)+|(?:\s|\\\n|\\$)+$/g, "").replace(/ *\n */g, "\n").replace(/ {2,}/g, " ")
    .replace(/^(\d+)([.)])(?= |$)/gm, "$1\\$2").replace(/^(?=[#+-](?: |$)|#{2,}|-{3}|:{3}|~{3}|={1,}$)/gm, "\\");
}

export const wordsOf = (node, found) => settled([...node.childNodes].map((each) => inline(each, found)).join(""));

/** The blocks of an element: each a text, and of an item its level, whether it is numbered and from which number on. */
function blocks(parent, level, found) {
  const made = [];
  let run = "";
  const flush = () => {
    const words = settled(run);
    if (words) made.push({ text: words });
    run = "";
  };
  for (const node of parent.childNodes) {
    const tag = node.nodeType === Node.ELEMENT_NODE ? node.tagName : "";
    if (SKIPPED.has(tag)) continue;
    if (!tag || !(node.matches(BLOCK) || node.querySelector(BLOCK)) || found.notes.has(node)) {
      run += inline(node, found);
      continue;
    }
    flush();
    const item = wordItem(node, found);
    if (item) {
      made.push(item);
    } else if (/^H[1-6]$/.test(tag)) {
      const words = wordsOf(node, found).replaceAll("**", "").replaceAll("\\\n", " ");
      if (words) made.push({ text: `${"#".repeat(Math.min(Number(tag[1]) - found.levels + 2, 5))} ${words}` });
    } else if (tag === "UL" || tag === "OL") {
      made.push(...listItems(node, level, found));
    } else if (tag === "TABLE") {
      const before = made.at(-1);
      const caption = /^Table\s*[\dA-Z.]*\s*[:.–-]?\s*(.+)$/s.exec(before && !before.level && /\bMsoCaption\b/.test(node.previousElementSibling?.className ?? "") ? before.text : "");
      if (caption) made.pop();
      const table = tableOf(node, (cell) => wordsOf(cell, found).replaceAll("\\\n", " ").replaceAll("\n", " "), caption?.[1] ?? "");
      if (table) made.push({ text: table });
    } else if (tag === "BLOCKQUOTE") {
      made.push({ text: written(blocks(node, level, found)).replace(/^/gm, "> ") });
    } else {
      made.push(...blocks(node, level, found));
    }
  }
  flush();
  return made;
}

/** A paragraph that Word means as an item of a list, with its bullet or number typed before it. */
function wordItem(node, found) {
  const look = node.dataset.look ?? "";
  if (node.tagName !== "P" || !(/mso-list:(?!\s*none)/.test(look) || /MsoListParagraph/.test(node.className))) return null;
  const typed = (node.querySelector('[data-look*="mso-list:ignore" i]') ?? node).textContent.trim();
  const number = /^\(?(\d+|[a-z]|[ivxl]+)[.)]/i.exec(typed);
  const words = wordsOf(node, found).replace(/^(?:[·•▪§–-]|\\-|o(?= ))\s*/, "").replace(/^\d+\\[.)]\s*/, "");
  return words ? { text: words, level: Number(/level(\d)/.exec(look)?.[1] ?? 1), ordered: Boolean(number), number: Number(number?.[1]) || 1 } : null;
}

/** The items of a list, those of lists inside it after their own item. */
function listItems(list, level, found) {
  const made = [];
  let number = Number(list.getAttribute("start")) || 1;
  for (const child of list.children) {
    if (/^(UL|OL)$/.test(child.tagName)) made.push(...listItems(child, level + 1, found));
    if (child.tagName !== "LI") continue;
    const own = Number(child.getAttribute("aria-level") ?? child.dataset.ariaLevel) || level;
    let head = true;
    for (const each of blocks(child, own + 1, found)) {
      made.push(each.level ? each : { text: each.text, level: own, ordered: list.tagName === "OL", number, goesOn: !head });
      head = false;
    }
    number += 1;
  }
  return made;
}

/** The blocks as Markdown, items below one another and as far in as their level says. */
function written(made) {
  let text = "";
  let open = [];
  for (const each of made) {
    if (!each.level) {
      open = [];
      text += `${text && "\n\n"}${each.text}`;
      continue;
    }
    open = open.filter((list) => list.level < each.level || (list.level === each.level && list.ordered === each.ordered));
    const begins = open.at(-1)?.level !== each.level;
    const apart = !text ? "" : each.goesOn || (begins && !open.length) ? "\n\n" : "\n";
    if (begins) open.push({ level: each.level, ordered: each.ordered, next: each.number, indent: open.at(-1)?.inside ?? 0 });
    const list = open.at(-1);
    const mark = list.ordered ? `${list.next}. ` : "- ";
    list.inside = list.indent + mark.length;
    if (!each.goesOn) list.next += 1;
    const lines = each.text.replace(/\n(?=.)/g, `\n${" ".repeat(list.inside)}`);
    text += `${apart}${" ".repeat(each.goesOn ? list.inside : list.indent)}${each.goesOn ? "" : mark}${lines}`;
  }
  return text;
}
