// An assessment that scores itself, keeps the answers and remembers results,
// so that a lead can be seen to grow warmer.

import { earlier } from "./assessment-history.js";
import { button, h, Notice } from "./dom.js";
import { embedded, idIn } from "./embedded.js";
import { copy } from "./give.js";
import { plain } from "./markdown.js";
import { score, span } from "./score.js";
import { lasting, own, pairs, read, texts, watch, write } from "./store.js";
import { number, speaker } from "./words.js";

/** @import { Assessment as Config, Result } from "./score.js" */
/** @import { Entry } from "./assessment-history.js" */

/**
 * The question that an input answers. Its name is not the bare id: a control's
 * name hides the form's own property of that name.
 * @param {HTMLInputElement} input
 */
const questionOf = (input) => input.closest("[data-question]")?.getAttribute("data-question") ?? "";

class Assessment {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.id = own(form);
    this.title = form.dataset.title ?? document.title;
    /** @type {Config} */
    this.config = JSON.parse(form.dataset.config ?? "{}");
    this.say = speaker(form);
    this.notice = new Notice(this.say("undo"));
    this.scope = embedded(form) ?? form.closest("article") ?? document.body;
    this.inputs = [...form.querySelectorAll("input")].filter((el) => el.closest("[data-question]"));
    /** How many questions want an answer; where none does, some answer is wanted. */
    this.of = this.config.dimensions.flatMap((d) => d.questions).filter((q) => !q.any).length || 1;
    /** @type {Map<string, string[]>} */
    this.answers = new Map();
    /** @type {Entry[]} */
    this.history = [];
    this.progress = h("p", { className: "progress" });
    this.result = h("section", { className: "result", "aria-labelledby": idIn(form, "result-title"), hidden: true });
    this.kept = h("p", { className: "kept" });
    this.clear = button(this.say("again"), () => this.reset());
    form.after(this.notice.element, this.progress, this.result,
      h("div", { className: "tools", role: "group", "aria-label": this.say("tools") }, this.clear, button(this.say("print"), () => window.print())),
      this.kept);
    this.past = earlier(this);
    this.kept.before(this.past.element);
    this.fold();
    this.load();
    this.render();
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("change", () => this.answered());
    watch(this.id, () => {
      this.load();
      this.render();
    });
    form.classList.add("live");
  }

  load() {
    const record = read(this.id);
    this.answers = new Map();
    for (const [question, option] of pairs(record.answers)) this.answers.set(question, [...(this.answers.get(question) ?? []), option]);
    this.history = Array.isArray(record.history) ? record.history.filter((e) => typeof e?.score === "number" && texts([e.at, e.name, e.band]).length === 3) : [];
    for (const input of this.inputs) input.checked = this.answers.get(questionOf(input))?.includes(input.value) ?? false;
  }

  /**
   * How many of the questions are answered.
   * @param {Result} r
   */
  answeredOf(r) {
    return this.answers.size ? this.of - r.missing.length : 0;
  }

  keep() {
    const { of } = this;
    const r = score(this.config, this.answers);
    const done = this.answeredOf(r);
    const answers = [...this.answers].flatMap(([q, options]) => options.map((o) => [q, o]));
    const empty = answers.length === 0 && this.history.length === 0;
    const last = this.history.at(-1);
    const result = r.band && done === of ? `${this.band(r.band)} (${number(r.score)})` : last ? `${last.band} (${number(last.score)})` : "";
    write(this.id, empty ? null : {
      kind: "assessment", title: this.title, at: new Date().toISOString(), done, of,
      complete: done === of || this.history.length > 0, result, answers, history: this.history,
    });
  }

  /** The reader has given an answer. */
  answered() {
    this.notice.hide();
    const was = this.answeredOf(score(this.config, this.answers));
    this.answers = new Map();
    for (const input of this.inputs) {
      if (input.checked) this.answers.set(questionOf(input), [...(this.answers.get(questionOf(input)) ?? []), input.value]);
    }
    this.keep();
    this.render();
    const r = score(this.config, this.answers);
    if (this.answeredOf(r) === this.of) this.notice.say(`${this.headline(r)}${was < this.of ? ` ${this.say("result-below")}` : ""}`);
    else this.notice.say(this.progressText(r));
  }

  reset() {
    const before = this.answers;
    const set = (/** @type {Map<string, string[]>} */ answers) => {
      this.answers = answers;
      this.keep();
      this.load();
      this.render();
    };
    set(new Map());
    this.notice.show(this.say("cleared"), () => {
      set(before);
      this.notice.say(this.say("undone"));
      this.inputs[0]?.focus();
    });
  }

  /** @param {string} id */
  band(id) {
    return this.scope.querySelector(`[data-band="${CSS.escape(id)}"]`)?.getAttribute("data-name") ?? id;
  }

  /** @param {string} id */
  dimension(id) {
    const el = this.form.querySelector(`[data-dimension="${CSS.escape(id)}"]`);
    return el?.querySelector("h2, h3, h4")?.textContent?.trim() || id;
  }

  /** @param {Result} r */
  headline(r) {
    return this.say("result-line", this.band(r.band), number(r.score), number(this.config.highest));
  }

  /** @param {Result} r */
  progressText(r) {
    return this.say("answered", this.answeredOf(r), this.of);
  }

  /**
   * Puts what only matters with pen and paper, and the results that are not
   * the reader's, behind a button. They print all the same.
   */
  fold() {
    const parts = this.scope.querySelectorAll(".scoring, .bands, [data-weakest]");
    if (parts.length === 0) return;
    const rest = h("div", { className: "by-hand", id: idIn(this.form, "by-hand"), hidden: true });
    const open = button(this.say("all-results"), () => {
      rest.hidden = !rest.hidden;
      open.setAttribute("aria-expanded", String(!rest.hidden));
    });
    open.setAttribute("aria-expanded", "false");
    open.setAttribute("aria-controls", rest.id);
    parts[0].before(h("p", { className: "tools" }, open), rest);
    rest.append(...parts);
    this.rest = rest;
    this.mark = [...rest.querySelectorAll("[data-band], [data-weakest]")].map((el) => {
      const place = document.createComment("");
      el.before(place);
      return { el, place };
    });
  }

  render() {
    const r = score(this.config, this.answers);
    const answered = this.answeredOf(r);
    const done = answered === this.of;
    const first = done ? null : [...this.form.querySelectorAll("[data-question]")].find((el) => el.getAttribute("data-question") === r.missing[0]);
    this.progress.hidden = done;
    this.progress.replaceChildren(h("label", {}, this.progressText(r), " ", h("progress", { max: this.of, value: answered })), " ");
    if (first && answered) this.progress.append(button(this.say("next-open"), () => first.querySelector("input")?.focus()));
    this.result.hidden = !done;
    this.clear.disabled = this.answers.size === 0;
    for (const { el, place } of this.mark ?? []) place.after(el);
    if (done) this.renderResult(r);
    this.past.render();
    this.kept.replaceChildren(this.say(lasting() ? "kept" : "refused"), " ",
      h("a", { href: this.form.dataset.progress ?? "" }, this.say("progress-link")));
  }

  /** @param {Result} r */
  renderResult(r) {
    const bars = this.config.dimensions.map((d, i) => {
      const [low, high] = span(this.config, d);
      const text = this.say("of", number(r.values[i]), number(high));
      const weakest = d.id === r.weakest && this.config.dimensions.length > 1 ? ` (${this.say("weakest")})` : "";
      return h("li", {}, h("label", {}, `${this.dimension(d.id)}: ${text}${weakest} `, h("meter", { min: low, max: high, value: r.values[i] })));
    });
    const title = h("h2", { id: idIn(this.form, "result-title") }, this.say("result"));
    this.result.replaceChildren(title, h("p", { className: "result-line" }, this.headline(r)),
      h("ul", { className: "bars" }, ...bars),
      r.band !== r.plain ? h("p", {}, this.say("limited", this.band(r.plain))) : "",
      ...(this.mark ?? []).map((m) => m.el).filter((el) => el.getAttribute("data-band") === r.band || el.getAttribute("data-weakest") === r.weakest),
      h("div", { className: "tools" }, button(this.say("copy-result"), () => copy(this.text(r), this.notice, this.say))),
      this.past.keeper(r));
  }

  /** @param {Result} r */
  text(r) {
    const lines = this.config.dimensions.map((d, i) => `- ${plain(this.dimension(d.id))}: ${this.say("of", number(r.values[i]), number(span(this.config, d)[1]))}`);
    return `# ${plain(this.title)}\n\n${this.headline(r)}\n\n${lines.join("\n")}\n\n${location.href.split("#")[0]}\n`;
  }
}

/**
 * Starts the assessments inside an element.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const form of root.querySelectorAll("form.assessment-form")) {
    if (form instanceof HTMLFormElement && !form.classList.contains("live")) new Assessment(form);
  }
}

start(document);
