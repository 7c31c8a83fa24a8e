// Elements, and how a page tells what happened. Text is only ever set as text.

/**
 * Makes an element. Functions are listeners, names with a dash and those in the
 * list are attributes, the rest are properties.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") el.addEventListener(name, /** @type {EventListener} */ (value));
    else if (/-|^(role|for|form)$/.test(name)) el.setAttribute(name, String(value));
    else Object.assign(el, { [name]: value });
  }
  el.append(.../** @type {(Node | string)[]} */ (children.filter((c) => c != null)));
  return el;
}

/**
 * @param {string} text
 * @param {() => void} click
 */
export const button = (text, click) => h("button", { type: "button", click }, text);

/**
 * Moves the keyboard to an element that is no control.
 * @param {HTMLElement} el
 */
export function focus(el) {
  if (el.tabIndex < 0) el.tabIndex = -1;
  el.focus();
}

/**
 * The one polite live region of a part of the page, and a line that everybody
 * sees, with a way back where there is one.
 */
export class Notice {
  /** @param {string} undo the word on the button */
  constructor(undo) {
    this.live = h("p", { className: "visually-hidden", role: "status" });
    this.text = h("span");
    /** @type {(() => void) | null} */
    this.back = null;
    this.button = button(undo, () => {
      const back = this.back;
      this.hide();
      back?.();
    });
    this.line = h("p", { className: "notice", hidden: true }, this.text, " ", this.button);
    this.element = h("div", {}, this.live, this.line);
  }

  /** @param {string} text */
  say(text) {
    this.live.textContent = text;
  }

  /**
   * Says it, too, beside the button that the reader has pressed.
   * @param {string} text
   * @param {() => void} [back]
   */
  show(text, back) {
    this.say(text);
    this.text.textContent = text;
    this.back = back ?? null;
    this.button.hidden = !back;
    this.line.hidden = false;
    (document.activeElement?.closest(".tools") ?? this.live).after(this.line);
    if (back) this.button.focus();
  }

  hide() {
    this.line.hidden = true;
    this.back = null;
  }
}

/**
 * Opens a dialog and removes it when it is closed.
 * @param {string} title
 * @param {(Node | string)[]} body
 * @param {string} close the word on the button
 */
export function dialog(title, body, close) {
  const id = "dialog-title";
  const el = h("dialog", { className: "dialog", "aria-labelledby": id },
    h("h2", { id }, title), ...body,
    h("p", { className: "tools" }, button(close, () => el.close())));
  el.addEventListener("close", () => el.remove());
  document.body.append(el);
  el.showModal();
  return el;
}

/**
 * Prints with a class on the page that says what of it.
 * @param {string} what
 * @param {() => void} [after]
 */
export function print(what, after) {
  document.documentElement.classList.add(what);
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove(what);
    after?.();
  }, { once: true });
  window.print();
}
