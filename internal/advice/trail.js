// Leads through a guide: a page that was entered from one says which step it
// is and where the next one is, and the guide remembers how far the reader
// came. The path lasts as long as the tab.

import { h } from "./dom.js";
import { read, write } from "./store.js";
import { speaker } from "./words.js";

/** @typedef {{id: string, title: string, url: string, at: number, steps: {id: string, title: string, url: string}[]}} Trail The guide, and the step that the reader went to. */

const KEY = "rapport:1:trail";

/**
 * Remembers the guide and the step that the reader is about to go to.
 * @param {Trail} trail
 */
export function follow(trail) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(trail));
  } catch {
    // without it the pages show no bar, and nothing else is lost
  }
}

/** @returns {Trail | null} */
function current() {
  try {
    const trail = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return Array.isArray(trail?.steps) ? trail : null;
  } catch {
    return null;
  }
}

const path = (/** @type {string} */ url) => new URL(url, location.href).pathname;
const bar = document.querySelector("[data-trail]");
const trail = current();
if (bar instanceof HTMLElement && trail) show(bar, trail);

/**
 * Shows where the page stands in the guide, if it is one of its steps. A page
 * may be a step twice: then it is the one that the reader went to.
 * @param {HTMLElement} bar
 * @param {Trail} trail
 */
function show(bar, trail) {
  const here = trail.steps.map((s) => path(s.url) === location.pathname);
  const at = here[trail.at] ? trail.at : here.indexOf(true);
  if (at < 0) return;
  const say = speaker(bar);
  const link = (/** @type {string} */ word, /** @type {number} */ i) => {
    const step = trail.steps[i];
    return step ? h("a", { href: path(step.url), click: () => follow({ ...trail, at: i }) }, `${say(word)}: ${step.title}`) : null;
  };
  bar.replaceChildren(
    h("span", { className: "trail-step" }, say("step", at + 1, trail.steps.length), " ", h("a", { href: path(trail.url) }, trail.title)),
    h("span", { className: "trail-links" }, link("previous", at - 1), " ", link("next", at + 1)));
  bar.hidden = false;
  const record = read(trail.id);
  const last = trail.steps[at].id;
  if (record.kind && record.last !== last) write(trail.id, { ...record, last, at: new Date().toISOString() });
}
