// A calendar file (RFC 5545) of whole days.

/** @typedef {{uid: string, day: string, summary: string, text?: string, url?: string}} Event Uid must be the same for the same thing at every export. */

/**
 * @param {Event[]} events
 * @param {Date} now
 */
export function calendar(events, now) {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rapport//Rapport//EN", "CALSCALE:GREGORIAN"];
  for (const e of events) {
    lines.push("BEGIN:VEVENT", `UID:${e.uid}`, `DTSTAMP:${stamp}`, `DTSTART;VALUE=DATE:${e.day.replaceAll("-", "")}`,
      `SUMMARY:${escape(e.summary)}`);
    if (e.text) lines.push(`DESCRIPTION:${escape(e.text)}`);
    if (e.url) lines.push(`URL:${e.url}`);
    lines.push("TRANSP:TRANSPARENT", "END:VEVENT");
  }
  return [...lines, "END:VCALENDAR", ""].map(fold).join("\r\n");
}

/** @param {string} text */
const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r\n?|\n/g, "\\n").replace(/[\0-\x1f\x7f]/g, "");

/**
 * Breaks a line into pieces of at most 75 octets, never inside a character.
 * @param {string} line
 */
function fold(line) {
  let out = "";
  let size = 0;
  for (const c of line) {
    const code = c.codePointAt(0) ?? 0;
    const octets = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (size + octets > 75) {
      out += "\r\n ";
      size = 1;
    }
    out += c;
    size += octets;
  }
  return out;
}
