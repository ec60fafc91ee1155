// The page: which meeting and view is shown, the socket that tells of changes, and what stands where.

import { show } from "./board.js";
import { applyPatch, goTo, inSight, keepingPlace, reveal, setSections, showAlone, showPaper } from "./frame.js";
import { beginSection } from "./begin.js";
import { ask, byId, day, editorAddress, element, on, placeName, query, say, tell, told, view } from "./parts.js";

let state = null;
let socket = null;
let delay = 500;
let editor = null;
let lastGood = "";
const HEARD = { papers: papersChanged, print: printed, build: buildChanged };

const title = (words) => { byId("view-title").textContent = words; document.title = `${words} – papergen`; };
const outlineOf = (paper) => state?.outline.find((each) => each.name === paper);
const sectionsOf = (paper) => (outlineOf(paper)?.sections ?? []).filter((each) => each.key);

function fill(select, options, chosen) {
  select.replaceChildren(...options.map(([value, words]) => element("option", { value, text: words, selected: value === chosen })));
}

async function open() {
  const found = await ask(`/api/state?${query()}`);
  state = found;
  lastGood = found.lastGood;
  show({ files: found.built, final: found.final, build: found.build });
  fill(byId("paper"), found.outline.map((each) => [each.name, each.title]), view.paper);
  if (!outlineOf(view.paper)) view.paper = found.outline[0]?.name ?? "";
  paint();
  if (lastGood && view.paper) load(view.section);
  connect();
}

function load(section = "") {
  const list = sectionsOf(view.paper);
  setSections(list);
  if (!view.whole) view.section = list.some((each) => each.key === section) ? section : (list[0]?.key ?? "");
  showPaper(view.paper, lastGood, view.whole ? section : view.section, !view.whole);
  paint();
}

/** The sections that are shown where one is: it and those inside it. */
function shownSections() {
  const list = sectionsOf(view.paper);
  const at = list.findIndex((each) => each.key === view.section);
  const end = list.findIndex((each, index) => at >= 0 && index > at && each.level <= list[at].level);
  return at < 0 ? [] : list.slice(at, end < 0 ? list.length : end);
}

/** The section that a finding stands in: the last that begins in its file at its line or before. */
function holderOf(found) {
  const inFile = state.outline.flatMap((paper) => paper.sections).filter((each) => each.file === found.file);
  return inFile.findLast((each) => each.line <= found.line) ?? inFile[0];
}

function paint() {
  byId("panel").textContent = state.board?.panel ?? "papergen";
  show({ board: state.board });
  const stale = byId("stale");
  stale.hidden = state.good;
  if (!state.good) {
    const errors = state.findings.filter((each) => each.severity === "error").length;
    const what = lastGood ? "the page below is the last good one" : "there is no page until they are mended";
    stale.textContent = `${errors} error${errors === 1 ? "" : "s"}: ${what}.`;
  }
  byId("frame").classList.toggle("is-stale", !state.good);
  byId("frame").classList.toggle("is-empty", !lastGood);
  byId("sections").replaceChildren(...sectionsOf(view.paper).map((each) => element("li", { class: `level-${each.level}` },
    element("a", { href: `/#papers/${each.key}`, text: each.heading, "aria-current": !view.whole && each.key === view.section ? "true" : null }))));
  const shown = shownSections();
  const here = view.whole ? state.findings : state.findings.filter((each) => shown.includes(holderOf(each)));
  const list = here.map((each) => element("li", { class: each.severity },
    element("p", {}, element("strong", { text: `${each.code} ${each.severity}` }), ` ${each.message}`),
    each.hint ? element("p", { class: "hint", text: each.hint }) : null,
    element("button", { type: "button", class: "place", disabled: !each.file.endsWith(".md"), onclick: () => tell("place", { file: each.file, line: each.line, write: true }) }, placeName(each.file, each.line))));
  byId("findings-title").textContent = `Findings${view.whole ? "" : " in this section"}${list.length ? ` (${list.length})` : ""}`;
  byId("findings").replaceChildren(...(list.length ? list : [element("li", { class: "none", text: "None." })]));
  const elsewhere = state.findings.length - here.length;
  byId("findings-elsewhere").hidden = !elsewhere;
  byId("findings-elsewhere").textContent = `${elsewhere} more elsewhere`;
}

