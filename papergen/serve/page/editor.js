// The text of a section: written, saved, checked where it stands, and never over somebody else's.

import {
  Annotation, Compartment, EditorState, EditorView, HighlightStyle, Transaction, autocompletion, closeBrackets,
  closeBracketsKeymap, completionKeymap, defaultKeymap, drawSelection, highlightActiveLine, highlightSelectionMatches, history, historyKeymap,
  keymap, lineNumbers, lintGutter, lintKeymap, markdown, search, searchKeymap, setDiagnostics, syntaxHighlighting, tags,
} from "./codemirror.js";
import { askToSign, rowOf } from "./board.js";
import { frontMatterForm } from "./form.js";
import { palette } from "./palette.js";
import { markdownOf } from "./paste.js";
import { tableOfLines } from "./paste_table.js";
import { ask, byId, complain, editorAddress, element, on, openDialog, placeName, query, say, tell, told } from "./parts.js";

const AUTOSAVE = 900;
const UNFINISHED = 4_000;
const pane = byId("writing");
const fromDisk = Annotation.define();
const readOnly = new Compartment();
let file = null;
let asked = "";
let findings = [];
let vocabulary = {};
let timer = 0;
let saving = Promise.resolve();

const name = element("h2", { class: "file-name" });
const saved = element("span", { class: "saved", role: "status" });
const saveButton = element("button", { type: "button", class: "main-button", onclick: () => saveAgain() }, "Save");
const signButton = element("button", { type: "button", onclick: () => sign() }, "Sign off");
const showButton = element("button", { type: "button", onclick: () => show() }, "Show in the page");
const ownEditor = element("a", { class: "own-editor", text: "Open in your editor" });
const form = element("details", { class: "front" }, element("summary", { text: "About this section" }), element("div", { class: "front-fields" }));
const problems = element("ul", { class: "problems", "aria-label": "Findings in this file" });
const surface = element("div", { class: "surface" });

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "bold", color: "var(--accent)" },
  { tag: tags.strong, fontWeight: "bold" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.link, tags.url], color: "var(--link)" },
  { tag: [tags.monospace, tags.contentSeparator], color: "var(--signs-ink)" },
  { tag: [tags.processingInstruction, tags.labelName, tags.quote], color: "var(--quiet)" },
]);

const extensions = [
  EditorView.cspNonce.of(document.querySelector('meta[name="papergen"]').dataset.nonce),
  lineNumbers(), history(), drawSelection(), highlightActiveLine(), highlightSelectionMatches(), closeBrackets(),
  markdown(), syntaxHighlighting(colours), lintGutter(), search({ top: true }),
  autocompletion({ override: [completions], activateOnTyping: true }),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ "aria-label": "Text of the section, in Markdown", spellcheck: "true", lang: "en-GB", tabindex: "0" }),
  readOnly.of(EditorState.readOnly.of(!told.mayWrite)),
  EditorView.domEventHandlers({ paste: pasted }),
  EditorView.updateListener.of((update) => { if (update.docChanged) changed(update); }),
  keymap.of([
    { key: "Mod-s", run: () => { saveAgain(); return true; }, preventDefault: true },
    ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap,
  ]),
];
const editor = new EditorView({ parent: surface, state: EditorState.create({ extensions }) });

pane.append(
  element("div", { class: "writing-head" }, name, saved),
  element("div", { class: "bar" }, told.mayWrite ? saveButton : null, told.mayWrite ? signButton : null, showButton, told.editor ? ownEditor : null),
  told.mayWrite ? form : null,
  told.mayWrite ? palette(insert, () => vocabulary, () => editor.state.doc.toString()) : null,
  surface, problems,
);

const text = () => editor.state.doc.toString();
/** Whether there is something to save; the text of a file that was deleted is kept, and written again when asked for. */
export const dirty = () => file !== null && !file.gone && text() !== file.text;

