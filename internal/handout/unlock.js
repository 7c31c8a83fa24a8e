// Opens a sealed handout in the reader's browser. The format is described in
// envelope.go; nothing leaves the browser, and the passphrase is not kept.
//
// A locked page holds one element (testdata/locked.html is an example):
//
//   <main><section data-sealed="…" data-words='{"label": "Passphrase", …}'
//     data-files="/handouts/x/a.bin /handouts/x/b.bin"
//     data-scripts='["/assets/advice/guide.js"]'>…shown without script…</section></main>
//
//   data-sealed   the envelope in base64
//   data-files    addresses of the sealed files, separated by spaces; or an
//                 element <template data-sealed-file="a.bin" data-bytes="…">
//                 for each, in base64, where there is no server to ask
//   data-scripts  modules to load once the page is open, from the root "/"
//   data-words    what the page says, by the names in WORDS
//
// The content of the element makes room for a form. After unlocking, what is in
// <main> of the sealed page takes the place of what is in <main> around the
// element (or of the element itself), and the document dispatches
// "rapport:unlocked". Scripts must not assume that they ran before.

const PREFACE = "rapport sealed 1\nPBKDF2-HMAC-SHA256\n";
const SALT = 16;
const NONCE = 12;
const SLOT = NONCE + 32 + 16;
const HEADER = PREFACE.length + 4 + SALT;
const MIN_COUNT = 600_000;
const MAX_COUNT = 10_000_000;

/** What the page says where data-words is silent. */
const WORDS = {
  label: "Passphrase",
  show: "Show what I type",
  remember: "Remember for this tab, until it is closed",
  unlock: "Unlock",
  working: "Unlocking. This takes a few seconds.",
  unlocked: "Unlocked.",
  empty: "Enter the passphrase.",
  wrong: "This passphrase does not open the page. Check each word, and capital letters.",
  damaged: "The page has not arrived whole, or it was changed. Load it again. If that does not help, tell the person who sent it to you.",
  insecure: "The page cannot be unlocked here: it came over plain http, where others on the way can read and change it. Browsers decrypt over https only.",
  "insecure-link": "Open it over https",
  unable: "The page cannot be unlocked: this browser is too old to decrypt it.",
  file: "A part of this page could not be loaded.",
  again: "Lock again",
};

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{header: Bytes, front: Bytes, count: number, salt: Bytes, slots: Bytes[], page: Bytes}} Envelope */
/** @typedef {{html: string, files: Record<string, {name: string, type: string}>}} Letter */

/** Says what went wrong, by a name in WORDS. */
export class Failure extends Error {}

/**
 * Returns a passphrase as it is used for keys: see Normalize in handout.go.
 * @param {string} passphrase
 */
export const normalize = (passphrase) => passphrase.normalize("NFC").replace(/[\s\u0085]+/g, " ").replace(/^ | $/g, "");

/** @param {string} text @returns {Bytes} */
const base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** @param {Bytes} bytes */
const text64 = (bytes) => btoa(String.fromCharCode(...bytes));

/**
 * Takes an envelope apart.
 * @param {Bytes} bytes
 * @returns {Envelope}
 */
export function parse(bytes) {
  const n = bytes[HEADER] ?? 0;
  const front = HEADER + 1 + n * SLOT;
  const known = new TextDecoder("latin1").decode(bytes.slice(0, PREFACE.length)) === PREFACE;
  if (!known || n === 0 || bytes.length < front) throw new Failure("damaged");
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(PREFACE.length);
  if (count < MIN_COUNT || count > MAX_COUNT) throw new Failure("damaged");
  return {
    header: bytes.slice(0, HEADER),
    front: bytes.slice(0, front),
    count,
    salt: bytes.slice(HEADER - SALT, HEADER),
    slots: Array.from({ length: n }, (_, i) => bytes.slice(HEADER + 1 + i * SLOT, HEADER + 1 + (i + 1) * SLOT)),
    page: bytes.slice(front),
  };
}

/**
 * Opens a nonce and what was sealed with it; null if it was not.
 * @param {Bytes} raw key
 * @param {Bytes} sealed
 * @param {Bytes} about bytes of the envelope
 * @param {string} role
 * @returns {Promise<Bytes | null>}
 */
