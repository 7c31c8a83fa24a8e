// Lists that are done again every week or month: start again, and look back.

import { due, today } from "./dates.js";
import { button, h } from "./dom.js";
import { amount, pairs } from "./store.js";
import { showDay } from "./words.js";

/** @import { List, Round } from "./list.js" */

/** How many earlier rounds are kept: a year of weeks and a bit. */
const MOST = 60;

/** @param {List} list */
export function rounds(list) {
  const { say, config } = list;
  if (config.repeat === "none" || !config.repeat) return;
  const again = button(say("again"), () => startAgain(list));
  const hint = h("p", { className: "again" });
  const past = h("details", { className: "rounds" });
  list.form.after(h("div", { className: "repeat" }, hint, h("p", { className: "tools" }, again), past));
  list.also.push(() => {
    const { begun, rounds: earlier, ticks } = list.state;
    again.disabled = list.shown !== null || !ticks.size;
    const over = begun && ticks.size && due(begun, config.repeat === "monthly" ? "+1m" : "+1w") <= today();
    hint.textContent = begun && ticks.size ? say(over ? `over-${config.repeat}` : "begun", showDay(begun)) : "";
    past.hidden = earlier.length === 0;
    past.replaceChildren(h("summary", {}, say("rounds", earlier.length)),
      h("ol", {}, ...[...earlier].reverse().map((r) => h("li", {}, describe(list, r)))));
  });
}

/** @param {List} list */
function startAgain(list) {
  list.replace(list.say("started-again"), (s) => {
    const { done, total } = list.progress(s);
    s.rounds = [...s.rounds, { at: s.begun || today(), done, of: total, anchor: s.anchor, ticks: [...s.ticks], notes: [...s.notes] }].slice(-MOST);
    list.clear(s);
  });
}

/**
 * @param {List} list
 * @param {Round} r
 */
function describe(list, r) {
  const notes = pairs(r.notes).filter(([, text]) => text);
  return h("div", {}, `${showDay(r.at)}: ${list.say("done-of", amount(r.done), amount(r.of))}`,
    ...notes.map(([id, text]) => h("p", { className: "note" }, h("b", {}, list.rows.get(id)?.text ?? list.say("notes")), ": ", text)));
}
