// What every part of the page uses: elements, requests, the dialog, and who is told of what.

export const told = JSON.parse(document.querySelector('meta[name="papergen"]').content);
export const byId = (id) => document.getElementById(id);

/** An element with properties (class, dataset, on… and attributes) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name === "text") made.textContent = value;
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((each) => each !== null && each !== undefined && each !== ""));
  return made;
}

export const view = { meeting: "", shown: "draft", paper: "", section: "", whole: sessionStorage.getItem("whole") !== "no" };

/** The parameters that say which meeting and view is meant. */
export function query(more = {}) {
  return new URLSearchParams({ meeting: view.meeting, view: view.shown, ...more }).toString();
}

const REFUSED = {
  403: "You may not do this here, or your link has ended.",
  408: "The line is slow: not all of it came within a minute. Nothing is lost here; try again.",
  413: "This is more than a file may hold. Nothing is lost here; divide the text.",
  429: "That was a great deal in one minute. Nothing is lost here; try again in a minute.",
};

/** What an address answers; with a body it is a write. Throws what went wrong, in words. */
export async function ask(path, body) {
  const options = body === undefined
    ? {}
    : { method: "POST", headers: { "Content-Type": "application/json", "X-Papergen": "1" }, body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("papergen serve does not answer. It may have been ended; nothing is lost here.");
  }
  if (answer.status === 409) return { conflict: true, ...(await answer.json()) };
  if (answer.ok) return answer.json();
  const said = answer.headers.get("content-type")?.includes("json") ? await answer.json() : null;
  if (said) throw new Error(`${said.message} ${said.hint}`.trim());
  throw new Error(REFUSED[answer.status] ?? `It did not work (${answer.status}).`);
}

const listeners = new Map();
/** Call `listener` whenever `what` is told. */
export function on(what, listener) {
  listeners.set(what, [...(listeners.get(what) ?? []), listener]);
}
/** Tell everyone who listens. */
export function tell(what, value) {
  for (const each of listeners.get(what) ?? []) each(value);
}

/** A line that screen readers speak and that stands in the header. */
export function say(words) {
  byId("status").textContent = words;
}

/** Say what went wrong. */
export const complain = (problem) => say(problem.message);

/** Show a dialog with a title and content; it closes with Escape or a button of `data-close`. */
export function openDialog(title, ...content) {
  const dialog = byId("dialog");
  const close = element("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×");
  dialog.replaceChildren(element("div", { class: "dialog-head" }, element("h2", { id: "dialog-title", text: title }), close), ...content);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

/** Ask for `fields` in a dialog whose button of `words` does what `act` does; what goes wrong then is told there. */
export function openForm(title, words, act, ...fields) {
  const problem = element("p", { class: "problem", role: "alert" });
  const onsubmit = (event) => {
    event.preventDefault();
    act().catch((failed) => { problem.textContent = failed.message; });
  };
  const button = element("button", { type: "submit", class: "main-button" }, words);
  openDialog(title, element("form", { onsubmit }, ...fields, problem, element("div", { class: "bar" }, button)));
}

/** Days that are left, in words. */
export function daysLeft(days) {
  if (days === 0) return "today";
  const counted = `${Math.abs(days).toLocaleString("en-GB")} day${Math.abs(days) === 1 ? "" : "s"}`;
  return days > 0 ? `in ${counted}` : `${counted} ago`;
}

/** A day or a moment as it is read. */
export function day(text, options = { weekday: "long", day: "numeric", month: "long", year: "numeric" }) {
  return new Date(text).toLocaleDateString("en-GB", { ...options, timeZone: text.length === 10 ? "UTC" : undefined });
}
export function moment(text) {
  return new Date(text).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

/** Where a finding stands, as short as tells: the meeting is known. */
export function placeName(file, line) {
  const short = file.replace(`content/${view.meeting}/`, "");
  return line ? `${short}, line ${line}` : short;
}

/** The address at which the user's own editor opens a file, or nothing. */
export function editorAddress(file, line) {
  return told.editor.replace("{file}", file.split("/").map(encodeURIComponent).join("/")).replace("{line}", String(line || 1));
}

/** How many of what: "2 warnings". */
export function counted(findings) {
  return ["error", "warning", "note"]
    .filter((name) => findings[name])
    .map((name) => `${findings[name]} ${name}${findings[name] === 1 ? "" : "s"}`)
    .join(", ");
}

/** `name`, or with the first number after it that the text does not have yet. */
export function free(name, text) {
  let found = name;
  for (let number = 2; new RegExp(`${found}(?![\\w-])`).test(text); number += 1) found = `${name.replace(/-1$/, "")}-${number}`;
  return found;
}
