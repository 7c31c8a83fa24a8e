// @ts-check

/**
 * Shows what is wrong with the site over the page, which stays as it last was.
 *
 * @typedef {{ file: string, line?: number, column?: number, width?: number, excerpt?: string }} Position
 * @typedef {{ severity: "error" | "warning", position: Position, message: string, hint?: string, link?: string }} Problem
 * @typedef {{ errors: number, warnings: number, list: Problem[] }} Problems
 */

/** @type {HTMLElement | undefined} */ let host;
/** The problems that the reader has closed. */
let closed = "";

/** Errors open the list; warnings alone wait behind a button.
 * @param {Problems} problems */
export function showProblems(problems) {
  const key = JSON.stringify(problems.list);
  host?.remove();
  host = undefined;
  if (problems.errors + problems.warnings === 0) return;
  host = document.createElement("rapport-problems");
  const root = host.attachShadow({ mode: "open" });
  const sheet = element("link", "");
  sheet.rel = "stylesheet";
  sheet.href = "/.rapport/overlay.css";
  const dialog = list(problems);
  const button = element("button", "badge", summary(problems));
  button.type = "button";
  button.classList.toggle("errors", problems.errors > 0);
  button.addEventListener("click", () => show(true));
  dialog.addEventListener("keydown", (event) => event.key === "Escape" && show(false));
  dialog.querySelector("button")?.addEventListener("click", () => show(false));
  /** @param {boolean} open */
  function show(open) {
    const within = root.activeElement !== null;
    if (within) closed = open ? "" : key;
    dialog.hidden = !open;
    button.hidden = open;
    if (within) (open ? dialog : button).focus();
  }
  root.append(sheet, dialog, button);
  show(problems.errors > 0 && key !== closed);
  document.documentElement.append(host); // outside of what pages are patched in
}

/** @param {Problems} problems */
function list(problems) {
  const dialog = element("section", "dialog");
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-labelledby", "title");
  dialog.tabIndex = -1;
  const title = element("h2", "", summary(problems));
  title.id = "title";
  title.setAttribute("role", "status");
  const close = element("button", "close", "Close");
  close.type = "button";
  const header = element("header", "");
  header.append(title, close);
  const items = element("ul", "list");
  items.append(...problems.list.map(item));
  dialog.append(header, items);
  const more = problems.errors + problems.warnings - problems.list.length;
  if (more > 0) dialog.append(element("p", "more", `… and ${more} more: the terminal lists them all.`));
  return dialog;
}

/** @param {Problem} problem */
function item(problem) {
  const { position: at, message, hint, link, severity } = problem;
  const entry = element("li", severity);
  const line = element("p", "message");
  line.append(element("b", "", severity), ` ${message}`);
  const place = at.line ? `${at.file}:${at.line}:${at.column ?? 1}` : at.file;
  const where = element("p", "place");
  if (link) {
    const open = element("a", "", place);
    open.href = link;
    where.append(open);
  } else {
    where.textContent = place;
  }
  entry.append(line, where);
  if (at.excerpt) entry.append(excerpt(at.excerpt, (at.column ?? 1) - 1, at.width ?? 1));
  if (hint) entry.append(element("p", "hint", hint));
  return entry;
}

/** The line with the place underlined, however wide its characters are. Behind its
 * end a blank is.
 * @param {string} text @param {number} from @param {number} width */
function excerpt(text, from, width) {
  const characters = [...text];
  const pre = element("pre", "");
  const place = element("u", "", characters.slice(from, from + width).join("") || "\u00a0");
  const start = from > 70 ? from - 50 : 0; // so that the place is in sight
  pre.append((start > 0 ? "…" : "") + characters.slice(start, from).join(""), place, characters.slice(from + width).join(""));
  return pre;
}

/** @param {Problems} problems */
function summary({ errors, warnings }) {
  /** @param {number} n @param {string} word */
  const count = (n, word) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? "" : "s"}`]);
  return [...count(errors, "error"), ...count(warnings, "warning")].join(", ");
}

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name @param {string} style @param {string} [text]
 */
function element(name, style, text) {
  const e = document.createElement(name);
  if (style) e.className = style;
  if (text) e.textContent = text;
  return e;
}
