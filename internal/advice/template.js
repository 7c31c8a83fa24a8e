// Messages with blanks: a form for the blanks, the message filled in as the
// reader types, and ways to take it along. What stands in a blank is known by
// the words of the blank, on all pages.

import { button, h, Notice } from "./dom.js";
import { idIn } from "./embedded.js";
import { copy } from "./give.js";
import { confidential, lasting, own, pairs, read, watch, write } from "./store.js";
import { tabs } from "./tabs.js";
import { language, speaker } from "./words.js";

/**
 * @typedef {{text: string, field?: string}} Piece
 * @typedef {{id: string, name: string, label: string, long?: boolean, required?: boolean}} Field
 * @typedef {{id: string, channel: string, label?: string, limit?: number, subject?: Piece[], body: Piece[]}} Message
 * @typedef {import("./words.js").Say} Say
 */

/**
 * Where the blanks are kept: together for all pages, but those of a sealed page
 * with that page.
 */
const BLANKS = confidential() ? `fields:${location.pathname}` : "fields";

/** @param {HTMLElement} root the element around the messages */
function fill(root) {
  /** @type {{fields: Field[], messages: Message[]}} */
  const config = JSON.parse(root.dataset.config ?? "{}");
  const say = speaker(root);
  const id = own(root);
  const notice = new Notice(say("undo"));
  const kept = h("p", { className: "kept" });
  /** @type {Map<string, HTMLInputElement | HTMLTextAreaElement>} */
  const boxes = new Map((config.fields ?? []).map((f) => [f.id, box(f, root)]));
  const value = (/** @type {string} */ id) => boxes.get(id)?.value.trim() ?? "";
  const used = () => write(id, {
    kind: "template", title: root.dataset.title ?? "", at: new Date().toISOString(), done: 1, of: 1, complete: true,
  });

  const shows = config.messages.flatMap((m) => {
    const figure = root.querySelector(`[id="${CSS.escape(idIn(root, `message-${m.id}`))}"]`);
    return figure instanceof HTMLElement ? [message(m, figure, { config, value, say, notice, used })] : [];
  });
  const render = () => {
    for (const show of shows) show();
    kept.replaceChildren(say(lasting() ? "kept" : "refused"), " ", h("a", { href: root.dataset.progress ?? "" }, say("progress-link")));
  };
  const load = () => {
    const saved = new Map(pairs(read(BLANKS).values));
    for (const [id, el] of boxes) if (el !== document.activeElement) el.value = saved.get(id) ?? "";
    render();
  };
  /** @param {(values: Map<string, string>) => void} change */
  const keep = (change) => {
    const values = new Map(pairs(read(BLANKS).values));
    change(values);
    write(BLANKS, values.size ? { kind: "fields", at: new Date().toISOString(), values: [...values].filter(([, text]) => text) } : null);
  };

  if (boxes.size > 0) {
    const form = h("form", {
      className: "blanks-form", "aria-label": say("form"), autocomplete: "off",
      submit: (/** @type {Event} */ e) => e.preventDefault(),
      input: (/** @type {Event} */ e) => {
        notice.hide();
        const el = /** @type {HTMLInputElement} */ (e.target);
        keep((values) => values.set(el.name, el.value));
        render();
      },
    }, ...config.fields.map((f) => row(f, /** @type {HTMLElement} */ (boxes.get(f.id)), say, root)),
    h("div", { className: "tools" }, button(say("clear"), () => {
      const before = [...boxes].map(([id, el]) => /** @type {[string, string]} */ ([id, el.value]));
      keep((values) => before.forEach(([id]) => values.delete(id)));
      load();
      notice.show(say("cleared"), () => {
        keep((values) => before.forEach(([id, text]) => values.set(id, text)));
        load();
        boxes.values().next().value?.focus();
      });
    })));
    root.before(form, kept);
    const list = root.parentElement?.querySelector(".fields");
    if (list instanceof HTMLElement) list.hidden = true;
  }
  root.before(notice.element);
  tabs(root, say);
  watch(BLANKS, load);
  load();
  root.classList.add("live");
}

