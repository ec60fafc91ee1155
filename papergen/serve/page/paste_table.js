// A table that was copied, as Markdown: merged cells are taken apart so that each row says all that it did.

const NUMBER = /^[-–−+(]?£?\d[\d,.]*\s?(?:%|p|m|k|bn)?\)?$/;

/** Words with a backslash before each sign that Markdown would read as a mark. */
export const escaped = (text) => text.replace(/([\\`*_[\]{}<>|])/g, "\\$1").replace(/&(?=#?\w+;)/g, "\\&");

/** The cells of each row; one over several rows stands in each of them, one over several columns in the first. */
function grid(table, words, heads) {
  const rows = table.map(() => []);
  table.forEach((row, down) => {
    let at = 0;
    for (const cell of row.cells) {
      while (rows[down][at] !== undefined) at += 1;
      const text = words(cell);
      for (let below = 0; below < cell.rowSpan && rows[down + below]; below += 1) {
        for (let right = 0; right < cell.colSpan; right += 1) rows[down + below][at + right] = right || (below && down + below < heads) ? "" : text;
      }
      at += cell.colSpan;
    }
  });
  return rows;
}

/** The Markdown of a table, with `caption` above it; nothing where no cell has words. A row that is one cell above it all is its caption. */
export function tableOf(table, words, caption = "") {
  let rows = [...table.rows].filter((row) => row.cells.length);
  let title = caption;
  if (rows.length > 2 && rows[0].cells.length === 1 && rows[1].cells.length > 1) {
    title ||= words(rows[0].cells[0]);
    rows = rows.slice(1);
  }
  const heads = rows.length > 2 && [...rows[0].cells].some((cell) => cell.colSpan > 1) ? 2 : 1;
  return markdown(grid(rows, words, heads), title, heads);
}

/** The Markdown of lines with tabs between their cells, as a spreadsheet copies them; null where they are no table. */
export function tableOfLines(text) {
  const rows = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((cell) => escaped(cell.trim())));
  return rows.length > 1 && rows[0].length > 1 && rows.every((row) => row.length === rows[0].length) ? markdown(rows) : null;
}

function markdown(given, caption = "", heads = 1) {
  const width = Math.max(0, ...given.map((row) => row.length));
  const filled = given.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? "")).filter((row) => row.some(Boolean));
  const columns = [...Array(width).keys()].filter((index) => filled.some((row) => row[index]));
  const rows = filled.map((row) => columns.map((index) => row[index]));
  if (!rows.length) return "";
  const inside = rows.slice(heads);
  const alone = inside.some((row) => row[0] && row.length > 1 && !row.slice(1).some(Boolean));
  const marks = [heads === 2 && "heads=2", alone && "sections"].filter(Boolean).join(" ");
  const above = caption || marks ? `Table: ${caption || "What the table shows"}${marks && ` {${marks}}`}\n\n` : "";
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const numeric = columns.map((_, index) => inside.some((row) => row[index]) && inside.every((row) => !row[index] || NUMBER.test(row[index])));
  return `${above}${[line(rows[0]), `|${numeric.map((each) => (each ? "---:" : "---")).join("|")}|`, ...rows.slice(1).map(line)].join("\n")}`;
}