async function decrypt(raw, sealed, about, role) {
  const suffix = new TextEncoder().encode(role);
  const additionalData = new Uint8Array(about.length + suffix.length);
  additionalData.set(about);
  additionalData.set(suffix, about.length);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  try {
    const how = { name: "AES-GCM", iv: sealed.slice(0, NONCE), additionalData, tagLength: 128 };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.slice(NONCE)));
  } catch {
    return null;
  }
}

/**
 * Takes the padding off.
 * @param {Bytes | null} padded
 * @returns {Bytes}
 */
function unpad(padded) {
  if (!padded || padded.length < 4 || padded.length % 4096 !== 0) throw new Failure("damaged");
  const end = 4 + new DataView(padded.buffer).getUint32(0);
  if (end > padded.length || padded.length - end >= 4096 || padded.slice(end).some((b) => b !== 0)) throw new Failure("damaged");
  return padded.slice(4, end);
}

/**
 * Returns the key of the content.
 * @param {Envelope} e
 * @param {string} passphrase
 * @returns {Promise<Bytes>}
 */
export async function unlockKey(e, passphrase) {
  const word = await crypto.subtle.importKey("raw", new TextEncoder().encode(normalize(passphrase)), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: e.salt, iterations: e.count };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(how, word, 256));
  for (const slot of e.slots) {
    const key = await decrypt(derived, slot, e.header, "key");
    if (key) return key;
  }
  throw new Failure("wrong");
}

/**
 * @param {Envelope} e
 * @param {Bytes} key
 * @returns {Promise<Letter>}
 */
export async function openPage(e, key) {
  return JSON.parse(new TextDecoder().decode(unpad(await decrypt(key, e.page, e.front, "page"))));
}

/**
 * @param {Envelope} e
 * @param {Bytes} key
 * @param {string} name
 * @param {Bytes} sealed
 */
export async function openFile(e, key, name, sealed) {
  return unpad(await decrypt(key, sealed, e.header, `file${name}`));
}

/**
 * Makes an element. Names with a dash and those in the list are attributes, the
 * rest are properties.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [props]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (/-|^(role|for|autocorrect)$/.test(name)) el.setAttribute(name, String(value));
    else Object.assign(el, { [name]: value });
  }
  el.append(...children);
  return el;
}

/** Where the key is kept while the tab is open, if the reader asks for it. */
const shelf = {
  name: () => `rapport:key:${location.pathname}`,
  read() {
    try {
      return base64(sessionStorage.getItem(this.name()) ?? "");
    } catch {
      return new Uint8Array();
    }
  },
  /** @param {Bytes | null} key */
  write(key) {
    try {
      if (key) sessionStorage.setItem(this.name(), text64(key));
      else sessionStorage.removeItem(this.name());
    } catch {
      // a browser that keeps nothing asks again
    }
  },
};

/** What has no place in a page, and what could load or run something. */
const UNWANTED = "script, style, link, meta, base, noscript, iframe, frame, object, embed, applet";

/**
 * Returns the main part of the page, with nothing in it that runs. The policy
 * of the site says the same; this holds where there is none.
 * @param {Document} page
 */
function mainOf(page) {
  const main = page.querySelector("main") ?? page.body;
  for (const el of main.querySelectorAll(UNWANTED)) el.remove();
  for (const el of main.querySelectorAll("*")) {
    for (const { name, value } of [...el.attributes]) {
      const address = /^(href|src|action|formaction|xlink:href)$/i.test(name);
      if (/^on/i.test(name) || (address && /^(javascript|vbscript):/i.test(value.replace(/[\0-\x20]/g, "")))) el.removeAttribute(name);
    }
  }
  return main;
}

