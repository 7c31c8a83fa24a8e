// All records of a device as one file, and back. A file never overwrites what
// is newer on the device.

/** @typedef {[string, Record<string, unknown>]} Kept a record with its id */

const KINDS = ["checklist", "assessment", "template", "questions", "guide", "fields"];

/** The longest record that is taken, in characters. */
const MOST = 1_000_000;

/** @param {unknown} text */
const isTime = (text) => typeof text === "string" && !Number.isNaN(Date.parse(text));

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
  /** @type {Kept[]} */
  let good;
  try {
    const file = JSON.parse(text);
    /** @type {[string, any][]} */
    const entries = Object.entries(file.records);
    if (file.rapport !== 1) return null;
    good = entries.filter(([id, r]) =>
      (id === "fields" || id.startsWith("/")) && id.length < 1000 && KINDS.includes(r?.kind) && isTime(r.at) && JSON.stringify(r).length < MOST);
    if (!good.length && entries.length) return null;
  } catch {
    return null; // no JSON, or no records in it
  }
  const mine = new Map(here);
  const take = good.filter(([id, r]) => !(String(mine.get(id)?.at ?? "") >= String(r.at)));
  return { take, kept: good.length - take.length };
}
