// Brings checklists to life. What few readers use is fetched when it is used.

import { List } from "./list.js";
import { rounds } from "./list-rounds.js";
import { tools } from "./list-tools.js";

/**
 * Starts the checklists inside an element.
 * @param {ParentNode} root
 */
export function start(root) {
  for (const form of root.querySelectorAll("form.checklist-form")) {
    if (!(form instanceof HTMLFormElement) || form.classList.contains("live")) continue;
    const list = new List(form);
    tools(list);
    rounds(list);
    list.render();
    const receive = () => {
      if (location.hash.startsWith("#share=")) list.fetch(async () => (await import("./list-share.js")).receive(list));
    };
    if (list.alone) {
      addEventListener("hashchange", receive);
      receive();
    }
    form.classList.add("live");
  }
}

start(document);
