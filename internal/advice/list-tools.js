// What can be done with a checklist as a whole: clear, copy, share, print, and
// put what is open into a calendar.

import { isDone } from "./count.js";
import { due } from "./dates.js";
import { button, h, print } from "./dom.js";
import { copy, save } from "./give.js";
import { markdown } from "./markdown.js";
import { showDay } from "./words.js";

/** @import { List, Row } from "./list.js" */

/**
 * Puts the buttons behind the list.
 * @param {List} list
 */
export function tools(list) {
  const { say } = list;
  const dates = button(say("calendar"), () => list.fetch(async () => {
    const { calendar } = await import("./ics.js");
    save(`${slug(list)}.ics`, "text/calendar", calendar(events(list), new Date()));
  }));
  const clear = button(say("clear"), () => list.replace(say("cleared"), list.clear));
  const buttons = h("div", { className: "tools", role: "group", "aria-label": say("tools") },
    dates,
    button(say("copy"), () => copy(text(list), list.notice, say)),
    // Of several lists on a page, a link could not say which it means.
    list.alone ? button(say("share"), () => list.fetch(async () => (await import("./list-share.js")).shareDialog(list))) : null,
    button(say("print"), () => window.print()),
    button(say("print-blank"), () => {
      const was = list.shown;
      list.look({ ...list.state, ticks: new Set(), notes: new Map(), anchor: "" });
      print("print-blank", () => list.look(was));
    }),
    clear);
  list.form.after(buttons);
  list.also.push(() => {
    dates.hidden = !list.now.anchor || !open(list).length;
    clear.disabled = list.shown !== null || !(list.state.ticks.size || list.state.notes.size || list.state.anchor);
  });
}

/**
 * The rows with a day that are not done.
 * @param {List} list
 * @returns {Row[]}
 */
const open = (list) => [...list.rows.values()].filter((row) => row.item.due && !isDone(row.item, list.now.ticks));

/** @param {List} list */
function events(list) {
  const { anchor } = list.now;
  const round = list.state.rounds.length;
  return open(list).map((row) => ({
    uid: `${encodeURIComponent(row.item.id)}-${round}.${slug(list)}@${location.hostname || "rapport"}`,
    day: due(anchor, row.item.due ?? ""),
    summary: row.text,
    text: [list.title, list.now.notes.get(row.item.id)].filter(Boolean).join("\n"),
    url: location.href.split("#")[0] + "#" + encodeURIComponent(row.box.id),
  }));
}

/** @param {List} list */
const slug = (list) => encodeURIComponent(list.id.split("/").filter(Boolean).join("-") || "list");

/** @param {List} list */
function text(list) {
  const { ticks, notes, anchor } = list.now;
  const sections = list.config.sections.map((s) => ({
    title: document.getElementById(s.id)?.textContent ?? "",
    lines: s.items.flatMap((item) => [item, ...(item.children ?? [])].map((one, i) => ({
      text: list.rows.get(one.id)?.text ?? "",
      done: isDone(one, ticks),
      depth: i === 0 ? 0 : 1,
      due: anchor && one.due ? showDay(due(anchor, one.due)) : "",
      note: notes.get(one.id) ?? "",
    }))),
  }));
  const score = list.score.hidden ? "" : list.score.textContent ?? "";
  return markdown(list.title, sections, [list.progressText() + ".", score, notes.get("") ?? ""]);
}
