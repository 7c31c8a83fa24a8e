// A checklist that keeps its ticks, notes and date on the reader's device and
// shows how far the reader is. Records hold ids of items, so that a list which
// was edited, reordered or extended keeps what still fits; ids that the list
// does not have (any more) are kept as well.

import { count, deciding, flat, isDone } from "./count.js";
import { due, isDay, today } from "./dates.js";
import { h, Notice } from "./dom.js";
import { lasting, own, pairs, read, text, texts, watch, write } from "./store.js";
import { showDay, speaker } from "./words.js";

/** @import { Checklist, Item } from "./count.js" */
/**
 * @typedef {{at: string, done: number, of: number, anchor: string, ticks: string[], notes: [string, string][]}} Round One time through a list that is done again and again.
 * @typedef {{ticks: Set<string>, notes: Map<string, string>, anchor: string, begun: string, rounds: Round[]}} State The note "" is the one at the end.
 * @typedef {{item: Item, box: HTMLInputElement, row: HTMLElement, text: string, time: HTMLTimeElement | null}} Row
 */

export class List {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.id = own(form);
    this.title = form.dataset.title ?? document.title;
    /** @type {Checklist} */
    this.config = JSON.parse(form.dataset.config ?? "{}");
    this.say = speaker(form);
    /** @type {ParentNode} */
    this.scope = form.closest("[data-embedded]") ?? document;
    this.alone = this.scope === document;
    this.top = this.config.sections.flatMap((s) => s.items);
    this.items = flat(this.top);
    /** @type {Map<string, Row>} */
    this.rows = new Map(this.items.flatMap((item) => this.row(item)));
    this.areas = new Map([...form.querySelectorAll("textarea")].map((el) => [owner(el), el]));
    this.date = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=date]"));
    /** @type {State | null} a state that is looked at and not kept */
    this.shown = null;
    this.state = this.load();
    this.notice = new Notice(this.say("undo"));
    this.meters = this.sections();
    this.whole = meter("whole");
    this.score = h("p", { className: "score", hidden: true });
    this.kept = h("p", { className: "kept" });
    form.before(h("div", { className: "progress-panel" }, this.whole.element, this.score), this.notice.element);
    form.after(this.kept);
    /** @type {(() => void)[]} what else shows the state */
    this.also = [];
    this.markNew();
    this.listen();
  }

  /**
   * @param {Item} item
   * @returns {[string, Row][]}
   */
  row(item) {
    const row = this.form.querySelector(`[data-item="${CSS.escape(item.id)}"]`);
    const box = row?.querySelector("input");
    if (!(row instanceof HTMLElement) || !box) return [];
    const label = /** @type {HTMLElement} */ (row.querySelector("label")).cloneNode(true);
    /** @type {HTMLElement} */ (label).querySelector(".required-mark")?.remove();
    const place = item.due && row.querySelector(".due");
    const time = place ? h("time", { className: "due-day" }) : null;
    if (place && time) place.append(" ", time);
    return [[item.id, { item, box, row, text: label.textContent?.trim() ?? "", time }]];
  }

  /** One line of progress below the heading of each section, if there are several. */
  sections() {
    if (this.config.sections.length < 2) return [];
    return this.config.sections.flatMap((s) => {
      const first = this.rows.get(s.items[0].id);
      const list = first?.row.closest("fieldset");
      if (!list || flat(s.items).length < 2) return [];
      const m = meter("part");
      list.prepend(m.element);
      const legend = list.querySelector("legend");
      if (legend) list.prepend(legend);
      return [{ ...m, items: s.items }];
    });
  }

  /** @returns {State} */
  load() {
    const record = read(this.id);
    const anchor = text(record.anchor);
    const begun = text(record.begun);
    return {
      ticks: new Set(record.kind ? texts(record.ticks) : this.items.filter((i) => i.checked).map((i) => i.id)),
      notes: new Map(pairs(record.notes)),
      anchor: isDay(anchor) ? anchor : "",
      begun: isDay(begun) ? begun : "",
      rounds: Array.isArray(record.rounds) ? record.rounds.filter((r) => text(r?.at)) : [],
    };
  }

  /** The state that the page shows. */
  get now() {
    return this.shown ?? this.state;
  }

  /**
   * Changes the newest state, which another tab may have written, and keeps it.
   * @param {(state: State) => void} change
   */
  change(change) {
    if (this.shown) return;
    this.state = this.load();
    change(this.state);
    this.keep();
    this.render();
  }

  /**
   * Changes the state as a whole, with a way back.
   * @param {string} done what to say then
   * @param {(state: State) => void} change
   */
  replace(done, change) {
    const before = this.load();
    this.change(change);
    this.notice.show(done, () => {
      this.change((s) => Object.assign(s, before));
      this.notice.say(this.say("undone"));
      this.form.querySelector("input")?.focus();
    });
  }

  /**
   * Shows a state that is not kept, or none: the reader's own.
   * @param {State | null} state
   */
  look(state) {
    this.shown = state;
    this.render();
  }

  /**
   * Does what needs a further part of the script.
   * @param {() => Promise<void>} work
   */
  fetch(work) {
    work().catch(() => this.notice.show(this.say("offline")));
  }

  clear(/** @type {State} */ s) {
    s.ticks = new Set();
    s.notes = new Map();
    s.anchor = s.begun = "";
  }

  keep() {
    const s = this.state;
    s.begun ||= today();
    const empty = !s.ticks.size && ![...s.notes.values()].some(Boolean) && !s.anchor && !s.rounds.length
      && !this.items.some((i) => i.checked);
    if (empty) s.begun = "";
    write(this.id, empty ? null : {
      kind: "checklist", title: this.title, at: new Date().toISOString(), ...this.counted(),
      ticks: [...s.ticks], notes: [...s.notes].filter(([, text]) => text), anchor: s.anchor, begun: s.begun, rounds: s.rounds,
    });
  }

  /** What other pages say of the list, which changes with the list's items. */
  counted() {
    const p = this.progress(this.state);
    return { done: p.done, of: p.total, complete: p.complete, seen: this.items.map((i) => i.id) };
  }

  /** Marks what was added to the list since the reader was last here. */
  markNew() {
    const record = read(this.id);
    const seen = texts(record.seen);
    if (!seen.length) return;
    for (const { item, row } of this.rows.values()) {
      if (!seen.includes(item.id)) row.querySelector("label")?.append(" ", h("span", { className: "new" }, this.say("new")));
    }
    if (seen.join() !== this.items.map((i) => i.id).join()) write(this.id, { ...record, ...this.counted() });
  }

  listen() {
    this.form.addEventListener("submit", (e) => e.preventDefault());
    this.form.addEventListener("input", (e) => {
      const el = e.target;
      const id = owner(/** @type {Element} */ (el));
      this.notice.hide();
      if (el === this.date) {
        this.change((s) => (s.anchor = isDay(this.date?.value ?? "") ? this.date?.value ?? "" : ""));
      } else if (el instanceof HTMLTextAreaElement) {
        this.change((s) => s.notes.set(id, el.value));
      } else if (el instanceof HTMLInputElement) {
        this.change((s) => this.tick(s.ticks, id, el.checked));
        this.notice.say(this.progressText());
      }
    });
    watch(this.id, () => {
      this.state = this.load();
      this.render();
    });
  }

  /**
   * Ticks an item; one that is done by its children ticks those.
   * @param {Set<string>} ticks
   * @param {string} id
   * @param {boolean} on
   */
  tick(ticks, id, on) {
    const item = this.rows.get(id)?.item;
    for (const one of [id, ...(item ? deciding(item).map((c) => c.id) : [])]) {
      if (on) ticks.add(one);
      else ticks.delete(one);
    }
  }

  /** @param {State} [state] */
  progress(state = this.now) {
    return count(this.config, this.top, state.ticks);
  }

  progressText() {
    const p = this.progress();
    return p.done === p.total ? this.say("all-done", p.total)
      : this.say("done-of", p.done, p.total) + (p.left.length ? this.say("separator") + this.say("left", p.left.length) : "");
  }

  render() {
    const { ticks, notes, anchor } = this.now;
    for (const row of this.rows.values()) this.renderRow(row, ticks, anchor);
    for (const [id, area] of this.areas) {
      const text = notes.get(id) ?? "";
      if (area.value !== text && (this.shown || area !== document.activeElement)) area.value = text;
      area.readOnly = this.shown !== null;
    }
    if (this.date && (this.shown || this.date !== document.activeElement)) this.date.value = anchor;
    if (this.date) this.date.readOnly = this.shown !== null;
    for (const m of this.meters) {
      const p = count(this.config, m.items, ticks);
      m.set(this.say("done-of", p.done, p.total), p.done, p.total);
    }
    const p = this.progress();
    this.whole.set(this.progressText(), p.done, p.total);
    this.renderScore(p);
    for (const show of this.also) show();
    this.kept.replaceChildren(this.say(lasting() ? "kept" : "refused"), " ",
      h("a", { href: this.form.dataset.progress ?? "" }, this.say("progress-link")));
  }

  /**
   * @param {Row} row
   * @param {Set<string>} ticks
   * @param {string} anchor
   */
  renderRow(row, ticks, anchor) {
    const done = isDone(row.item, ticks);
    row.box.checked = done;
    row.box.disabled = this.shown !== null;
    row.box.indeterminate = !done && deciding(row.item).some((c) => ticks.has(c.id));
    row.row.classList.toggle("done", done);
    if (!row.time) return;
    const day = anchor ? due(anchor, row.item.due ?? "") : "";
    row.time.dateTime = day;
    const late = day && !done && day < today();
    row.time.textContent = day && `${showDay(day)}${late ? ` (${this.say("late")})` : ""}`;
    row.row.classList.toggle("late", Boolean(late));
  }

  /** @param {import("./count.js").Progress} p */
  renderScore(p) {
    if (this.config.score !== "weighted" && !p.band) return;
    const name = this.bandOf(p.band)?.getAttribute("data-name");
    this.score.hidden = p.done === 0;
    this.score.replaceChildren(this.say("score", p.score, p.most), ...(name ? [" ", h("a", { href: `#${this.bandOf(p.band)?.id}` }, name)] : []));
    for (const el of this.scope.querySelectorAll("[data-band]")) {
      el.classList.toggle("current", p.done > 0 && el.getAttribute("data-band") === p.band);
    }
  }

  /** @param {string} id */
  bandOf(id) {
    return this.scope.querySelector(`[data-band="${CSS.escape(id)}"]`);
  }
}

/**
 * A bar with its text.
 * @param {string} className
 */
function meter(className) {
  const text = h("span", {});
  const bar = h("progress", { max: 1, value: 0 });
  return {
    element: h("p", { className: `progress ${className}` }, h("label", {}, text, " ", bar)),
    /** @param {string} words @param {number} done @param {number} of */
    set(words, done, of) {
      text.textContent = words;
      bar.max = of || 1;
      bar.value = done;
    },
  };
}

/**
 * The id of the item that an element belongs to, or "".
 * @param {Element} el
 */
const owner = (el) => el.closest("[data-item]")?.getAttribute("data-item") ?? "";
