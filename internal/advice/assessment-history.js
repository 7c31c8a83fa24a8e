// Results that the reader has kept, by date and name, and whether they rise.

import { button, h } from "./dom.js";
import { idIn } from "./embedded.js";
import { number, showDay } from "./words.js";

/** @import { Notice } from "./dom.js" */
/** @import { Result } from "./score.js" */
/** @import { Say } from "./words.js" */
/**
 * @typedef {{at: string, name: string, score: number, band: string}} Entry
 * @typedef {{form: HTMLElement, history: Entry[], say: Say, notice: Notice, band: (id: string) => string, load: () => void, keep: () => void, render: () => void}} Page
 */

/** How many results are kept. */
const MOST = 200;

/** @param {Page} page */
export function earlier(page) {
  const { say } = page;
  const element = h("section", { className: "history", "aria-labelledby": idIn(page.form, "history-title"), hidden: true });
  const name = h("input", { type: "text", id: idIn(page.form, "result-name"), maxLength: 80, autocomplete: "off" });

  /** @param {(list: Entry[]) => Entry[]} change @param {string} done */
  const change = (change, done) => {
    const before = page.history;
    const set = (/** @type {Entry[]} */ list) => {
      page.load();
      page.history = list;
      page.keep();
      page.render();
    };
    page.load();
    set(change(page.history));
    page.notice.show(done, () => set(before));
  };

  /** @param {Entry} e */
  const before = (e) => page.history.slice(0, page.history.indexOf(e)).filter((other) => other.name === e.name).pop();

  /** @param {Entry} e */
  const row = (e) => {
    const last = before(e);
    const trend = !last ? "" : say(e.score > last.score ? "up" : e.score < last.score ? "down" : "same", number(last.score));
    return h("li", {}, `${showDay(e.at)}${e.name ? ` · ${e.name}` : ""}: `, h("b", {}, say("history-line", e.band, number(e.score))), trend ? `${say("separator")}${trend} ` : " ",
      h("button", { type: "button", "aria-label": say("forget-one", showDay(e.at)), click: () => change((list) => list.filter((x) => x.at !== e.at), say("forgotten")) }, say("forget")));
  };

  return {
    element,
    /**
     * The way to keep a result.
     * @param {Result} r
     */
    keeper: (r) => h("form", {
      className: "keeper",
      submit: (/** @type {Event} */ e) => {
        e.preventDefault();
        const entry = { at: new Date().toISOString(), name: name.value.trim(), score: r.score, band: page.band(r.band) };
        change((list) => [...list, entry].slice(-MOST), say("remembered"));
      },
    }, h("label", { for: name.id }, say("whose")), " ", name, " ", h("button", {}, say("remember"))),
    render() {
      element.hidden = page.history.length === 0;
      element.replaceChildren(h("h2", { id: idIn(page.form, "history-title") }, say("history")), h("ol", {}, ...[...page.history].reverse().map(row)));
    },
  };
}
