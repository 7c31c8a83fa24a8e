// "Your progress": all that was begun on this device, and a copy of it as a
// file, because browsers may clear what sites keep.

import { exported, imported } from "./backup.js";
import { button, h, Notice } from "./dom.js";
import { save } from "./give.js";
import { today } from "./dates.js";
import { all, amount, lasting, own, text, watch, write } from "./store.js";
import { showDay, speaker } from "./words.js";

/**
 * Reports whether the reader is done with a page; a list of questions never is.
 * @param {Record<string, unknown>} record
 */
const finished = (record) => record.complete === true && record.kind !== "questions";

/** @param {HTMLElement} root */
function page(root) {
  const say = speaker(root);
  const base = root.dataset.base ?? "/";
  const notice = new Notice(say("undo"));
  const lists = h("div");
  const file = h("input", { type: "file", accept: ".json,application/json", id: "import-file", change: () => receive() });
  const tools = h("div", { className: "tools", role: "group", "aria-label": say("tools") },
    button(say("export"), () => save(`rapport-${today()}.json`, "application/json", exported(all(), new Date()))),
    h("span", { className: "import" }, h("label", { for: file.id }, say("import")), " ", file),
    button(say("forget-all"), () => forget(all().map(([id]) => id), say("forgotten-all"))));

  /**
   * Puts records back as they were.
   * @param {string[]} ids @param {[string, Record<string, unknown>][]} before
   */
  const back = (ids, before) => () => {
    const was = new Map(before);
    for (const id of ids) write(id, null);
    for (const id of ids) write(id, was.get(id) ?? null);
    render();
  };
  /** @param {string[]} ids @param {string} done */
  const forget = (ids, done) => {
    const before = all();
    for (const id of ids) write(id, null);
    render();
    notice.show(done, back(ids, before));
  };
  const receive = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    const words = await chosen.text().catch(() => "");
    const before = all();
    const result = imported(words, before);
    file.value = "";
    if (!result) return notice.show(say("not-ours"));
    const fitted = lasting();
    const undo = back(result.take.map(([id]) => id), before);
    for (const [id, record] of result.take) write(id, record);
    if (fitted && !lasting()) {
      undo();
      return notice.show(say("too-large"));
    }
    render();
    notice.show(say("imported", result.take.length, String(result.kept)), undo);
  };

  /** @param {string} id @param {Record<string, unknown>} record */
  const row = (id, record) => {
    const known = root.querySelector(`a[data-id="${CSS.escape(id)}"]`);
    const title = known?.textContent || (text(record.title) || id);
    const of = amount(record.of);
    const done = amount(record.done);
    const words = record.kind === "questions" ? say("picked", done) : text(record.result) || say("done-of", done, of);
    return h("li", {}, h("a", { href: base + id.replace(/^[/\\]+/, "") }, title), " ",
      of > 1 ? h("label", {}, `${words} `, h("progress", { max: of, value: done })) : h("span", {}, words), " ",
      h("span", { className: "when" }, say("last", showDay(text(record.at)))), " ",
      h("button", { type: "button", "aria-label": `${say("forget")}: ${title}`, click: () => forget([id], say("forgotten", title)) }, say("forget")));
  };

  function render() {
    for (const el of root.querySelectorAll("a[data-earlier]")) own(/** @type {HTMLElement} */ (el), el.getAttribute("data-id") ?? "");
    const records = all().filter(([id, r]) => id.startsWith("/") && r.kind !== "template" && typeof r.at === "string")
      .sort(([, a], [, b]) => String(b.at).localeCompare(String(a.at)));
    const parts = [["open", records.filter(([, r]) => !finished(r))], ["finished", records.filter(([, r]) => finished(r))]];
    lists.replaceChildren(...parts.flatMap(([key, part]) => (part.length ? [
      h("h2", {}, say(String(key))),
      h("ul", { className: "begun" }, .../** @type {typeof records} */ (part).map(([id, r]) => row(id, r)))] : [])));
    if (!records.length) lists.append(h("p", {}, say("nothing")));
    lists.append(h("p", { className: "kept" }, say(lasting() ? "kept" : "refused")));
  }

  root.prepend(notice.element, lists, h("section", { "aria-labelledby": "backup-title" }, h("h2", { id: "backup-title" }, say("backup")), h("p", {}, say("backup-text")), tools));
  watch(null, render);
  render();
  root.classList.add("live");
}

const root = document.querySelector("[data-progress-page]");
if (root instanceof HTMLElement) page(root);
