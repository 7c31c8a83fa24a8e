// All records of a device as one file, and back. A file never overwrites what
// is newer on the device.

/** @typedef {[string, Record<string, unknown>]} Kept a record with its id */

const KINDS = ["checklist", "assessment", "template", "questions", "guide", "fields"];

/** The longest record that is taken, in characters. */
const MOST = 1_000_000;

/**
 * @param {Kept[]} records
 * @param {Date} now
 */
export const exported = (records, now) =>
  JSON.stringify({ rapport: 1, saved: now.toISOString(), records: Object.fromEntries(records) }, null, 1) + "\n";

/**
 * Says which records of a file to take, and how many are newer here; null if
 * the file is not such a file.
 * @param {string} text
 * @param {Kept[]} here
 * @returns {{take: Kept[], kept: number} | null}
 */
export function imported(text, here) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (file?.rapport !== 1 || typeof file.records !== "object" || !file.records) return null;
  const mine = new Map(here);
  /** @type {Kept[]} */
  const good = Object.entries(file.records).filter(([id, r]) =>
    (id === "fields" || id.startsWith("/")) && id.length < 1000 && KINDS.includes(r?.kind) && typeof r.at === "string" && JSON.stringify(r).length < MOST);
  const take = good.filter(([id, r]) => !(String(mine.get(id)?.at ?? "") >= String(r.at)));
  return { take, kept: good.length - take.length };
}
