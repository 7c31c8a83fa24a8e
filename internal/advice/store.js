// What readers do on a site stays on their device, in the browser's local
// storage: one record per page, under the page's address below the base URL.
// Where the browser refuses, records live as long as the page does.
//
// The version is part of the key. A later form of records gets a key of its
// own and takes over what it finds here.

/**
 * What every record has, beside what its page keeps.
 * @typedef {{kind: string, title: string, at: string, done: number, of: number, complete: boolean} & Record<string, unknown>} Entry
 */

const PREFIX = "rapport:1:";

/** @type {Map<string, string>} what the browser would not keep */
const memory = new Map();

const disk = (() => {
  try {
    localStorage.setItem(PREFIX, "");
    localStorage.removeItem(PREFIX);
    return localStorage;
  } catch {
    return null;
  }
})();

/** Reports whether all that was written will outlive the page. */
export const lasting = () => disk !== null && memory.size === 0;

/**
 * Finds what says that the page was sealed, or null. What readers do with it is kept with it
 * alone, without its title, which whoever opens the browser could read.
 */
export const confidential = () => document.querySelector("[data-confidential]");

/**
 * Returns the record of a page, or an empty one. Its values may be of any kind.
 * @param {string} id
 * @returns {Record<string, unknown>}
 */
export function read(id) {
  try {
    const value = JSON.parse(memory.get(id) ?? disk?.getItem(PREFIX + id) ?? "{}");
    return value && typeof value === "object" && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

/**
 * Keeps a record; none removes it.
 * @param {string} id
 * @param {Record<string, unknown> | null} record
 */
export function write(id, record) {
  memory.delete(id);
  if (record && confidential()) record = { ...record, title: "" };
  try {
    if (!record) disk?.removeItem(PREFIX + id);
    else if (disk) disk.setItem(PREFIX + id, JSON.stringify(record));
    else memory.set(id, JSON.stringify(record));
  } catch {
    memory.set(id, JSON.stringify(record));
  }
  dispatchEvent(new Event("rapport:kept"));
}

/**
 * Returns the id of a page's record. What the reader kept under an address that
 * the page had before it moved is taken over, unless there is something already.
 * @param {HTMLElement} el with the id and the earlier ones
 * @param {string} [id]
 */
export function own(el, id = el.dataset.page ?? "") {
  for (const old of JSON.parse(el.dataset.earlier ?? "[]")) {
    const record = read(old);
    if (!record.kind || read(id).kind) continue;
    write(id, record);
    if (lasting()) write(old, null);
  }
  return id;
}

/**
 * Returns all records by id, in order.
 * @returns {[string, Record<string, unknown>][]}
 */
export function all() {
  const ids = new Set(memory.keys());
  for (let i = 0; disk && i < disk.length; i++) {
    const key = disk.key(i) ?? "";
    if (key.startsWith(PREFIX)) ids.add(key.slice(PREFIX.length));
  }
  return [...ids].sort().map((id) => [id, read(id)]);
}

/**
 * Calls f when another tab has changed a record (any, without an id), or when
 * the reader comes back to a page that the browser had put aside.
 * @param {string | null} id
 * @param {() => void} f
 */
export function watch(id, f) {
  addEventListener("storage", (e) => {
    if (e.key === null || (id === null ? e.key.startsWith(PREFIX) : e.key === PREFIX + id)) f();
  });
  addEventListener("pageshow", (e) => {
    if (e.persisted) f();
  });
}

/**
 * Reads a value as a text.
 * @param {unknown} value
 */
export const text = (value) => (typeof value === "string" ? value : "");

/**
 * Reads a value as a number.
 * @param {unknown} value
 */
export const amount = (value) => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/**
 * Reads a value as a list of texts.
 * @param {unknown} value
 * @returns {string[]}
 */
export const texts = (value) => (Array.isArray(value) ? value.filter((x) => typeof x === "string") : []);

/**
 * Reads a value as a list of pairs of texts.
 * @param {unknown} value
 * @returns {[string, string][]}
 */
export const pairs = (value) =>
  Array.isArray(value) ? value.filter((x) => Array.isArray(x) && x.length === 2 && texts(x).length === 2) : [];
