// Several pages can stand in one, a handout. Each then has ids of its own.

/**
 * The page within a handout that an element belongs to, or null where the page
 * stands alone.
 * @param {Element} el
 */
export const embedded = (el) => el.closest("[data-embedded]");

/**
 * Returns an id as it is on the page: where several pages stand in one, each
 * has a prefix of its own.
 * @param {Element} el of the page
 * @param {string} id
 */
export const idIn = (el, id) => (embedded(el)?.getAttribute("data-embedded") ?? "") + id;
