// What was copied from Word or a web page, as Markdown: its words and their structure, and nothing of its look.

const SKIPPED = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE", "HEAD", "OBJECT", "XML", "O:P"]);

/** The Markdown of a piece of HTML; nothing where it has no words. */
export function markdownOf(html) {
  // Looks are read and never applied: the policy of this page has no room for those of others.
  const body = new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-look="), "text/html").body;
  const levels = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((each) => Number(each.tagName[1]));
  highest = Math.min(...levels);
  return blocks(body, 0).replace(/\n{3,}/g, "\n\n").trim();
}

/** The level of the highest heading that was copied, which becomes a heading straight below the title. */
let highest = 1;

const escaped = (text) => text.replace(/\s+/g, " ").replace(/([\\`*_[\]{}<>|])/g, "\\$1");

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName)) return "";
  if (node.tagName === "BR") return "\\\n";
  const inside = [...node.childNodes].map(inline).join("");
  const words = inside.trim();
  if (!words) return inside ? " " : "";
  const around = (mark) => inside.replace(words, () => `${mark}${words}${mark}`);
  if (node.tagName === "A" && /^https?:/.test(node.getAttribute("href") ?? "")) return inside.replace(words, () => `[${words}](${node.getAttribute("href")})`);
  const look = node.dataset.look ?? "";
  const weight = /font-weight:\s*(\w+)/.exec(look)?.[1] ?? "";
  if (/^(B|STRONG)$/.test(node.tagName) && weight !== "normal") return around("**");
  if (weight === "bold" || Number(weight) >= 600) return around("**");
  if (/^(I|EM)$/.test(node.tagName) || /font-style:\s*italic/.test(look)) return around("*");
  return inside;
}

function blocks(parent, depth) {
  let made = "";
  let run = "";
  const flush = () => {
    if (run.trim()) made += `${run.trim()}\n\n`;
    run = "";
  };
  for (const node of parent.childNodes) {
    const tag = node.nodeType === Node.ELEMENT_NODE ? node.tagName : "";
    if (SKIPPED.has(tag)) continue;
    if (/^H[1-6]$/.test(tag)) {
      flush();
      const words = [...node.childNodes].map(inline).join("").trim().replaceAll("**", "");
      if (words) made += `${"#".repeat(Math.min(Number(tag[1]) - highest + 2, 5))} ${words}\n\n`;
    } else if (tag === "UL" || tag === "OL") {
      flush();
      made += list(node, depth);
    } else if (tag === "TABLE") {
      flush();
      made += table(node);
    } else if (tag === "BLOCKQUOTE") {
      flush();
      made += `${blocks(node, depth).trim().replace(/^/gm, "> ")}\n\n`;
    } else if (/^(P|DIV|SECTION|ARTICLE|BODY|MAIN|HEADER|FOOTER)$/.test(tag)) {
      flush();
      const item = wordList(node);
      const ends = item && !wordList(node.nextElementSibling);
      made += item ? `${item}${ends ? "\n" : ""}` : blocks(node, depth);
    } else {
      run += inline(node);
    }
  }
  flush();
  return made;
}

/** A paragraph that Word means as an item of a list, with the bullet typed before it. */
function wordList(node) {
  if (!node || !/mso-list|MsoListParagraph/.test(`${node.dataset.look ?? ""} ${node.className}`)) return null;
  const copy = node.cloneNode(true);
  copy.querySelectorAll('[data-look*="mso-list"]').forEach((each) => each.remove());
  const words = [...copy.childNodes].map(inline).join("").trim().replace(/^[·•o§-]\s+|^\d+[.)]\s+/, "");
  const ordered = /^\s*\d+[.)]/.test(node.textContent);
  return `${ordered ? "1." : "-"} ${words}\n`;
}

function list(node, depth) {
  let made = "";
  let count = 1;
  for (const item of node.children) {
    if (item.tagName !== "LI") continue;
    const mark = node.tagName === "OL" ? `${count}.` : "-";
    const words = blocks(item, depth + 1).trim().replace(/\n{2,}(?=\s*(?:-|\d+\.) )/g, "\n");
    made += `${mark} ${words.replace(/\n/g, `\n${" ".repeat(mark.length + 1)}`)}\n`;
    count += 1;
  }
  return `${made}\n`;
}

function table(node) {
  const rows = [...node.rows].map((row) => [...row.cells].map((cell) => [...cell.childNodes].map(inline).join("").replaceAll("\\\n", " ").replace(/\s+/g, " ").trim()));
  if (!rows.length) return "";
  const width = Math.max(...rows.map((row) => row.length));
  const even = rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
  const numeric = [...Array(width).keys()].map((index) => even.length > 1 && even.slice(1).every((row) => /^[-–£]?[\d,.]+%?$/.test(row[index])));
  const line = (cells) => `| ${cells.join(" | ")} |\n`;
  return `${line(even[0])}|${numeric.map((each) => (each ? "---:" : "---")).join("|")}|\n${even.slice(1).map(line).join("")}\n`;
}
