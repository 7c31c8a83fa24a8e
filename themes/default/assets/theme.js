// Light or dark. Pages follow the system until a reader chooses otherwise; a
// choice is kept on the device. This runs before the page is painted, so that
// it does not flash; without it pages follow the system.
//
// It also brings the current entry of the navigation into view, opens the
// outline on wide screens and marks there where the reader is, and tells print
// which dates are empty.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const key = "theme";

  /** @returns {string | null} "light", "dark" or nothing */
  const chosen = () => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is refused: follow the system
    }
  };

  const system = () => (dark.matches ? "dark" : "light");

  const show = () => {
    const choice = chosen();
    if (choice === "light" || choice === "dark") root.dataset.theme = choice;
    else delete root.dataset.theme;
    const now = root.dataset.theme ?? system();
    for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
      meta.setAttribute("content", now === "dark" ? "#191715" : "#faf8f5");
    }
    document.querySelector("[data-theme-switch]")?.setAttribute("aria-pressed", String(now === "dark"));
  };

  const turn = () => {
    const next = (root.dataset.theme ?? system()) === "dark" ? "light" : "dark";
    try {
      if (next === system()) localStorage.removeItem(key);
      else localStorage.setItem(key, next);
      show();
    } catch {
      root.dataset.theme = next; // for this page only
    }
  };

  /** @param {HTMLDetailsElement} outline */
  const follow = (outline) => {
    const wide = matchMedia("(min-width: 64em)");
    const fold = () => {
      outline.open = wide.matches;
    };
    fold();
    wide.addEventListener("change", fold);
    /** @type {Map<Element, Element>} */
    const links = new Map();
    for (const link of outline.querySelectorAll("a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    // A heading counts as seen from where it passes the upper third of the
    // screen, and for as long as it is above: a jump misses none.
    /** @type {Set<Element>} */
    const above = new Set();
    const seen = new IntersectionObserver(
      (entries) => {
        for (const e of entries) {
          if (e.isIntersecting) above.add(e.target);
          else above.delete(e.target);
        }
        const at = [...links.keys()].findLast((heading) => above.has(heading));
        for (const [heading, link] of links) {
          if (heading === at) link.setAttribute("aria-current", "true");
          else link.removeAttribute("aria-current");
        }
      },
      { rootMargin: "1000000px 0px -67% 0px" },
    );
    for (const heading of links.keys()) seen.observe(heading);
  };

  show();
  dark.addEventListener("change", show);
  addEventListener("storage", (e) => e.key === key && show());
  addEventListener("beforeprint", () => {
    for (const input of document.querySelectorAll("input[type=date]")) {
      input.toggleAttribute("data-empty", !(/** @type {HTMLInputElement} */ (input).value));
    }
  });
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-theme-switch]");
    button?.removeAttribute("hidden");
    button?.addEventListener("click", turn);
    show();
    const nav = document.querySelector(".site-header nav");
    const here = nav?.querySelector("[aria-current]");
    if (nav && here) {
      const [strip, link] = [nav.getBoundingClientRect(), here.getBoundingClientRect()];
      nav.scrollLeft += link.left - strip.left - (strip.width - link.width) / 2;
    }
    const outline = document.querySelector("[data-outline]");
    if (outline) follow(/** @type {HTMLDetailsElement} */ (outline));
  });
})();
