// A question bank: filters, and a list of the reader's own in an order.

import { button, h, Notice, print } from "./dom.js";
import { idIn } from "./embedded.js";
import { copy } from "./give.js";
import { lasting, own, read, texts, watch, write } from "./store.js";
import { speaker } from "./words.js";

/** @typedef {{id: string, row: HTMLElement, text: string, depth: string, pick: HTMLButtonElement}} Question */

/** @param {HTMLElement} root the element around the questions */
function bank(root) {
  const say = speaker(root);
  const id = own(root);
  const notice = new Notice(say("undo"));
  /** @type {Map<string, Question>} */
  const questions = new Map([...root.querySelectorAll("[data-question]")].flatMap((row) => {
    if (!(row instanceof HTMLElement)) return [];
    const key = row.dataset.question ?? "";
    const line = row.querySelector(".question-text") ?? row;
    const copyOf = /** @type {HTMLElement} */ (line.cloneNode(true));
    copyOf.querySelector(".depth")?.remove();
    const text = copyOf.textContent?.trim() ?? "";
    const pick = button("", () => change(list.includes(key) ? list.filter((x) => x !== key) : [...list, key]));
    pick.className = "pick";
    line.after(pick);
    return [/** @type {[string, Question]} */ ([key, { id: key, row, text, depth: row.dataset.depth ?? "", pick }])];
  }));
  let list = /** @type {string[]} */ ([]);
  const mine = h("section", { className: "my-list", "aria-labelledby": idIn(root, "my-list-title") });
  const kept = h("p", { className: "kept" });

  const load = () => {
    list = [...new Set(texts(read(id).list))];
    render();
  };
  /** @param {string[]} next */
  const change = (next) => {
    list = next;
    write(id, next.length ? {
      kind: "questions", title: root.dataset.title ?? "", at: new Date().toISOString(), done: next.length, of: 0, complete: false, list: next,
    } : null);
    render();
    notice.hide();
    notice.say(say("picked", shown().length));
  };
  /** The ids on the list that the bank has. */
  const shown = () => list.filter((key) => questions.has(key));
  /** @param {string} key @param {number} by */
  const move = (key, by) => {
    const ids = shown();
    const at = ids.indexOf(key);
    ids.splice(at, 1);
    ids.splice(at + by, 0, key);
    change([...ids, ...list.filter((x) => !questions.has(x))]);
    notice.say(say("moved", at + by + 1, ids.length));
    const row = mine.querySelectorAll("li")[at + by];
    const buttons = row?.querySelectorAll("button") ?? [];
    (buttons[by < 0 ? 0 : 1]?.disabled ? buttons[by < 0 ? 1 : 0] : buttons[by < 0 ? 0 : 1])?.focus();
  };
  const clear = () => {
    const before = list;
    change([]);
    notice.show(say("cleared"), () => change(before));
  };

  function render() {
    for (const q of questions.values()) {
      const on = list.includes(q.id);
      q.pick.textContent = say(on ? "take-off" : "add");
      q.pick.setAttribute("aria-label", `${q.pick.textContent}: ${q.text}`);
      q.row.classList.toggle("picked", on);
    }
    const ids = shown();
    mine.replaceChildren(h("h2", { id: idIn(root, "my-list-title") }, say("my-list")),
      ids.length === 0 ? h("p", {}, say("nothing-yet")) : h("ol", {}, ...ids.map((key, i) => h("li", {},
        h("span", {}, questions.get(key)?.text ?? ""), " ",
        h("span", { className: "tools" },
          named("up", key, () => move(key, -1), i === 0),
          named("down", key, () => move(key, 1), i === ids.length - 1),
          named("remove", key, () => {
            change(list.filter((x) => x !== key));
            const rows = mine.querySelectorAll("li");
            const next = rows[Math.min(i, rows.length - 1)]?.querySelectorAll("button")[2] ?? filters.querySelector("select");
            next?.focus();
          }, false))))),
      ...(ids.length ? [h("div", { className: "tools" },
        button(say("copy"), () => copy(ids.map((key, i) => `${i + 1}. ${questions.get(key)?.text}`).join("\n") + "\n", notice, say)),
        button(say("print"), () => print("print-my-list")),
        button(say("clear"), clear))] : []));
    kept.replaceChildren(say(lasting() ? "kept" : "refused"), " ", h("a", { href: root.dataset.progress ?? "" }, say("progress-link")));
  }
  /** @param {string} word @param {string} key @param {() => void} click @param {boolean} disabled */
  const named = (word, key, click, disabled) => h("button", {
    type: "button", click, disabled, "aria-label": `${say(word)}: ${questions.get(key)?.text}`,
  }, say(word));

  const filters = filterForm(root, [...questions.values()], say, notice);
  root.before(mine, kept, notice.element, filters);
  watch(id, load);
  load();
  root.classList.add("live");
}

/**
 * Shows the questions of one situation or depth.
 * @param {HTMLElement} root
 * @param {Question[]} questions
 * @param {import("./words.js").Say} say
 * @param {Notice} notice
 */
function filterForm(root, questions, say, notice) {
  const situations = [...root.querySelectorAll("[data-situation]")].filter((el) => el instanceof HTMLElement && el.querySelector("[data-question]"));
  const depths = ["easy", "open", "deep"].filter((d) => questions.some((q) => q.depth === d));
  const situation = h("select", { id: idIn(root, "filter-situation") }, h("option", { value: "" }, say("every")),
    ...situations.map((el) => h("option", { value: el.getAttribute("data-situation") }, el.querySelector("h2, h3, h4")?.textContent ?? "")));
  const depth = h("select", { id: idIn(root, "filter-depth") }, h("option", { value: "" }, say("every")),
    ...depths.map((d) => h("option", { value: d }, say(`depth.${d}`))));
  const found = h("span", { className: "found" });
  const apply = () => {
    let n = 0;
    for (const q of questions) {
      q.row.hidden = depth.value !== "" && q.depth !== depth.value;
    }
    for (const el of root.querySelectorAll("[data-situation]")) {
      if (!(el instanceof HTMLElement)) continue;
      const open = [...el.querySelectorAll("[data-question]")].filter((row) => row instanceof HTMLElement && !row.hidden).length;
      el.hidden = situation.value ? el.dataset.situation !== situation.value : depth.value !== "" && open === 0;
      if (!el.hidden) n += open;
    }
    found.textContent = say("found", n);
    notice.say(say("found", n));
  };
  return h("form", { className: "filters", "aria-label": say("filter"), submit: (/** @type {Event} */ e) => e.preventDefault(), change: apply },
    situations.length > 1 ? h("p", {}, h("label", { for: situation.id }, say("situation")), " ", situation) : null,
    depths.length > 1 ? h("p", {}, h("label", { for: depth.id }, say("depth")), " ", depth) : null,
    h("p", {}, found));
}

/**
 * Starts the question banks inside an element.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const el of root.querySelectorAll(".bank[data-page]")) {
    if (el instanceof HTMLElement && !el.classList.contains("live")) bank(el);
  }
}

start(document);