class Lock {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @type {Record<string, string>} */
    this.words = { ...WORDS, ...JSON.parse(root.dataset.words || "{}") };
    this.status = h("p", { role: "status", className: "lock-status" });
    this.error = h("p", { role: "alert", className: "lock-error", id: "lock-error" });
    this.busy = false;
  }

  async start() {
    if (!globalThis.crypto?.subtle) {
      this.explain();
      return;
    }
    const kept = shelf.read();
    if (kept.length > 0) {
      try {
        await this.show(kept);
        return;
      } catch {
        shelf.write(null); // built anew since
      }
    }
    this.ask();
  }

  /** Says that a part of the page is missing. */
  fail() {
    this.status.textContent = this.words.file ?? "";
  }

  /** Says why this page cannot be unlocked. */
  explain() {
    const plain = location.protocol === "http:";
    this.root.replaceChildren(...this.heading(), this.error);
    this.error.append(this.words[plain ? "insecure" : "unable"] ?? "");
    if (plain) {
      const href = location.href.replace(/^http:/, "https:");
      this.root.append(h("p", {}, h("a", { href }, this.words["insecure-link"] ?? "")));
    }
  }

  /** Keeps the heading that the layout wrote, and what says for whom it is. */
  heading() {
    return [...this.root.children].filter((el) => el.matches("h1, h2, [data-keep]"));
  }

  ask() {
    const id = "lock-passphrase";
    const input = h("input", {
      id, type: "password", name: "passphrase", autocomplete: "current-password", autocapitalize: "none",
      autocorrect: "off", spellcheck: false, "aria-required": true, "aria-describedby": this.error.id,
    });
    const show = h("input", { type: "checkbox" });
    const remember = h("input", { type: "checkbox", name: "remember" });
    const button = h("button", { type: "submit", className: "primary" }, this.words.unlock ?? "");
    // Password managers keep one entry for each name, so one for each handout.
    const name = h("input", { type: "text", name: "username", autocomplete: "username", value: location.pathname, readOnly: true, hidden: true, tabIndex: -1 });
    const form = h("form", { className: "lock-form", method: "post", noValidate: true },
      name,
      h("p", { className: "field" }, h("label", { for: id }, this.words.label ?? ""), " ", input), this.error,
      h("p", { className: "choice" }, h("label", {}, show, " ", this.words.show ?? "")),
      h("p", { className: "choice" }, h("label", {}, remember, " ", this.words.remember ?? "")),
      h("p", {}, button), this.status);
    show.addEventListener("change", () => {
      input.type = show.checked ? "text" : "password";
    });
    form.addEventListener("submit", async (e) => {
      e.preventDefault();
      if (this.busy) return;
      this.busy = true;
      input.readOnly = true;
      button.setAttribute("aria-disabled", "true");
      const why = await this.attempt(input.value, remember.checked);
      this.busy = false;
      input.readOnly = false;
      button.removeAttribute("aria-disabled");
      input.setAttribute("aria-invalid", String(why !== ""));
      if (why) {
        input.focus();
        input.select();
      }
    });
    this.root.replaceChildren(...this.heading(), form);
  }

  /**
   * Tries a passphrase and returns why it failed, or nothing.
   * @param {string} passphrase
   * @param {boolean} remember
   */
  async attempt(passphrase, remember) {
    this.error.textContent = "";
    let why = "";
    try {
      if (normalize(passphrase) === "") throw new Failure("empty");
      this.status.textContent = this.words.working ?? "";
      await new Promise((done) => setTimeout(done)); // lets the words be painted
      const key = await unlockKey(parse(base64(this.root.dataset.sealed ?? "")), passphrase);
      if (remember) shelf.write(key);
      await this.show(key);
    } catch (e) {
      shelf.write(null);
      why = e instanceof Failure ? e.message : "damaged";
      this.error.textContent = this.words[why] ?? why;
    }
    this.status.textContent = "";
    return why;
  }

  /**
   * Puts the page in place of the lock.
   * @param {Bytes} key
   */
  async show(key) {
    const envelope = parse(base64(this.root.dataset.sealed ?? ""));
    const letter = await openPage(envelope, key);
    const page = new DOMParser().parseFromString(letter.html, "text/html");
    const main = mainOf(page);
    const files = new Files(this.root, envelope, key, letter, () => this.fail());
    files.take(main);
    const again = h("button", { type: "button", className: "lock-again" }, this.words.again ?? "");
    again.addEventListener("click", () => {
      shelf.write(null);
      location.reload(); // what was shown is gone from memory, too
    });
    const place = this.root.closest("main") ?? this.root;
    place.replaceChildren(...[...main.childNodes].map((n) => document.importNode(n, true)), h("p", { className: "lock-tools" }, again), this.status);
    if (page.title) document.title = page.title;
    files.give(place);
    const title = place.querySelector("h1") ?? place;
    if (title instanceof HTMLElement) {
      title.tabIndex = -1;
      title.focus();
    }
    this.status.textContent = this.words.unlocked ?? "";
    document.dispatchEvent(new CustomEvent("rapport:unlocked", { detail: { root: place } }));
    for (const address of JSON.parse(this.root.dataset.scripts || "[]")) {
      await import(address).catch(() => this.fail()); // the page reads well without
    }
  }
}

