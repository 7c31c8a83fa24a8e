// @ts-check
import { patch, remember } from "./patch.js";
import { showProblems } from "./overlay.js";

/**
 * Keeps a page fresh while its site is being written. The server says how
 * things stand; this script compares that with the page and does the rest.
 *
 * @typedef {import("./overlay.js").Problems} Problems
 * @typedef {{ number: number, page: string, to?: string, assets?: string[], problems?: Problems }} Standing
 */

const was = remember(document.documentElement);
let version = mark(document);
let since = 0;
/** @type {EventSource | undefined} */ let source;
let busy = Promise.resolve();

/** @param {ParentNode} page which version of the page it is */
function mark(page) {
  return page.querySelector("script[data-rapport]")?.getAttribute("data-rapport") ?? "";
}

function connect() {
  source?.close();
  source = new EventSource(`/.rapport/events?path=${encodeURIComponent(decodeURI(location.pathname))}&since=${since}`);
  source.onmessage = (message) => {
    const standing = /** @type {Standing} */ (JSON.parse(message.data));
    busy = busy.then(() => follow(standing)).catch(() => {}); // the next word heals it
  };
  source.onerror = () => {
    if (source?.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  };
}

/** @param {Standing} standing */
async function follow(standing) {
  since = standing.number;
  if (standing.problems) showProblems(standing.problems);
  if (standing.to && standing.to !== decodeURI(location.pathname)) {
    location.replace(encodeURI(standing.to) + location.hash);
    return;
  }
  if (standing.page !== version) await update();
  await refresh(standing.assets ?? [], standing.number);
}

/** Fetches the page and patches what differs. */
async function update() {
  const response = await fetch(location.href, { cache: "no-cache" });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const next = mark(page);
  if (next === version && next) return;
  if (response.redirected || !next || needsReload(page)) {
    location.reload();
    return;
  }
  const hold = anchor();
  patch(was, page.documentElement);
  hold();
  version = next;
}

/** Scripts run once: a page with others, one that tells them of other items or
 * steps, one that leads on, or one that a script has unlocked, begins anew. What
 * a reader typed or ticked in it is kept.
 * @param {Document} page */
function needsReload(page) {
  /** @param {ParentNode} root */
  const scripts = (root) => [...root.querySelectorAll("script:not([data-rapport])")].map((s) => s.outerHTML).join();
  /** @param {ParentNode} root */
  const told = (root) => [...root.querySelectorAll("[data-config], [data-guide] .step-link")].map((e) => e.getAttribute("data-config") ?? e.getAttribute("href")).join("\n");
  return !version || told(page) !== told(was) || page.querySelector("meta[http-equiv=refresh], [data-sealed]") !== null || scripts(page) !== scripts(was);
}

/** Notes the first thing of the text that begins on the screen; the function
 * returned brings it back to where it was. */
function anchor() {
  /** @type {Element | null | undefined} */ let element = null;
  let top = -1;
  for (let y = 8; y < innerHeight && top < 0; y += 8) {
    element = document.elementFromPoint(innerWidth / 2, y);
    top = (element?.closest("main") && element.getBoundingClientRect().top) ?? -1; // what sticks to the screen tells nothing
  }
  return () => {
    if (scrollY > 0 && top >= 0 && element?.isConnected) {
      scrollBy({ top: element.getBoundingClientRect().top - top, behavior: "instant" });
    }
  };
}

/**
 * Fetches files again whose address stayed the same.
 * @param {string[]} assets @param {number} number
 */
async function refresh(assets, number) {
  const changed = new Set(assets);
  /** @param {string} address */
  const stale = (address) => {
    const url = new URL(address, location.href);
    return url.origin === location.origin && changed.has(decodeURI(url.pathname)) ? `${url.pathname}?${number}` : "";
  };
  for (const script of document.scripts) {
    if (script.src && stale(script.src)) location.reload();
  }
  for (const link of document.querySelectorAll("link")) {
    const fresh = link.rel === "stylesheet" && stale(link.href);
    if (fresh && (await fetch(fresh)).ok) link.href = fresh;
  }
  for (const image of document.images) {
    const fresh = stale(image.currentSrc || image.src);
    if (!fresh) continue;
    image.removeAttribute("srcset");
    image.src = fresh;
  }
}

// A hidden tab holds no connection: browsers open only six to one server.
document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : connect()));
addEventListener("pagehide", () => source?.close());
addEventListener("pageshow", (event) => event.persisted && connect());
if (!document.hidden) connect();
