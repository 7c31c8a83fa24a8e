// A checklist as a Markdown text to paste elsewhere.

/** @typedef {{text: string, done: boolean, depth: number, due: string, note: string}} Line */

/**
 * @param {string} title
 * @param {{title: string, lines: Line[]}[]} sections
 * @param {string[]} after paragraphs behind the list
 */
export function markdown(title, sections, after) {
  const out = [`# ${plain(title)}`];
  for (const s of sections) {
    if (s.title) out.push("", `## ${plain(s.title)}`);
    out.push("");
    for (const line of s.lines) {
      const indent = "  ".repeat(line.depth);
      out.push(`${indent}- [${line.done ? "x" : " "}] ${plain(line.text)}${line.due && ` (${line.due})`}`);
      if (line.note) out.push("", ...line.note.split("\n").map((l) => `${indent}  > ${l}`), "");
    }
  }
  for (const p of after) if (p) out.push("", p);
  return out.join("\n").replace(/\n{3,}/g, "\n\n") + "\n";
}

/**
 * Keeps signs from being read as Markdown.
 * @param {string} text
 */
export const plain = (text) => text.trim().replace(/\s+/g, " ").replace(/[\\\x60*_[\]<]/g, "\\$&");
