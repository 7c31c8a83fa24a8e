// Tabs for messages of several channels, after the tabs pattern of the ARIA
// authoring practices: arrow keys move and select.

import { h } from "./dom.js";
import { idIn } from "./embedded.js";

/**
 * Shows the messages of one channel at a time, if there are several channels.
 * @param {HTMLElement} root the element around the messages
 * @param {import("./words.js").Say} say
 */
export function tabs(root, say) {
  const figures = [...root.querySelectorAll("[data-channel]")].filter((el) => el instanceof HTMLElement);
  const channels = [...new Set(figures.map((el) => el.dataset.channel ?? ""))];
  if (channels.length < 2) return;
  const groups = sections(root);
  const list = h("div", { role: "tablist", className: "tabs", "aria-label": say("channels") });
  root.id ||= idIn(root, "messages");
  root.setAttribute("role", "tabpanel");
  const all = channels.map((channel) => h("button", {
    type: "button", role: "tab", id: idIn(root, `tab-${channel}`), "aria-controls": root.id, click: () => select(channel),
  }, say(`channel.${channel}`)));
  list.append(...all);
  root.before(list);

  /** @param {string} channel */
  const select = (channel) => {
    for (const el of figures) el.hidden = el.dataset.channel !== channel;
    for (const g of groups) {
      const gone = g.figures.length > 0 && g.figures.every((el) => el.hidden);
      for (const el of g.others) el.hidden = gone;
    }
    all.forEach((tab, i) => {
      const on = channels[i] === channel;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      if (on) root.setAttribute("aria-labelledby", tab.id);
    });
  };

  list.addEventListener("keydown", (e) => {
    const at = all.findIndex((tab) => tab === document.activeElement);
    const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const to = { [forward]: at + 1, [forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight"]: at - 1, Home: 0, End: all.length - 1 }[e.key];
    if (to === undefined) return;
    e.preventDefault();
    const i = (to + all.length) % all.length;
    select(channels[i]);
    all[i].focus();
  });
  const aim = () => figures.find((el) => location.hash === `#${encodeURIComponent(el.id)}`);
  select(aim()?.dataset.channel ?? channels[0]);
  addEventListener("hashchange", () => {
    const el = aim();
    if (!el) return;
    select(el.dataset.channel ?? "");
    el.scrollIntoView();
  });
}

/**
 * The messages below each heading, and what else stands there.
 * @param {HTMLElement} root
 */
function sections(root) {
  /** @type {{figures: HTMLElement[], others: HTMLElement[]}[]} */
  const groups = [{ figures: [], others: [] }];
  for (const el of root.querySelectorAll("h2, h3, h4, .prose, [data-channel]")) {
    if (!(el instanceof HTMLElement)) continue;
    if (/^H[2-4]$/.test(el.tagName) && !el.closest(".prose")) groups.push({ figures: [], others: [] });
    const group = groups[groups.length - 1];
    (el.dataset.channel ? group.figures : group.others).push(el);
  }
  return groups;
}
