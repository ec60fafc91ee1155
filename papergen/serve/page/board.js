// The board: how each section stands, the days that are left, what stops the final papers, and building them.

import { beginSection } from "./begin.js";
import { ask, byId, complain, counted, day, daysLeft, element, moment, openForm, placeName, query, say, tell, told, view } from "./parts.js";

let board = null;
let files = [];
let final = false;
let build = null;
const place = byId("board");

/** Show the board, the files of the last build and whether they are final, or the build that runs: whatever is given. */
export function show(found) {
  ({ board, files, final, build } = { board, files, final, build, ...found });
  paint();
}
export const rowOf = (file) => board?.rows.find((row) => row.file === file);

function paint() {
  const focused = document.activeElement?.id;
  const unread = element("p", { text: "The settings of this meeting cannot be used; the findings say why." });
  place.replaceChildren(...(board ? [deadlines(), stops(), building(), sections()] : [unread, building()]));
  if (focused) byId(focused)?.focus();
}

function deadlines() {
  const items = board.deadlines.map((each) => element("li", { class: each.left < 0 ? "due passed" : "due" },
    element("h3", { text: each.stage }),
    element("p", { class: "due-day" }, element("time", { datetime: each.day, text: day(each.day) })),
    element("p", { class: "due-left", text: daysLeft(each.left) }),
    element("details", {}, element("summary", { text: `Why ${each.stage.toLowerCase()} that day` }), element("p", { text: `${each.reason} ${each.source}` }))));
  const more = [board.late, ...board.calendar.map((each) => `${each.message} ${each.hint}`)].filter(Boolean);
  return element("section", { "aria-labelledby": "due-title" },
    element("h2", { id: "due-title", text: "Deadlines" }),
    element("ol", { class: "deadlines" }, ...items), ...more.map((words) => element("p", { class: "notice", text: words })));
}

function sections() {
  const groups = Map.groupBy(board.rows, (row) => row.paper);
  // On a phone a row is laid out as a card; what it is to a screen reader is said, since looks may change that.
  const tables = [...groups].map(([paper, rows], index) => element("div", { class: "rows" },
    element("table", { class: "committee-table", role: "table", "aria-labelledby": `rows-${index}` },
      element("caption", { class: "caption" }, element("span", { id: `rows-${index}`, text: paper })),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...["Section", "Owner", "State", "Findings", "Saved", "Sign off"].map((each) => element("th", { scope: "col", role: "columnheader", text: each })))),
      element("tbody", { role: "rowgroup" }, ...rows.map(line)))));
  const states = Map.groupBy(board.rows, (row) => row.standing);
  const summary = [...states].map(([state, rows]) => `${rows.length} ${state}`).join(", ");
  return element("section", { "aria-labelledby": "sections-title" }, element("h2", { id: "sections-title", text: "Sections" }), element("p", { text: summary }), ...tables);
}

function line(row) {
  const signed = row.signatures.map((each) => element("span", { class: "signature", text: `${each.role}${each.name ? ` (${each.name})` : ""}, ${moment(each.signed)}${each.holds ? "" : ", before it changed"}` }));
  const heading = row.key
    ? element("a", { href: `/#papers/${row.key}`, text: row.heading })
    : row.heading;
  const button = row.key && told.mayWrite
    ? element("button", { type: "button", id: `sign-${row.key}`, "aria-label": `Sign off ${row.heading}`, onclick: () => askToSign(row) }, "Sign off")
    : told.mayWrite ? beginButton(row) : null;
  const cell = (label, ...inside) => element("td", { role: "cell", "data-label": label }, ...inside);
  return element("tr", { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, heading),
    cell("Owner", row.owner || "nobody"),
    cell("State", element("span", { class: `standing ${row.standing.replace(/\W+/g, "-")}`, text: row.standing }), ...signed),
    cell("Findings", counted(row.findings) || "none"),
    cell("Saved", row.changed ? moment(row.changed) : "–"),
    cell("Sign off", button ?? "–"));
}

/** A button that begins the section of an objective of which nothing is said. */
function beginButton(row) {
  const beside = board.rows.find((each) => each.file && each.objective !== null)?.file ?? "";
  const begun = { title: row.title, objective: String(row.objective), beside };
  return element("button", { type: "button", "aria-label": `Begin ${row.heading}`, onclick: () => beginSection(begun) }, "Begin");
}

