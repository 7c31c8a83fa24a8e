// A guide or handout: how far the reader is with the pages that it leads
// through, drawn from what those pages keep, and where to go on.

import { due, isDay, today } from "./dates.js";
import { button, h, Notice } from "./dom.js";
import { save } from "./give.js";
import { amount, confidential, lasting, own, read, text, texts, watch, write } from "./store.js";
import { follow } from "./trail.js";
import { showDay, speaker } from "./words.js";

/** @typedef {{id: string, row: HTMLElement, link: HTMLAnchorElement, page: string, due: string, day: string, optional: boolean, inside: boolean, box: HTMLInputElement, state: HTMLElement, time: HTMLTimeElement}} Step Due counts from the first day, day is a date of a handout. */

/** @param {HTMLElement} root the element around the phases */
function guide(root) {
  const say = speaker(root);
  const id = own(root);
  const title = root.dataset.title ?? "";
  const base = root.dataset.base ?? "/";
  const notice = new Notice(say("undo"));
  const steps = [...root.querySelectorAll("ol.steps > li")].flatMap((row) => {
    const link = row.querySelector("a.step-link");
    return row instanceof HTMLElement && link instanceof HTMLAnchorElement ? [step(row, link, base, say)] : [];
  });
  if (steps.length === 0) return;
  const words = h("span");
  const bar = h("progress", { max: steps.length });
  const go = h("p", { className: "continue" });
  const start = h("input", { type: "date", id: "first-day", max: "9999-12-31" });
  const dates = button(say("calendar"), async () => {
    const { calendar } = await import("./ics.js");
    save(`${id.split("/").filter(Boolean).join("-") || "guide"}.ics`, "text/calendar", calendar(events(steps, start.value, title), new Date()));
  });
  const kept = h("p", { className: "kept" });

  /** @param {Record<string, unknown>} part */
  const keep = (part) => {
    const before = read(id);
    const done = steps.filter((s) => s.box.checked).length;
    const must = steps.filter((s) => !s.optional);
    const complete = (must.length ? must : steps).every((s) => s.box.checked);
    const record = { ...before, ...part, kind: "guide", title, done, of: steps.length, complete };
    if (JSON.stringify(record) !== JSON.stringify(before)) write(id, { ...record, at: new Date().toISOString() });
  };

  const render = () => {
    const record = read(id);
    const byHand = new Set(texts(record.ticks));
    const anchor = text(record.anchor);
    if (start !== document.activeElement) start.value = isDay(anchor) ? anchor : "";
    for (const s of steps) show(s, byHand, start.value, say);
    const done = steps.filter((s) => s.box.checked).length;
    words.textContent = done === steps.length ? say("all-done", done) : say("done-of", done, steps.length);
    bar.value = done;
    const last = steps.find((s) => s.id === record.last && !s.box.checked);
    const next = last ?? steps.find((s) => !s.box.checked && !s.optional) ?? steps.find((s) => !s.box.checked);
    go.hidden = !next || !record.kind;
    if (next) go.replaceChildren(h("a", { href: next.link.href, click: () => leave(next) }, say("continue", steps.indexOf(next) + 1, next.link.textContent?.trim() ?? "")));
    dates.hidden = events(steps, start.value, title).length === 0;
    kept.replaceChildren(say(lasting() ? "kept" : "refused"), " ", h("a", { href: root.dataset.progress ?? "" }, say("progress-link")));
  };
  /** @param {Step} s */
  const leave = (s) => {
    if (!s.inside && !confidential()) follow({
      id, title, url: location.pathname, at: steps.indexOf(s),
      steps: steps.map(({ id, link }) => ({ id, title: link.textContent?.trim() ?? "", url: link.href })),
    });
    keep({ last: s.id, begun: read(id).begun ?? today() });
  };

  for (const s of steps) {
    s.link.addEventListener("click", () => leave(s));
    s.box.addEventListener("change", () => {
      const ticks = new Set(texts(read(id).ticks));
      if (s.box.checked) ticks.add(s.id);
      else ticks.delete(s.id);
      keep({ ticks: [...ticks] });
      render();
      notice.say(words.textContent ?? "");
    });
  }
  start.addEventListener("change", () => {
    keep({ anchor: isDay(start.value) ? start.value : "" });
    render();
  });
  root.prepend(h("div", { className: "progress-panel" },
    h("p", { className: "progress whole" }, h("label", {}, words, " ", bar)), go,
    steps.some((s) => s.due) ? h("p", { className: "anchor-date" }, h("label", { for: start.id }, say("first-day")), " ", start) : null, dates), notice.element);
  root.append(kept);
  watch(null, render);
  addEventListener("rapport:kept", render); // by a page that stands in this one
  render();
  if (read(id).kind) keep({}); // what the steps' own pages have changed since; never for another tab, which would answer
  root.classList.add("live");
}

/**
 * Adds to a step what shows how far it is.
 * @param {HTMLElement} row
 * @param {HTMLAnchorElement} link
 * @param {string} base
 * @param {import("./words.js").Say} say
 * @returns {Step}
 */
function step(row, link, base, say) {
  const path = new URL(link.href, location.href).pathname;
  const place = row.querySelector(".step-head .due");
  const time = h("time", { className: "due-day" });
  const day = place?.querySelector("time")?.dateTime ?? "";
  place?.append(" ", time);
  const box = h("input", { type: "checkbox", "aria-label": `${say("done")}: ${link.textContent?.trim()}` });
  const state = h("span", { className: "step-state" });
  const line = h("p", { className: "step-done" }, h("label", {}, box, " ", say("done")), " ", state);
  const inside = row.querySelector(":scope > [data-embedded]");
  if (inside) inside.before(line);
  else row.append(line);
  return {
    id: row.id, row, link, box, state, time, day, due: place?.getAttribute("data-due") ?? "", optional: row.classList.contains("optional"), inside: row.dataset.record !== undefined,
    page: row.dataset.record ?? own(link, path.startsWith(base) ? path.slice(base.length - 1) : path),
  };
}

/**
 * Shows a step: its page says how far it is, or the reader has ticked it off.
 * @param {Step} s
 * @param {Set<string>} byHand
 * @param {string} anchor
 * @param {import("./words.js").Say} say
 */
function show(s, byHand, anchor, say) {
  const record = read(s.page);
  const counted = ["checklist", "assessment", "guide"].includes(text(record.kind)) && amount(record.of) > 0;
  const done = byHand.has(s.id) || record.complete === true && record.kind !== "questions";
  s.box.checked = done;
  s.box.disabled = done && !byHand.has(s.id);
  s.state.textContent = counted ? `${say("done-of", amount(record.done), amount(record.of))}${text(record.result) && ` · ${record.result}`}` : "";
  s.row.classList.toggle("done", done);
  const day = s.due && anchor ? due(anchor, s.due) : "";
  s.time.dateTime = day;
  s.time.textContent = day && `${showDay(day)}${!done && day < today() ? ` (${say("late")})` : ""}`;
}

/**
 * What is open and has a day.
 * @param {Step[]} steps
 * @param {string} anchor the reader's first day, or ""
 * @param {string} title
 */
const events = (steps, anchor, title) => steps.filter((s) => !s.box.checked && (s.day || s.due && anchor)).map((s) => ({
  uid: `${encodeURIComponent(s.id)}.${encodeURIComponent(location.pathname)}@${location.hostname || "rapport"}`,
  day: s.day || due(anchor, s.due), summary: s.link.textContent?.trim() ?? "", text: title, url: s.link.href,
}));

for (const root of document.querySelectorAll("[data-guide]")) {
  if (root instanceof HTMLElement) guide(root);
}
