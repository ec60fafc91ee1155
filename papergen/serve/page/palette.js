// What can be put into the text without knowing how it is written: a table, a chart, a box, a footnote, a number.

import { ask, element, openDialog, query } from "./parts.js";

const table = (id) => `Table: What the table shows {#${id}}\n\n| Measure | Number |\n|---|---:|\n| First | 1 |\n| Second | 2 |\n`;
const BOX = "::: note A title\nWords in the box.\n:::\n";
const ONE = new Set(["control", "trend", "seasonal", "comparison", "areas"]);

/** `name`, or with the first number after it that the text does not have yet. */
function free(name, text) {
  let found = name;
  for (let number = 2; new RegExp(`${found}(?![\\w-])`).test(text); number += 1) found = `${name.replace(/-1$/, "")}-${number}`;
  return found;
}

/** The bar of buttons; `insert` puts words into the text, `vocabulary` gives what there is to choose from, `now` the text. */
export function palette(insert, vocabulary, now) {
  const button = (words, act) => element("button", { type: "button", onclick: act }, words);
  return element("div", { class: "bar palette", role: "toolbar", "aria-label": "Put in" },
    button("Table", () => insert(table(free("name-of-the-table", now())))),
    button("Chart", () => chooseChart(insert, vocabulary(), now())),
    button("Number", () => chooseNumber(insert)),
    button("Box", () => insert(BOX)),
    button("Footnote", () => {
      const note = free("note-1", now());
      insert(`[^${note}]`, { inline: true });
      insert(`[^${note}]: The words of the note.\n`);
    }),
    button("Reference", () => chooseReference(insert, vocabulary())));
}

const option = (value, words) => element("option", { value, text: words });

function chooseChart(insert, vocabulary, now) {
  const measure = element("select", { id: "chart-measure" }, ...(vocabulary.measures ?? []).map((each) => option(each.id, `${each.title} (${each.id})`)));
  const kind = element("select", { id: "chart-kind" }, ...(vocabulary.charts ?? []).filter((each) => ONE.has(each)).map((each) => option(each, each)));
  const shown = element("div", { class: "chart-preview", role: "status" });
  const id = () => free(`${measure.value.replaceAll("_", "-")}-${kind.value}`, now);
  const block = () => `\`\`\`chart\nkind: ${kind.value}\nmeasure: ${measure.value}\nid: ${id()}\n\`\`\`\n`;
  const draw = async () => {
    shown.textContent = "Drawing …";
    try {
      const drawn = await ask(`/api/picture?${query()}`, { text: block() });
      shown.replaceChildren(...(drawn.picture
        ? [element("img", { src: drawn.picture, alt: drawn.alternative })]
        : drawn.problems.map((words) => element("p", { class: "problem", text: words }))));
    } catch (problem) {
      shown.textContent = problem.message;
    }
  };
  measure.addEventListener("change", draw);
  kind.addEventListener("change", draw);
  const dialog = openDialog("Put in a chart",
    element("div", { class: "fields" },
      element("div", { class: "field" }, element("label", { for: "chart-measure", text: "Measure" }), measure),
      element("div", { class: "field" }, element("label", { for: "chart-kind", text: "Kind" }), kind)),
    shown,
    element("div", { class: "bar" }, element("button", { type: "button", class: "main-button", onclick: () => { dialog.close(); insert(block()); } }, "Put it in")));
  draw();
}

function chooseNumber(insert) {
  const asked = element("input", { id: "number-name", autocomplete: "off", spellcheck: "false" });
  const list = element("ul", { class: "names" });
  const look = async () => {
    const typed = asked.value.trim();
    const names = await ask(`/api/names?${query({ prefix: typed })}`);
    const wanted = names.filter((each) => each.name.startsWith(typed)).slice(0, 60);
    list.replaceChildren(...wanted.map((each) => element("li", {},
      element("button", { type: "button", onclick: () => { dialog.close(); insert(`{{ ${each.name} }}`, { inline: true }); } }, each.name),
      element("span", { class: "prints", text: each.prints ? `now: ${each.prints}` : each.title || "holds others" }),
      element("button", { type: "button", class: "more", "aria-label": `What is in ${each.name}`, onclick: () => { asked.value = `${each.name}.`; look(); asked.focus(); } }, "…"))));
  };
  asked.addEventListener("input", look);
  const dialog = openDialog("Put in a number", element("label", { for: "number-name", text: "Name, such as robbery.quarter" }), asked, list);
  look();
  asked.focus();
}

function chooseReference(insert, vocabulary) {
  const list = element("ul", { class: "names" }, ...(vocabulary.references ?? []).map((each) => element("li", {},
    element("button", { type: "button", onclick: () => { dialog.close(); insert(`[](#${each.id})`, { inline: true }); } }, each.title))));
  const dialog = openDialog("Refer to a section", list);
}
