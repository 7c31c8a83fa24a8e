// A link that carries the state of a checklist, and what happens when one is
// opened: nothing is changed until the reader says so.

import { button, dialog, focus, h } from "./dom.js";
import { copy } from "./give.js";
import { pack, unpack } from "./share.js";

/** @import { List, State } from "./list.js" */

/** @param {List} list */
export function shareDialog(list) {
  const { say } = list;
  const withNotes = h("input", { type: "checkbox", change: () => fill() });
  const link = h("input", { type: "text", readOnly: true, "aria-label": say("link"), focus: () => link.select() });
  const hasNotes = [...list.now.notes.values()].some(Boolean);
  const fill = () => {
    const { ticks, anchor, notes } = list.now;
    const state = { ticks: list.items.map((i) => i.id).filter((id) => ticks.has(id)), anchor, notes: withNotes.checked ? [...notes] : [] };
    link.value = `${location.href.split("#")[0]}#${pack(state)}`;
  };
  fill();
  const el = dialog(say("share"), [
    h("p", {}, say("share-text")),
    hasNotes ? h("p", {}, h("label", {}, withNotes, " ", say("share-notes"))) : "",
    h("p", {}, link),
    h("p", { className: "tools" }, button(say("copy-link"), () => {
      el.close();
      copy(link.value, list.notice, say);
    })),
  ], say("close"));
}

/**
 * Offers what the page's address carries.
 * @param {List} list
 */
export function receive(list) {
  const { say } = list;
  const shared = unpack(location.hash, [...list.items.map((i) => i.id), ""]);
  if (!shared) return list.notice.show(say("bad-link"));
  /** @type {State} */
  const theirs = { ...list.state, ticks: new Set(shared.ticks), anchor: shared.anchor, notes: new Map(shared.notes) };
  document.querySelector(".shared")?.remove();
  const panel = h("section", { className: "shared", "aria-label": say("shared") });
  list.form.before(panel);
  const leave = () => {
    panel.remove();
    history.replaceState(null, "", location.href.split("#")[0]);
    list.look(null);
  };
  /** @param {(s: State) => void} change @param {string} done */
  const take = (change, done) => () => {
    leave();
    list.replace(say(done), change);
  };
  const there = list.progress(theirs);
  const here = list.progress(list.state);
  const text = h("p", {}, say("shared-text", there.done, there.total, here.done));
  const view = button(say("view"), () => {
    list.look(theirs);
    text.textContent = say("viewing", there.done, there.total);
    view.hidden = true;
    focus(panel);
  });
  panel.replaceChildren(text, h("p", { className: "tools" }, view,
    button(say("merge"), take((s) => merge(s, theirs), "merged")),
    button(say("replace"), take((s) => {
      s.ticks = theirs.ticks;
      s.anchor = theirs.anchor;
      s.notes = theirs.notes;
    }, "replaced")),
    button(say("keep-mine"), () => {
      leave();
      list.form.querySelector("input")?.focus();
    })));
  panel.scrollIntoView({ block: "center" });
  focus(panel);
}

/**
 * Adds what the other state has and this one lacks.
 * @param {State} s
 * @param {State} other
 */
function merge(s, other) {
  for (const id of other.ticks) s.ticks.add(id);
  for (const [id, text] of other.notes) if (!s.notes.get(id)) s.notes.set(id, text);
  s.anchor ||= other.anchor;
}
