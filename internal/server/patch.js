// @ts-check

/**
 * Brings a page on the screen from one version to the next.
 *
 * Only what differs between the two versions *as they were sent* is touched.
 * So everything that readers or other scripts did to the page stays: typed
 * text, ticks, open details, focus, things that a script put in.
 */

/** From each node of the page as it was sent to its node on the screen.
 * @type {WeakMap<Node, Node>} */
const onScreen = new WeakMap();

/**
 * Returns a copy of the page as it was sent. Must be called before any other
 * script has changed the page.
 * @param {Element} root
 * @returns {Element}
 */
export function remember(root) {
  const copy = /** @type {Element} */ (root.cloneNode(true));
  pair(copy, root);
  return copy;
}

/** @param {Node} copy @param {Node} shown */
function pair(copy, shown) {
  onScreen.set(copy, shown);
  copy.childNodes.forEach((child, i) => pair(child, shown.childNodes[i]));
}

/**
 * Makes the page on the screen, and what is remembered of it, equal to now.
 * @param {Node} was as remembered
 * @param {Node} now of the same name
 */
export function patch(was, now) {
  if (was.isEqualNode(now)) return;
  const shown = onScreen.get(was);
  if (!shown) return;
  if (!(was instanceof Element) || !(now instanceof Element) || !(shown instanceof Element)) {
    was.nodeValue = now.nodeValue;
    shown.nodeValue = now.nodeValue;
    return;
  }
  patchAttributes(was, now, shown);
  patchChildren(was, now, shown);
}

/** @param {Element} was @param {Element} now @param {Element} shown */
function patchAttributes(was, now, shown) {
  for (const name of new Set([...was.getAttributeNames(), ...now.getAttributeNames()])) {
    const value = now.getAttribute(name);
    if (value === was.getAttribute(name)) continue;
    for (const element of [was, shown]) {
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }
  }
}

/** @param {Element} was @param {Element} now @param {Element} shown */
function patchChildren(was, now, shown) {
  const before = [...was.childNodes];
  const partners = align(before, [...now.childNodes]);
  const kept = new Set(partners.values());
  const leaving = before.filter((node) => !kept.has(node)).map((node) => onScreen.get(node));
  /** @type {Node[]} */ const children = [];
  /** @type {HTMLLinkElement[]} */ const sheets = [];
  /** @type {Node | undefined} */ let last;
  for (const node of now.childNodes) {
    let child = partners.get(node);
    if (child) {
      patch(child, node);
    } else {
      child = node.cloneNode(true);
      const fresh = document.importNode(node, true);
      pair(child, fresh);
      insert(fresh, last, shown);
      if (isSheet(fresh)) sheets.push(fresh);
    }
    children.push(child);
    const place = onScreen.get(child);
    if (place?.parentNode) last = place; // a script may have taken it away
  }
  was.replaceChildren(...children);
  const ready = loaded(sheets);
  for (const node of leaving) {
    if (!node) continue;
    if (isSheet(node)) void ready.then(() => node.remove());
    else /** @type {ChildNode} */ (node).remove();
  }
}

/** @param {Node} fresh @param {Node | undefined} last @param {Element} parent */
function insert(fresh, last, parent) {
  if (last) /** @type {ChildNode} */ (last).after(fresh);
  else parent.prepend(fresh);
}

/** @param {Node} node @returns {node is HTMLLinkElement} */
function isSheet(node) {
  return node instanceof HTMLLinkElement && node.rel === "stylesheet";
}

/** Style sheets that leave stay until those that come have loaded.
 * @param {HTMLLinkElement[]} sheets */
function loaded(sheets) {
  const all = sheets.map((sheet) => new Promise((done) => {
    sheet.addEventListener("load", done);
    sheet.addEventListener("error", done);
  }));
  return Promise.race([Promise.all(all), new Promise((done) => setTimeout(done, 2000))]);
}

/**
 * Finds for nodes of one list those of another that they continue, in order.
 * @param {ChildNode[]} before
 * @param {ChildNode[]} after
 * @returns {Map<Node, Node>} from nodes of after to nodes of before
 */
function align(before, after) {
  /** @type {Map<Node, Node>} */ const partners = new Map();
  let start = 0, end = 0;
  while (start < Math.min(before.length, after.length) && before[start].isEqualNode(after[start])) {
    partners.set(after[start], before[start++]);
  }
  while (end < Math.min(before.length, after.length) - start && before[before.length - 1 - end].isEqualNode(after[after.length - 1 - end])) {
    partners.set(after[after.length - 1 - end], before[before.length - 1 - end++]);
  }
  const a = before.slice(start, before.length - end), b = after.slice(start, after.length - end);
  for (const [i, j] of bestPairs(a, b)) partners.set(b[j], a[i]);
  return partners;
}

/** How many comparisons are worth their time; beyond, nodes pair by place. */
const mostCompared = 100_000;

/**
 * The pairs of the common subsequence that keeps the most.
 * @param {ChildNode[]} a @param {ChildNode[]} b @returns {[number, number][]}
 */
function bestPairs(a, b) {
  /** @type {[number, number][]} */ const pairs = [];
  if (a.length * b.length > mostCompared) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (worth(a[i], b[i])) pairs.push([i, i]);
    return pairs;
  }
  const width = b.length + 1;
  const best = new Float64Array((a.length + 1) * width), gain = new Float64Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j, w = worth(a[i], b[j]);
      gain[at] = w ? w + best[at + width + 1] : -1;
      best[at] = Math.max(best[at + width], best[at + 1], gain[at]);
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const at = i * width + j;
    if (gain[at] === best[at]) pairs.push([i++, j++]);
    else if (best[at + width] === best[at]) i++;
    else j++;
  }
  return pairs;
}

/**
 * How much is kept if a becomes b; 0 if it cannot.
 * @param {Node} a @param {Node} b
 */
function worth(a, b) {
  if (a.nodeName !== b.nodeName) return 0;
  if (!(a instanceof Element) || !(b instanceof Element)) return a.nodeValue === b.nodeValue ? 2 : 1;
  if (a.isEqualNode(b)) return 8;
  if (a.id !== b.id || isSheet(a) || a.nodeName === "SCRIPT") return 0;
  return a.id ? 6 : 3;
}