/** Ask as which role a section is signed off, and sign it. */
export function askToSign(row) {
  const role = element("input", { id: "role", required: true, value: row.owner, autocomplete: "off" });
  const sign = async () => {
    const signed = await ask(`/api/sign?${query()}`, { section: row.key, role: role.value });
    byId("dialog").close();
    const unreviewed = signed.unreviewed.length ? " Its file still says “reviewed: no”, which stops the final papers." : "";
    say(`Signed off as ${role.value}: ${row.heading}.${unreviewed}`);
  };
  openForm("Sign off", "Sign off", sign,
    element("p", { text: `You sign “${row.heading}” off for its text as it is printed now, with its numbers and charts. If any of it changes, the board shows “signed, then changed”.` }),
    element("label", { for: "role", text: "As which role" }), role);
  role.focus();
}

function stops() {
  const items = board.stops.map((each) => element("li", {},
    element("strong", { text: `${each.code} (${each.severity})` }), ` ${each.message} `,
    element("span", { class: "hint", text: each.hint }),
    each.file.endsWith(".md") ? element("button", { type: "button", class: "place", onclick: () => tell("place", { file: each.file, line: each.line, write: true }) }, placeName(each.file, each.line)) : element("code", { class: "place", text: each.file })));
  return element("section", { "aria-labelledby": "stops-title" },
    element("h2", { id: "stops-title", text: "What stops the final papers" }),
    items.length ? element("ul", { class: "stops" }, ...items) : element("p", { text: "Nothing. They can be built." }));
}

function building() {
  const start = (wanted) => ask(`/api/build?${query()}`, { final: wanted })
    .then((answer) => answer.conflict && say("A build is running already.")).catch(complain);
  const running = build?.running;
  const buttons = told.mayWrite ? element("div", { class: "bar" },
    element("button", { type: "button", id: "build-draft", class: "main-button", disabled: running, onclick: () => start(false) }, "Build drafts"),
    element("button", { type: "button", id: "build-final", disabled: running, onclick: () => start(true) }, "Build final papers"),
    running ? element("button", { type: "button", id: "build-stop", onclick: () => ask("/api/stop", {}).catch(complain) }, "Stop") : null) : null;
  const parts = [];
  if (running) {
    parts.push(element("p", { id: "build-step", text: `${build.step}: ${build.what}` }),
      element("progress", { max: "100", value: String(Math.round(build.share * 100)), "aria-labelledby": "build-step" }));
  } else if (build) {
    const words = build.code === 0 ? "The papers were written." : build.code === 130 || build.code < 0 ? "The build was stopped; the papers in place are whole." : "No papers were written; those of the last build are as they were.";
    parts.push(element("p", { class: build.code === 0 ? "notice good" : "notice", id: "build-end", text: words }));
    if (build.code !== 0 && build.told.length) parts.push(element("details", { open: !board.stops.length },
      element("summary", { text: "What the build said" }), element("pre", { tabindex: "0", "aria-label": "What the build said", text: build.told.join("\n") })));
  }
  const papers = files.filter((each) => !each.name.startsWith("chart-data/"));
  const charts = files.length - papers.length;
  const downloads = papers.map((each) => element("li", {},
    element("a", { href: `/download/${view.meeting}/${each.name}`, download: true, text: each.name }),
    ` ${[each.pages && `${each.pages} pages`, `${Math.max(1, Math.round(each.size / 1000)).toLocaleString("en-GB")} kB`].filter(Boolean).join(", ")}`));
  return element("section", { "aria-labelledby": "build-title" },
    element("h2", { id: "build-title", text: "The papers" }), buttons, ...parts,
    papers.length ? element("p", { text: final ? "The final papers:" : "The drafts that were built last:" }) : element("p", { text: "Nothing has been built yet." }),
    element("ul", { class: "downloads" }, ...downloads),
    papers.length ? element("p", {}, element("a", { href: `/download/${view.meeting}.zip`, download: true, text: "All of them in one file" }),
      charts ? `, with the data of ${charts} chart${charts === 1 ? "" : "s"}, to which the web pages link` : "") : null);
}
