// What can be put into the text without knowing how it is written: tables, charts, a box, a footnote, a number.

import { ask, element, free, openDialog, query } from "./parts.js";

const table = (id) => `Table: What the table shows {#${id}}\n\n| Measure | Number |\n|---|---:|\n| First | 1 |\n| Second | 2 |\n`;
const BOX = "::: note A title\nWords in the box.\n:::\n";

/** The bar of buttons; `insert` puts words into the text, `vocabulary` gives what there is to choose from, `now` the text. */
export function palette(insert, vocabulary, now) {
  const button = (words, act) => element("button", { type: "button", onclick: act }, words);
  return element("div", { class: "bar palette", role: "toolbar", "aria-label": "Put in" },
    button("Table", () => insert(table(free("name-of-the-table", now())))),
    button("Chart", () => chooseExhibit("chart", insert, vocabulary(), now())),
    button("Table of measures", () => chooseExhibit("table", insert, vocabulary(), now())),
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

/** Choose a kind of chart or table and what it is of; the server says what there is to fill in, and how it will look. */
function chooseExhibit(block, insert, vocabulary, now) {
  const kinds = vocabulary.kinds?.[block] ?? [];
  const near = (vocabulary.measures ?? []).map((each) => each.id).filter((id) => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(now));
  const kind = element("select", { id: "exhibit-kind" }, ...kinds.map((each) => option(each.name, each.name)));
  const says = element("p", { class: "hint", id: "exhibit-says" });
  const fields = element("div", { class: "exhibit-fields" });
  const shown = element("div", { class: "exhibit-preview", role: "status" });
  const put = element("button", { type: "button", class: "main-button", onclick: () => { dialog.close(); insert(`\`\`\`${block}\n${made.text}id: ${free(made.id, now)}\n\`\`\`\n`); } }, "Put it in");
  let made = {};
  let asked = 0;
  const draw = async (filled) => {
    const mine = (asked += 1);
    says.textContent = kinds.find((each) => each.name === kind.value)?.says ?? "";
    put.disabled = true;
    if (!filled) fields.replaceChildren();
    shown.replaceChildren(...(shown.querySelector("img, table") && filled ? shown.childNodes : ["Drawing …"]));
    try {
      const found = await ask(`/api/exhibit?${query()}`, { block, kind: kind.value, filled, near });
      if (mine !== asked) return; // another was asked for meanwhile
      made = found;
      put.disabled = !found.text;
      const focused = document.activeElement?.id;
      const more = fields.querySelector("details")?.open;
      fields.replaceChildren(...controls(found.keys ?? [], () => draw(filledIn(fields)), more));
      if (focused) document.getElementById(focused)?.focus();
      shown.replaceChildren(...looks(found));
    } catch (problem) {
      if (mine === asked) shown.textContent = problem.message;
    }
  };
  kind.addEventListener("change", () => draw({}));
  const dialog = openDialog(block === "chart" ? "Put in a chart" : "Put in a table of measures",
    element("div", { class: "field" }, element("label", { for: "exhibit-kind", text: "Kind" }), kind), says, fields, shown,
    element("div", { class: "bar" }, put));
  draw({});
}

/** What is filled in for each key: a list for several, true or false for a box that is ticked. */
function filledIn(fields) {
  const filled = {};
  for (const each of fields.querySelectorAll("[data-key]")) {
    if (each.tagName === "FIELDSET") filled[each.dataset.key] = [...each.querySelectorAll("input:checked")].map((box) => box.value);
    else filled[each.dataset.key] = each.type === "checkbox" ? each.checked : each.value;
  }
  return filled;
}

/** A control for each key, those that the kind can do without behind “More”. */
function controls(keys, changed, open) {
  const control = (key) => {
    const id = `exhibit-${key.name}`;
    const common = { id, "data-key": key.name, onchange: changed };
    const label = element("label", { for: id, text: key.label });
    if (key.control === "several") {
      const boxes = key.choices.map((each) => element("label", { class: "tick" }, element("input", { type: "checkbox", id: `${id}-${each.id}`, value: each.id, checked: (key.value ?? []).includes(each.id), onchange: changed }), each.title));
      return element("fieldset", { "data-key": key.name, class: "field several" }, element("legend", { text: key.label }), ...boxes);
    }
    if (key.control === "yes") return element("label", { class: "tick" }, element("input", { ...common, type: "checkbox", checked: Boolean(key.value) }), key.label);
    const value = String(key.value ?? "");
    if (key.control === "choice") {
      const choices = key.choices.some((each) => String(each.id) === value) ? key.choices : [{ id: value, title: value }, ...key.choices];
      return element("div", { class: "field" }, label, element("select", common, ...choices.map((each) => element("option", { value: String(each.id), text: each.title, selected: String(each.id) === value }))));
    }
    return element("div", { class: "field" }, label, element("input", { ...common, value, inputmode: key.control === "number" ? "numeric" : undefined, autocomplete: "off" }));
  };
  const rest = keys.filter((each) => !each.needed);
  return [
    element("div", { class: "fields" }, ...keys.filter((each) => each.needed).map(control)),
    rest.length ? element("details", { open }, element("summary", { text: "More" }), element("div", { class: "fields" }, ...rest.map(control))) : "",
  ];
}

/** The picture or table that comes of it, or what is wrong. */
function looks(found) {
  const caption = found.caption ? [element("p", { class: "caption", text: found.caption })] : [];
  if (found.picture) return [...caption, element("img", { src: found.picture, alt: found.alternative })];
  if (found.head) {
    const head = found.head.map((text) => element("th", { text, scope: "col" }));
    const cell = (each) => element("td", {}, ...each.graphics.map((one) => element("img", { src: one.picture, alt: one.said })), each.words);
    return [...caption, element("div", { class: "frame", tabindex: "0", role: "group", "aria-label": "The table" }, element("table", { class: "committee-table" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...found.rows.map((cells) => element("tr", {}, ...cells.map(cell))))))];
  }
  return (found.problems ?? []).map((words) => element("p", { class: "problem", text: words }));
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
