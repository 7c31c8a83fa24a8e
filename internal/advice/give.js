// Ways for a text to leave the page: by the clipboard or as a file.

import { dialog, h } from "./dom.js";

/** @import { Notice } from "./dom.js" */
/** @import { Say } from "./words.js" */

/**
 * Copies a text. Where the browser does not let us, the text is shown to be
 * copied by hand.
 * @param {string} text
 * @param {Notice} notice
 * @param {Say} say
 * @param {string} [done] what to say then
 */
export async function copy(text, notice, say, done) {
  try {
    await navigator.clipboard.writeText(text);
    notice.show(done ?? say("copied"));
  } catch {
    const box = h("textarea", { rows: 10, readOnly: true, value: text, "aria-label": say("copy-by-hand") });
    dialog(say("copy-by-hand"), [box], say("close"));
    box.select();
  }
}

/**
 * Hands the reader a file.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function save(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
