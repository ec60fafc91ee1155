// The front matter as a form: a field for each key that is one word or line, written back line by line.

import { element } from "./parts.js";

/** The lines of the front matter, or none. */
function lines(text) {
  const found = /^---[ \t]*\n([\s\S]*?)^---[ \t]*$/m.exec(text);
  return found && found.index === 0 ? found[1] : null;
}

/** The value of a key that stands on one line, without its quotation marks. */
export function valueOf(text, key) {
  const found = new RegExp(`^${key}:[ \\t]*(.*?)[ \\t]*$`, "m").exec(lines(text) ?? "");
  if (!found) return "";
  const typed = found[1].replace(/[ \t]+#.*$/, "");
  if (/^".*"$/.test(typed)) {
    try {
      return JSON.parse(typed);
    } catch {
      return typed.slice(1, -1);
    }
  }
  return /^'.*'$/.test(typed) ? typed.slice(1, -1).replaceAll("''", "'") : typed;
}

/** The text with a key set, or without it where the value is empty. */
export function withKey(text, key, value) {
  const plain = value === "" || (/^[\p{L}\d][^#]*$/u.test(value) && !/: |:$|^(no|yes|true|false|null|on|off)$/i.test(value)) || key === "reviewed";
  const typed = plain ? value : JSON.stringify(value);
  const front = lines(text);
  if (front === null) return value === "" ? text : `---\n${key}: ${typed}\n---\n\n${text}`;
  const line = new RegExp(`^${key}:.*\\n(?:[ \\t]+.*\\n)*`, "m");
  const start = text.indexOf("\n") + 1;
  const wanted = value === "" ? "" : `${key}: ${typed}\n`;
  const made = line.test(front) ? front.replace(line, () => wanted) : front + wanted;
  return text.slice(0, start) + made + text.slice(start + front.length);
}

/** The fields; `change(text)` takes the text that a field makes of what `now()` gives. */
export function frontMatterForm(text, vocabulary, change, now) {
  const ids = (list) => (list ?? []).map((each) => [each.id, `${each.id}: ${each.title}`]);
  const field = (key, label, options, type = "text") => {
    const id = `front-${key}`;
    const value = valueOf(text, key);
    const input = element("input", { id, type, value, list: options ? `${id}-list` : undefined, autocomplete: "off" });
    input.addEventListener("change", () => change(withKey(now(), key, input.value.trim())));
    return element("div", { class: "field" }, element("label", { for: id, text: label }), input,
      options ? element("datalist", { id: `${id}-list` }, ...options.map(([each, words]) => element("option", { value: each, text: words }))) : null);
  };
  const today = new Date();
  const iso = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, "0")}-${String(today.getDate()).padStart(2, "0")}`;
  return element("div", { class: "fields" },
    field("title", "Title"),
    field("owner", "Owner", (vocabulary.owners ?? []).map((each) => [each, each])),
    field("reviewed", "Reviewed on", [[iso, "today"], ["no", "not yet"]]),
    field("objective", "Objective", ids(vocabulary.objectives)),
    field("aim", "Aim", ids(vocabulary.aims)),
    field("topic", "Topic in the summary"),
    field("activity", "Activity in the summary"));
}
