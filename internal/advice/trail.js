// Leads through a guide: a page that was entered from one says which step it
// is and where the next one is. The path lasts as long as the tab.

import { h } from "./dom.js";
import { speaker } from "./words.js";

/** @typedef {{title: string, url: string, steps: {title: string, url: string}[]}} Trail */

const KEY = "rapport:1:trail";

/**
 * Remembers the guide that the reader is about to leave.
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
const at = trail ? trail.steps.findIndex((s) => path(s.url) === location.pathname) : -1;
if (bar instanceof HTMLElement && trail && at >= 0) {
  const say = speaker(bar);
  const link = (/** @type {string} */ word, /** @type {number} */ i) => {
    const step = trail.steps[i];
    return step ? h("a", { href: path(step.url), rel: word }, `${say(word)}: ${step.title}`) : null;
  };
  bar.replaceChildren(
    h("span", { className: "trail-step" }, say("step", at + 1, trail.steps.length), " ", h("a", { href: path(trail.url) }, trail.title)),
    h("span", { className: "trail-links" }, link("previous", at - 1), " ", link("next", at + 1)));
  bar.hidden = false;
}