function connect() {
  socket?.close();
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const opened = new WebSocket(`${scheme}://${location.host}/live?${query()}`);
  socket = opened;
  opened.addEventListener("open", () => {
    delay = 500;
    document.body.dataset.live = "yes";
    if (lastGood && view.paper) send({ shows: view.paper, number: byId("frame").dataset.number || lastGood });
    if (!byId("print").hidden) send({ print: true });
  });
  opened.addEventListener("message", (event) => {
    const message = JSON.parse(event.data);
    HEARD[message.type]?.(message);
  });
  opened.addEventListener("close", () => {
    if (socket !== opened) return;
    document.body.dataset.live = "no";
    say("The connection is lost; trying again. What you type stays here.");
    setTimeout(() => socket === opened && again(), delay);
    delay = Math.min(delay * 2, 10_000);
  });
}

async function again() {
  await ask(`/api/state?${query()}`).then(() => say("Connected again.")).catch(() => { /* the next attempt follows */ });
  connect();
}

function send(message) {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function papersChanged(message) {
  let gone = false;
  state = { ...state, good: message.good, findings: message.findings, board: message.board };
  if (message.good) {
    state.outline = message.outline;
    lastGood = message.number;
    const patch = message.patches[view.paper];
    gone = !view.whole && !shownSections().length;
    if (gone) showEdition("page");
    if (patch === null || (patch && !applyPatch(patch, sectionsOf(view.paper)))) load(inSight(view.section));
    else if (byId("frame").dataset.number || patch) byId("frame").dataset.number = message.number;
  }
  paint();
  document.body.dataset.number = message.number;
  tell("findings", message.findings);
  if (message.paths.length) {
    tell("paths", message.paths);
    const other = message.by !== told.name ? message.by : "";
    const what = message.paths.map((path) => path.split("/").pop()).join(", ");
    // What a signature of one's own came to has been said already.
    if (what !== "signatures.yaml") say(`${other ? `${other} saved ` : "Brought up to date after "}${what}${message.good ? "" : "; there are errors"}.`);
    else if (other) say(`${other} signed a section off.`);
  }
  if (gone) say("The section is no longer there: the whole paper is shown.");
}

on("shows", ({ paper, number }) => {
  byId("frame").dataset.number = number;
  send({ shows: paper, number });
});

async function buildChanged(message) {
  show({ build: message });
  if (message.running) return;
  const found = await ask(`/api/state?${query()}`);
  show({ files: found.built, final: found.final });
  say(message.code === 0 ? "The papers were written." : "The build has ended without papers.");
}

let printedAt = "";
function printed(message) {
  const age = byId("print-age");
  age.textContent = message.at ? `as of ${new Date(message.at).toLocaleTimeString("en-GB")}${message.current ? "" : ", being laid out again"}` : "being laid out";
  if (message.failed) age.textContent = `${message.at ? `${age.textContent.split(",")[0]}; t` : "T"}he papers as they are now could not be laid out. Build drafts to see why.`;
  if (message.number !== printedAt && message.papers.includes(view.paper)) {
    printedAt = message.number;
    leaf();
  }
}

/** Show the PDF, at the section that was asked for. */
function leaf() {
  if (printedAt) byId("print").src = `/pdf/${view.meeting}/${view.shown}/${printedAt}/${view.paper}.pdf${view.section && `#nameddest=${view.section}`}`;
}

function showEdition(edition) {
  const print = edition === "print";
  byId("frame").hidden = print;
  byId("print").hidden = !print;
  for (const each of ["page", "section", "print"]) byId(`show-${each}`).setAttribute("aria-pressed", String(each === edition));
  if (!print) {
    byId("print-age").textContent = "";
    view.whole = edition === "page";
    sessionStorage.setItem("whole", view.whole ? "yes" : "no");
    view.section = inSight(view.section) || (sectionsOf(view.paper)[0]?.key ?? "");
    showAlone(view.whole ? "" : view.section);
    paint();
  }
  printedAt = "";
  send({ print });
}
for (const each of ["page", "section", "print"]) byId(`show-${each}`).addEventListener("click", () => showEdition(each));
byId("findings-elsewhere").addEventListener("click", () => showEdition("page"));

async function write(file, line = 0) {
  editor ??= await import("./editor.js");
  if (byId("writing").hidden) showWriting(true);
  await editor.edit(file, line, state.findings);
}

byId("show-editor").addEventListener("click", () => {
  // The event that tells of a new address may be waiting behind this click.
  if (routed !== location.hash) route();
  if (byId("writing").hidden) {
    const here = inSight(view.section);
    const section = outlineOf(view.paper)?.sections.find((each) => each.key === here) ?? outlineOf(view.paper)?.sections[0];
    if (section) write(section.file);
    return;
  }
  showWriting(false);
});

function showWriting(shown) {
  keepingPlace(() => {
    byId("writing").hidden = !shown;
    byId("papers").classList.toggle("with-editor", shown);
  });
  byId("show-editor").setAttribute("aria-pressed", String(shown));
  // On a narrow screen the text stands below the page.
  if (shown && byId("writing").offsetLeft <= byId("frame").offsetLeft) byId("writing").scrollIntoView();
}

on("place", ({ file, line, write: force, why }) => {
  if (force && location.hash.startsWith("#papers") === false) location.hash = "#papers";
  if (force || !byId("writing").hidden) write(file, line);
  else if (told.editor && !why) window.open(editorAddress(file, line), "_self");
  const at = holderOf({ file, line });
  const holder = state.outline.find((paper) => paper.sections.includes(at));
  if (force && holder && holder.name !== view.paper) tell("go", { paper: holder.name, section: at.key });
  if (!force && byId("writing").hidden) say(`${placeName(file, line)}.${told.editor ? "" : " Choose “Write” to open it here."}`);
  const section = outlineOf(view.paper)?.sections.includes(at) && at.key;
  if (!section) return;
  const moved = !view.whole && !shownSections().includes(at);
  view.section = view.whole || moved ? section : view.section;
  if (moved) goTo(section);
  paint();
});
on("reveal", (places) => {
  const found = places.find((each) => each.paper === view.paper) ? null : places[0];
  if (found) tell("go", { paper: found.paper, section: found.key });
  else if (!reveal(places.map((each) => each.key))) say("It does not stand in the page yet.");
});
on("go", ({ paper, section }) => {
  const loaded = paper === view.paper && byId("frame").dataset.number;
  view.paper = paper;
  byId("paper").value = paper;
  if (!loaded) return load(section);
  view.section = section || view.section;
  history.replaceState(null, "", `/#papers/${view.section}`);
  goTo(view.section);
  return paint();
});

let routed = "";

function route() {
  routed = location.hash;
  const [name, section = ""] = location.hash.slice(1).split("/");
  const papers = name === "papers";
  byId("board").hidden = papers;
  byId("papers").hidden = !papers;
  document.body.classList.toggle("in-papers", papers);
  byId("to-board").toggleAttribute("aria-current", !papers);
  byId("to-papers").toggleAttribute("aria-current", papers);
  title(papers ? "Papers" : "Board");
  if (!papers || !section || !state) return;
  view.section = decodeURIComponent(section);
  const holder = state.outline.find((paper) => paper.sections.some((each) => each.key === view.section));
  if (holder && holder.name !== view.paper) tell("go", { paper: holder.name, section: view.section });
  else {
    goTo(view.section);
    leaf();
    paint();
  }
  const file = holder?.sections.find((each) => each.key === view.section)?.file;
  if (file && !byId("writing").hidden) write(file);
}

addEventListener("hashchange", route);
// Who has gone elsewhere in the page comes back by the same link, whose address is that of the page already.
byId("sections").addEventListener("click", (event) => { if (event.target.hash === location.hash) route(); });
byId("paper").addEventListener("change", (event) => tell("go", { paper: event.target.value, section: "" }));
byId("shown").addEventListener("change", (event) => { view.shown = event.target.value; open().catch(failed); });
byId("meeting").addEventListener("change", (event) => { view.meeting = event.target.value; view.paper = ""; sessionStorage.setItem("meeting", view.meeting); open().catch(failed); });

function failed(problem) {
  say(problem.message);
  setTimeout(() => open().catch(failed), 2_000);
}

for (const each of ["page", "section"]) byId(`show-${each}`).setAttribute("aria-pressed", String((each === "page") === view.whole));
const asked = new URLSearchParams(location.search).get("meeting") ?? sessionStorage.getItem("meeting");
history.replaceState(null, "", `/${location.hash}`);
view.meeting = told.meetings.includes(asked) ? asked : told.meetings[0];
fill(byId("meeting"), told.meetings.map((each) => [each, day(each, { day: "numeric", month: "long", year: "numeric" })]), view.meeting);
byId("begin").hidden = !told.mayWrite;
byId("begin").addEventListener("click", () => beginSection());
sessionStorage.setItem("meeting", view.meeting);
route();
open().then(route).catch(failed);