/** The images and attachments of one page. */
class Files {
  /**
   * @param {HTMLElement} root
   * @param {Envelope} envelope
   * @param {Bytes} key
   * @param {Letter} letter
   * @param {() => void} fail
   */
  constructor(root, envelope, key, letter, fail) {
    this.envelope = envelope;
    this.key = key;
    this.fail = fail;
    this.files = new Map(Object.entries(letter.files));
    this.addresses = (root.dataset.files ?? "").split(" ");
    /** @type {Map<string, string>} what came with the page, which is about to go */
    this.inside = new Map();
    for (const el of document.querySelectorAll("[data-sealed-file]")) {
      this.inside.set(el.getAttribute("data-sealed-file") ?? "", el.getAttribute("data-bytes") ?? "");
    }
  }

  /**
   * Takes the addresses out of a page that is not shown yet, so that nobody is
   * asked for them.
   * @param {Element} main
   */
  take(main) {
    for (const el of main.querySelectorAll("img, source, a")) {
      const link = el.localName === "a";
      const url = el.getAttribute(link ? "href" : "src") ?? "";
      const sizes = (el.getAttribute("srcset") ?? "").split(",").map((s) => s.trim().split(/\s/)[0] ?? "");
      if (sizes.some((s) => this.files.has(s))) el.removeAttribute("srcset");
      if (!this.files.has(url)) continue;
      el.setAttribute("data-unsealed", url);
      if (link) el.setAttribute("href", "");
      else el.removeAttribute("src");
    }
  }

  /**
   * Gives the elements what they stand for: images at once, files when they
   * are asked for.
   * @param {Element} place
   */
  give(place) {
    for (const el of place.querySelectorAll("[data-unsealed]")) {
      const url = el.getAttribute("data-unsealed") ?? "";
      el.removeAttribute("data-unsealed");
      if (el instanceof HTMLAnchorElement) this.offer(el, url);
      else if (el instanceof HTMLImageElement) this.open(url).then(dataURL).then((src) => { el.src = src; }, this.fail);
    }
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {string} url
   */
  offer(link, url) {
    link.download = decodeURIComponent(url.split("/").pop() ?? "");
    link.addEventListener("click", async (e) => {
      if (link.href.startsWith("blob:")) return;
      e.preventDefault();
      try {
        link.href = URL.createObjectURL(await this.open(url));
        link.click();
      } catch {
        this.fail();
      }
    });
  }

  /**
   * @param {string} url
   * @returns {Promise<Blob>}
   */
  async open(url) {
    const { name, type } = this.files.get(url) ?? { name: "", type: "" };
    return new Blob([await openFile(this.envelope, this.key, name, await this.load(name))], { type });
  }

  /**
   * @param {string} name
   * @returns {Promise<Bytes>}
   */
  async load(name) {
    const inside = this.inside.get(name);
    if (inside !== undefined) return base64(inside);
    const address = this.addresses.find((a) => a === name || a.endsWith(`/${name}`));
    const answer = await fetch(address ?? name);
    if (!answer.ok) throw new Failure("file");
    return new Uint8Array(await answer.arrayBuffer());
  }
}

/**
 * @param {Blob} blob
 * @returns {Promise<string>}
 */
const dataURL = (blob) => new Promise((done, fail) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result));
  reader.onerror = fail;
  reader.readAsDataURL(blob);
});

if (typeof document !== "undefined") {
  const root = document.querySelector("[data-sealed]");
  if (root instanceof HTMLElement) new Lock(root).start();
}