/**
 * @param {Field} f
 * @param {HTMLElement} root
 */
function box(f, root) {
  const props = { id: idIn(root, `fill-${f.id}`), name: f.id, required: f.required ?? false };
  return f.long ? h("textarea", { ...props, rows: 3 }) : h("input", { ...props, type: "text" });
}

/**
 * One blank of the form, with the hint and example that the page holds.
 * @param {Field} f
 * @param {HTMLElement} el
 * @param {Say} say
 * @param {HTMLElement} root
 */
function row(f, el, say, root) {
  const hints = [...document.querySelectorAll(`[id="${CSS.escape(idIn(root, `blank-${f.id}`))}"] dd`)].map((dd) => dd.textContent?.trim() ?? "");
  const hint = h("span", { className: "hint", id: `${el.id}-hint` }, hints.join(" · "));
  if (hints.length) el.setAttribute("aria-describedby", hint.id);
  return h("p", { className: "blank-row" },
    h("label", { for: el.id }, f.label, f.required ? ` (${say("required")})` : ""), " ", hints.length ? hint : null, el);
}

/**
 * Brings one message to life and returns what shows it afresh.
 * @param {Message} m
 * @param {HTMLElement} figure
 * @param {{config: {fields: Field[]}, value: (id: string) => string, say: Say, notice: Notice, used: () => void}} page
 */
function message(m, figure, { config, value, say, notice, used }) {
  /** @param {Piece[]} pieces */
  const text = (pieces) => pieces.map((p) => (p.field ? value(p.field) || `[${p.text}]` : p.text)).join("");
  const empty = () => config.fields.filter((f) => !value(f.id) && [...(m.subject ?? []), ...m.body].some((p) => p.field === f.id)).map((f) => f.label);
  const state = h("p", { className: "message-state" });
  const whole = () => (m.subject ? `${say("subject")} ${text(m.subject)}\n\n` : "") + text(m.body);
  const warn = () => {
    const open = empty();
    return open.length ? ` ${say("still-empty", open.length, new Intl.ListFormat(language).format(open))}` : "";
  };
  const tools = h("div", { className: "tools" }, button(say("copy"), () => {
    used();
    copy(m.channel === "email" ? text(m.body) : whole(), notice, say, say("copied") + warn());
  }));
  if (m.subject) tools.append(button(say("copy-subject"), () => copy(text(m.subject ?? []), notice, say)));
  const mail = h("a", { className: "button", click: used }, say("mail"));
  if (m.channel === "email") tools.append(mail);
  figure.append(state, tools);
  return () => {
    for (const blank of figure.querySelectorAll("[data-field]")) {
      const id = blank.getAttribute("data-field") ?? "";
      blank.textContent = value(id) || (config.fields.find((f) => f.id === id)?.name ?? "");
      blank.classList.toggle("filled", value(id) !== "");
    }
    const open = empty();
    const length = [...m.body.map((p) => (p.field ? value(p.field) : p.text)).join("")].length;
    const over = m.limit ? length - m.limit : 0;
    const size = m.limit ? say("length", length, m.limit) : "";
    state.textContent = [open.length ? say("blanks-left", open.length) : say("filled"), size, over > 0 ? say("over", over) : ""].filter(Boolean).join(" · ");
    state.classList.toggle("over", over > 0);
    if (m.channel === "email") mail.href = `mailto:?subject=${encodeURIComponent(text(m.subject ?? []))}&body=${encodeURIComponent(text(m.body).replaceAll("\n", "\r\n"))}`;
  };
}

/**
 * Starts the messages inside an element.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const el of root.querySelectorAll(".messages[data-config]")) {
    if (el instanceof HTMLElement && !el.classList.contains("live")) fill(el);
  }
}

start(document);
