// A section that is not there yet: its file is made at the end of a folder, and then written like any other.

import { withKey } from "./form.js";
import { ask, byId, complain, element, openForm, query, tell } from "./parts.js";

const idOf = (title) => title.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Ask for the title and place of a new section; one for an objective has its title from the plan. */
export async function beginSection({ title = "", objective = "", beside = "" } = {}) {
  const folders = (await ask(`/api/vocabulary?${query()}`).catch(complain))?.folders ?? [];
  const inside = beside.replace(/\/[^/]*$/, "");
  const words = element("input", { id: "new-title", required: true, value: title, readonly: Boolean(objective), autocomplete: "off" });
  const place = element("select", { id: "new-place" }, ...folders.map((each) => element("option", { value: each.folder, text: each.title, selected: each.folder === inside })));
  const begin = async () => {
    const folder = folders.find((each) => each.folder === place.value);
    const id = idOf(words.value).slice(0, 60).replace(/-$/, "");
    if (!folder || !id) throw new Error("Give it a title in letters.");
    const path = `${folder.folder}/${String(folder.next).padStart(2, "0")}-${id}.md`;
    const front = objective ? withKey("", "objective", objective) : withKey("", "title", words.value.trim());
    const made = await ask("/api/file", { path, text: `${front.trimEnd()}\n\n`, base: "" });
    if (made.conflict) throw new Error("There is such a file already.");
    byId("dialog").close();
    tell("place", { file: path, line: 5, write: true });
  };
  openForm("New section", "Begin it", begin,
    element("label", { for: "new-title", text: objective ? `Title, from the plan (objective ${objective})` : "Title" }), words,
    element("label", { for: "new-place", text: "At the end of" }), place);
  (objective ? place : words).focus();
}
