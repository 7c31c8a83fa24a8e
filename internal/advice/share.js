// The state of a checklist as the part of a link behind "#", which browsers
// send to nobody: "share=1.", four letters for each item ticked, ".", the date
// without dashes, ".", and the notes. Items are known by a hash of their id, so
// that a link holds while the list is edited.

import { isDay } from "./dates.js";

/** @typedef {{ticks: string[], anchor: string, notes: [string, string][]}} Shared Notes are by id of the item. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/**
 * Four letters for an id: 24 bits of its FNV-1a hash.
 * @param {string} id
 */
function short(id) {
  let hash = 0x811c9dc5;
  for (const c of id) hash = Math.imul(hash ^ (c.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 24;
  return [18, 12, 6, 0].map((bits) => LETTERS[(hash >>> bits) & 63]).join("");
}

/** @param {Shared} state */
export function pack(state) {
  const notes = state.notes.filter(([, text]) => text).map(([id, text]) => [short(id), text]);
  const bytes = notes.length ? new TextEncoder().encode(JSON.stringify(notes)) : [];
  let binary = "";
  for (const b of bytes) binary += String.fromCharCode(b);
  const text = btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `share=1.${state.ticks.map(short).join("")}.${state.anchor.replaceAll("-", "")}.${text}`;
}

/**
 * Reads what pack wrote; null if it is something else. What belongs to no item
 * of the list is left out.
 * @param {string} hash with or without "#"
 * @param {string[]} ids of the list's items, and "" if it has notes at the end
 * @returns {Shared | null}
 */
export function unpack(hash, ids) {
  const m = /^#?share=1\.([\w-]*)\.(\d{8})?\.([\w-]*)$/.exec(hash);
  if (!m || m[1].length % 4) return null;
  const known = new Map(ids.map((id) => [short(id), id]));
  const find = (/** @type {string} */ s) => known.get(s);
  /** @type {[string, string][]} */
  const notes = [];
  try {
    const binary = atob(m[3].replaceAll("-", "+").replaceAll("_", "/"));
    const json = new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
    for (const [s, text] of json ? JSON.parse(json) : []) {
      const id = find(s);
      if (id !== undefined && typeof text === "string") notes.push([id, text]);
    }
  } catch {
    return null;
  }
  const ticks = (m[1].match(/.{4}/g) ?? []).map(find).filter((id) => id !== undefined);
  const anchor = (m[2] ?? "").replace(/(....)(..)(..)/, "$1-$2-$3");
  return { ticks, anchor: isDay(anchor) ? anchor : "", notes };
}
