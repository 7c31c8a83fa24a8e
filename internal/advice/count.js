// How far a reader is with a checklist: the same rules as in progress.go.

/**
 * @typedef {{id: string, required?: boolean, weight: number, due?: string, notes?: boolean, checked?: boolean, children?: Item[]}} Item
 * @typedef {{id: string, min: number, max: number}} Band
 * @typedef {{score: string, most: number, anchor?: boolean, notes: string, repeat: string, sections: {id: string, items: Item[]}[], bands?: Band[]}} Checklist
 * @typedef {{done: number, total: number, score: number, most: number, band: string, left: string[], complete: boolean}} Progress Complete: every required item is done, or all where none is required.
 */

/**
 * The items with their children, in the order of the page.
 * @param {Item[]} items
 * @returns {Item[]}
 */
export const flat = (items) => items.flatMap((item) => [item, ...(item.children ?? [])]);

/**
 * Returns the children that decide whether the item is done; none if its own
 * box does.
 * @param {Item} item
 */
export const deciding = (item) => (item.children ?? []).filter((child) => child.required);

/**
 * @param {Item} item
 * @param {Set<string>} ticked
 */
export function isDone(item, ticked) {
  const children = deciding(item);
  return children.length > 0 ? children.every((child) => ticked.has(child.id)) : ticked.has(item.id);
}

/**
 * Counts what is done of some of the list's items.
 * @param {Checklist} list
 * @param {Item[]} items
 * @param {Set<string>} ticked
 * @returns {Progress}
 */
export function count(list, items, ticked) {
  const p = { done: 0, total: 0, score: 0, most: list.most, band: "", left: /** @type {string[]} */ ([]), complete: false };
  for (const item of flat(items)) {
    p.total++;
    if (isDone(item, ticked)) {
      p.done++;
      p.score += list.score === "weighted" ? item.weight : list.score === "count" ? 1 : 0;
    } else if (item.required) {
      p.left.push(item.id);
    }
  }
  p.complete = p.left.length === 0 && (p.done === p.total || flat(items).some((item) => item.required));
  if (list.score !== "none" && list.bands?.length) {
    p.band = (list.bands.filter((b) => b.min <= p.score).pop() ?? list.bands[0]).id;
  }
  return p;
}