/** Open a file at a line. What was typed in another one is saved before. */
export async function edit(path, line, found) {
  findings = found;
  asked = path;
  if (file?.path !== path) {
    try {
      const found = await load(path);
      if (dirty()) await save();
      if (asked !== path) return; // another was asked for meanwhile
      if (dirty()) {
        say("What you typed is not saved yet, so no other section is opened.");
        return;
      }
      file = found;
      // Undo ends with the file: what was typed in the last one must never come back in this one.
      editor.setState(EditorState.create({ doc: file.text, extensions }));
      saved.textContent = "Saved";
      vocabulary = await ask(`/api/vocabulary?${query()}`);
      if (asked !== path) return;
    } catch (problem) {
      complain(problem);
      return;
    }
    named();
    if (told.editor) ownEditor.href = editorAddress(path, line);
    paintForm();
  }
  mark();
  if (line) {
    const at = editor.state.doc.line(Math.min(Math.max(line, 1), editor.state.doc.lines));
    editor.dispatch({ selection: { anchor: at.from }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
  }
  editor.focus();
}

/** What makes the text another one, leaving what is the same, so that the cursor stays. */
function difference(wanted) {
  const now = text();
  let start = 0;
  while (start < now.length && start < wanted.length && now[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < now.length - start && end < wanted.length - start && now[now.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1;
  return { from: start, to: now.length - end, insert: wanted.slice(start, wanted.length - end) };
}

function changed(update) {
  if (file.gone || update.transactions.some((each) => each.annotation(fromDisk))) return;
  saved.textContent = dirty() ? "Not saved yet" : "Saved";
  clearTimeout(timer);
  const line = update.state.doc.lineAt(update.state.selection.main.head);
  const before = line.text.slice(0, update.state.selection.main.head - line.from);
  // A name that is being typed is no error yet.
  timer = setTimeout(() => save(), /\{\{[^}]*$/.test(before) ? UNFINISHED : AUTOSAVE);
}

/** Save; a text that somebody else saved meanwhile is shown beside this one. */
export function save() {
  clearTimeout(timer);
  saving = saving.then(saveNow).catch((problem) => {
    saved.textContent = "Not saved";
    say(problem.message);
    timer = setTimeout(() => save(), 4_000);
  });
  return saving;
}

/** Save on request, a file that was deleted too. */
function saveAgain() {
  if (file?.gone) file = { ...file, text: null, gone: false };
  save();
}

async function saveNow() {
  if (!told.mayWrite || !dirty()) return;
  const sent = { path: file.path, text: text(), base: file.sha256 };
  saved.textContent = "Saving";
  const answer = await ask("/api/file", sent);
  if (answer.conflict) {
    conflict(answer);
    return;
  }
  if (file.path === answer.path) file = { ...answer, text: sent.text };
  saved.textContent = dirty() ? "Not saved yet" : "Saved";
  paintForm();
}

function conflict(theirs) {
  if (!theirs.sha256) {
    lost();
    return;
  }
  saved.textContent = "Not saved: somebody else saved this file";
  const mine = text();
  const column = (title, words, id) => element("div", {}, element("label", { for: id, text: title }), element("textarea", { id, readonly: true, rows: "14", value: words }));
  const settle = (wanted) => () => {
    byId("dialog").close();
    file = theirs;
    if (wanted === mine) save();
    else {
      editor.dispatch({ changes: difference(wanted) });
      say("Theirs is taken. Undo (Ctrl-Z) brings yours back.");
    }
    saved.textContent = wanted === mine ? "Saving" : "Saved";
    paintForm();
  };
  openDialog("Somebody else saved this file",
    element("p", { text: "Nothing is lost: both texts stand below. Take theirs and add what is yours (Undo brings yours back), or write yours over theirs." }),
    element("div", { class: "both" }, column("On the disk now", theirs.text, "theirs"), column("Yours", mine, "mine")),
    element("div", { class: "bar" },
      element("button", { type: "button", onclick: settle(theirs.text) }, "Take theirs"),
      element("button", { type: "button", onclick: settle(mine) }, "Write mine over theirs")));
}

/** Keep the text of a file that is no longer there. */
function lost() {
  clearTimeout(timer);
  file = { ...file, sha256: "", gone: true };
  saved.textContent = "Deleted by somebody else";
  say(`${placeName(file.path)} was deleted or renamed. Its text stays here; “Save” writes it again.`);
}

const load = (path) => ask(`/api/file?path=${encodeURIComponent(path)}`);

on("paths", async (paths) => {
  const before = file;
  if (!before || !paths.includes(before.path) || dirty()) return;
  try {
    const now = await load(before.path);
    if (file !== before || dirty() || now.sha256 === file.sha256) return;
    if (now.sha256) {
      if (before.gone && text() !== before.text) conflict(now);
      else take(now);
      return;
    }
    const others = await Promise.all(paths.filter((path) => path !== before.path && path.endsWith(".md")).map(load));
    const same = others.find((each) => each.sha256 === before.sha256);
    if (file !== before) return;
    if (same) {
      take(same);
      say(`${placeName(before.path)} is called ${placeName(same.path)} now.`);
    } else lost();
  } catch (problem) {
    say(problem.message);
  }
});

/** Show a file as it lies on the disk, under its present name; its text is nothing that undo takes back. */
function take(now) {
  file = now;
  if (text() !== now.text) editor.dispatch({ changes: difference(now.text), annotations: [fromDisk.of(true), Transaction.addToHistory.of(false)] });
  saved.textContent = "Saved";
  named();
  mark();
}

function named() {
  name.textContent = file.path.split("/").slice(2).join(" / ");
}

on("findings", (found) => {
  findings = found;
  mark();
});

addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });

/** Show in the page what the cursor stands in. */
function show() {
  if (!file) return;
  const line = editor.state.doc.lineAt(editor.state.selection.main.head).number;
  ask(`/api/places?${query({ file: file.path, line })}`).then((found) => tell("reveal", found)).catch(complain);
}

function sign() {
  const row = file && rowOf(file.path);
  if (row) save().then(() => askToSign(row));
}

function mark() {
  if (!file) return;
  const here = findings.filter((each) => each.file === file.path);
  const marks = here.map((each) => {
    const line = editor.state.doc.line(Math.min(Math.max(each.line, 1), editor.state.doc.lines));
    const from = Math.min(line.from + Math.max(each.column - 1, 0), line.to);
    const word = /^\S+/.exec(editor.state.sliceDoc(from, line.to));
    const to = each.column ? from + (word?.[0].length ?? 0) : line.to;
    return {
      from, to: Math.max(to, Math.min(from + 1, editor.state.doc.length)),
      severity: each.severity === "note" ? "info" : each.severity,
      source: each.code, message: `${each.message}\n${each.hint}`,
      actions: each.fix && told.mayWrite ? [{ name: each.fix.words, apply: () => mend(each) }] : [],
    };
  });
  editor.dispatch(setDiagnostics(editor.state, marks));
  problems.replaceChildren(...here.map((each) => element("li", { class: each.severity },
    element("p", {}, element("strong", { text: `${each.code}, line ${each.line}:` }), ` ${each.message} `, element("span", { class: "hint", text: each.hint })),
    element("div", { class: "bar" },
      element("button", { type: "button", onclick: () => edit(file.path, each.line, findings) }, "Go there"),
      each.fix && told.mayWrite ? element("button", { type: "button", class: "fix", onclick: () => mend(each) }, each.fix.words) : null))));
}

/** Where words stand in a text, from a place on, that are not part of longer ones, or -1. */
function wholeWords(words, text, from) {
  const inside = (letter) => /[\p{L}\p{N}_]/u.test(letter ?? "");
  let at = text.indexOf(words, from);
  while (at >= 0 && (inside(text[at - 1]) || inside(text[at + words.length]))) at = text.indexOf(words, at + 1);
  return at;
}

/** Write what mends a finding in place of what is wrong. */
function mend(found) {
  const line = editor.state.doc.line(Math.min(Math.max(found.line, 1), editor.state.doc.lines));
  const { from, to } = found.fix;
  const start = Math.max(found.column - 1, 0);
  const first = line.text.startsWith(from, start) ? start : wholeWords(from, line.text, start);
  const at = first < 0 ? wholeWords(from, line.text, 0) : first;
  if (at < 0) {
    say("The text has changed; look at the line yourself.");
    return;
  }
  editor.dispatch({ changes: { from: line.from + at, to: line.from + at + from.length, insert: to } });
  save();
}

async function completions(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const list = (typed, options) => ({ from: context.pos - typed.length, options, validFor: /^[\w.-]*$/ });
  let found;
  if ((found = /\{\{[^}]*\|\s*(\w*)$/.exec(before))) return list(found[1], (vocabulary.formats ?? []).map((label) => ({ label, type: "function" })));
  if ((found = /\{\{\s*([\w.]*)$/.exec(before))) {
    const names = await ask(`/api/names?${query({ prefix: found[1] })}`);
    return { from: context.pos - found[1].length, options: names.map((each) => ({ label: each.name, detail: each.prints, type: "variable" })), validFor: /^\w*$/ };
  }
  if ((found = /\]\(#([\w-]*)$/.exec(before))) return list(found[1], (vocabulary.references ?? []).map((each) => ({ label: each.id, detail: each.title })));
  if ((found = /^(?:measure|measures|with):\s*\[?(?:[\w]+,\s*)*([\w]*)$/.exec(before))) return list(found[1], (vocabulary.measures ?? []).map((each) => ({ label: each.id, detail: each.title })));
  if ((found = /^kind:\s*(\w*)$/.exec(before))) return list(found[1], Object.values(vocabulary.kinds ?? {}).flat().map((each) => ({ label: each.name, detail: each.says })));
  if (!inFrontMatter(context.state, line.number)) return null;
  if ((found = /^owner:\s*(.*)$/.exec(before))) return { from: context.pos - found[1].length, options: (vocabulary.owners ?? []).map((label) => ({ label })) };
  if ((found = /^aim:\s*([\w-]*)$/.exec(before))) return list(found[1], (vocabulary.aims ?? []).map((each) => ({ label: each.id, detail: each.title })));
  if ((found = /^objective:\s*(\d*)$/.exec(before))) return list(found[1], (vocabulary.objectives ?? []).map((each) => ({ label: each.id, detail: each.title })));
  if ((found = /^(\w*)$/.exec(before)) && (found[1] || context.explicit)) return list(found[1], ["title", "objective", "aim", "owner", "reviewed", "topic", "activity", "signs", "measures", "judgement", "waive"].map((label) => ({ label, apply: `${label}: ` })));
  return null;
}

function inFrontMatter(state, number) {
  if (state.doc.line(1).text.trim() !== "---") return false;
  for (let each = 2; each <= state.doc.lines && each <= number; each += 1) {
    if (state.doc.line(each).text.trim() === "---") return false;
  }
  return number > 1;
}

/** Put a block after the paragraph of the cursor, or words at the cursor itself. */
function insert(words, { inline = false } = {}) {
  const at = editor.state.selection.main;
  if (inline) {
    editor.dispatch({ changes: { from: at.from, to: at.to, insert: words }, selection: { anchor: at.from + words.length } });
  } else {
    let line = editor.state.doc.lineAt(at.to);
    while (line.text.trim() && line.number < editor.state.doc.lines) line = editor.state.doc.line(line.number + 1);
    const last = line.text.trim() !== "";
    const put = `${last ? "\n\n" : line.number > 1 && editor.state.doc.line(line.number - 1).text.trim() ? "\n" : ""}${words}\n`;
    editor.dispatch({ changes: { from: line.to, insert: put }, selection: { anchor: line.to + put.length } });
  }
  editor.focus();
}

function pasted(event) {
  if (!told.mayWrite) return false;
  const html = event.clipboardData?.getData("text/html") ?? "";
  const { text: made, left } = html ? markdownOf(html, text()) : { text: tableOfLines(event.clipboardData?.getData("text/plain") ?? ""), left: [] };
  if (!made && !left.length) return false;
  event.preventDefault();
  // What is no words of a line stands apart from what is before and behind it.
  const { from, to } = editor.state.selection.main;
  const isBlock = /\n\n|^(?:#|- |\||> |\d+\. |Table: )/.test(made);
  const before = isBlock && from ? "\n\n".slice(/\n{0,2}$/.exec(editor.state.sliceDoc(Math.max(from - 2, 0), from))[0].length) : "";
  const behind = isBlock && editor.state.sliceDoc(to, to + 1).trim() ? "\n\n" : "";
  editor.dispatch(editor.state.replaceSelection(`${before}${made}${behind}`));
  if (left.length) say(`Left out of what you pasted: ${left.join(", ")}.`);
  return true;
}

function paintForm() {
  if (!file || form.contains(document.activeElement)) return;
  form.lastChild.replaceChildren(frontMatterForm(text(), vocabulary, (wanted) => {
    if (wanted !== text()) editor.dispatch({ changes: difference(wanted) });
  }, text));
}
