// The interface of the search: a search page and a dialog, both plain HTML that
// this module brings to life. It writes text into the page, never markup.
//
// What the theme provides (testdata/search.html is a complete example):
//
//   [data-search]            one box: the <dialog>, or a part of the search page
//     form[role=search]      with <input name="q">; leads to /search/?q=… by itself
//     [data-search-status]   in role="status"; says how many pages were found
//     [data-search-results]  an empty <ol>; becomes
//        li.search-hit > a > .search-title, then .search-meta, .search-excerpt
//        and ul.search-sections > li > a; words that match stand in <mark>
//   and if it likes
//     [data-search-corrected] hidden, in role="status"; "Showing results for …"
//     [data-search-filters]   hidden, inside the form; one fieldset per facet with
//                             label.search-choice > input, text, .search-count
//     [data-search-recent]    hidden; recent searches, as buttons in a list
//     [data-search-empty]     hidden; shown when nothing is found; may hold
//     [data-search-nearest]   an empty list for the nearest words
//     [data-search-fallback]  what stands there without script, such as a list of
//                             all pages; hidden while there is a query
//   [data-search-open]        a link or button that opens the dialog
//   [data-search-close]       a button in the dialog that closes it
//
// A box with data-search="page" keeps query and filters in the address. The
// words of a box stand in its data attributes, {n} and {q} being filled in:
//   data-page, data-pages  "{n} page", "{n} pages"  data-none     "Nothing found for {q}."
//   data-corrected       "Showing results for {q}." data-instead  "Search instead for {q}."
//   data-minutes         "{n} min"                  data-recent, data-clear: heading, button
//   data-failed          "The search does not work just now."
// Go's html/template takes attributes whose name after data- begins with "on"
// for scripts, so none does.
//
// The keys / and Ctrl K or ⌘ K open the dialog, arrow keys move among results.

/** @typedef {import("./client.js").Search} Search */
/** @typedef {import("./client.js").Results} Results */
/** @typedef {import("./client.js").Result} Result */

const RECENT = "rapport-searches";
const PAUSE = 120; // milliseconds of quiet before a search while typing

/** @type {Promise<Search> | undefined} */
let opened;

/** The index, loaded at the first use; a failure may be tried again. */
function index() {
	opened ??= load();
	opened.catch(() => opened = undefined);
	return opened;
}

async function load() {
	const client = await import(new URL("search.js", import.meta.url).href).catch(() => ({}));
	if (!client.open) throw new Error("The search file search.js could not be loaded.");
	return client.open(new URL("..", import.meta.url).href);
}

/** @param {string} tag @param {string} name @param {(Node | string)[]} children */
function make(tag, name, ...children) {
	const e = document.createElement(tag);
	if (name) e.className = name;
	e.append(...children);
	return e;
}

/** The text with its matches in <mark>. @param {string} text @param {[number, number][]} ranges */
function marked(text, ranges) {
	const parts = [];
	let at = 0;
	for (const [start, end] of ranges) {
		parts.push(text.slice(at, start), make("mark", "", text.slice(start, end)));
		at = end;
	}
	return [...parts, text.slice(at)];
}

/** @param {string} url @param {(Node | string)[]} children */
function link(url, ...children) {
	const a = /** @type {HTMLAnchorElement} */ (make("a", "", ...children));
	const to = new URL(url, new URL("..", import.meta.url));
	if (/^https?:$/.test(to.protocol)) a.href = to.href;
	return a;
}

/** Recent searches stay on the device; it may refuse to keep them. @returns {string[]} */
function recent() {
	try {
		const list = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
		return Array.isArray(list) ? list.filter((q) => typeof q === "string").slice(0, 6) : [];
	} catch {
		return [];
	}
}

/** @param {string[]} list */
function keep(list) {
	try {
		if (list.length) localStorage.setItem(RECENT, JSON.stringify(list));
		else localStorage.removeItem(RECENT);
	} catch { /* private browsing: nothing is kept */ }
}

class Box {
	/** @param {HTMLElement} root @param {HTMLFormElement} form @param {HTMLInputElement} input */
	constructor(root, form, input) {
		this.root = root;
		this.form = form;
		this.input = input;
		this.inAddress = root.dataset.search === "page";
		this.timer = 0;
		this.exact = false;
		this.now = new AbortController();
		input.addEventListener("input", (e) => {
			if (/** @type {InputEvent} */ (e).isComposing) return;
			this.exact = false;
			this.soon();
		});
		input.addEventListener("compositionend", () => this.soon());
		input.addEventListener("focus", () => input.value || this.showRecent());
		form.addEventListener("change", (e) => e.target !== input && this.run());
		form.addEventListener("submit", (e) => {
			this.remember();
			if (!this.inAddress) return; // the form leads to the search page
			e.preventDefault();
			this.run();
		});
		root.addEventListener("keydown", (e) => {
			this.arrow(e);
			if (e.key !== "Escape" || e.isComposing || !(root instanceof HTMLDialogElement)) return;
			e.preventDefault(); // which would only empty the input
			root.close();
		});
		this.part("results")?.addEventListener("click", () => this.remember());
		if (this.inAddress) {
			addEventListener("popstate", () => this.fromAddress());
			this.fromAddress();
		}
	}

	/** @param {string} name */
	part(name) {
		return /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-search-${name}]`));
	}

	/** A sentence of the box, with values filled in. @param {string} name @param {Record<string, string | number>} [values] */
	say(name, values = {}) {
		return (this.root.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
	}

	/** @param {string} name @param {boolean} on */
	show(name, on) {
		const part = this.part(name);
		if (part) part.hidden = !on;
	}

	soon() {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.run(true), PAUSE);
	}

	/** Searches for what stands in the box, and forgets the search before. @param {boolean} [typing] */
	async run(typing = false) {
		clearTimeout(this.timer);
		this.now.abort();
		const { signal } = this.now = new AbortController();
		const query = this.input.value.trim();
		this.show("fallback", !query);
		this.show("empty", false);
		this.show("corrected", false);
		if (!query) {
			this.part("results")?.replaceChildren();
			this.status("");
			this.show("filters", false);
			this.toAddress(query, {});
			this.showRecent();
			return;
		}
		this.show("recent", false);
		try {
			const site = await index();
			signal.throwIfAborted();
			const filters = this.filters(site);
			this.toAddress(query, filters);
			const found = await site.search(query, { limit: this.inAddress ? 30 : 8, filters, signal, exact: this.exact, typing });
			signal.throwIfAborted();
			this.render(site, query, found);
			if (!found.total) await this.renderEmpty(site, query, signal);
		} catch (e) {
			if (signal.aborted) return;
			this.part("results")?.replaceChildren();
			this.status(`${this.say("failed")} ${e instanceof Error ? e.message : ""}`.trim());
			this.show("fallback", true);
		}
	}

	/** @param {string} text */
	status(text) {
		const part = this.part("status");
		if (part && part.textContent !== text) part.textContent = text;
	}

	/** @param {Search} site @param {string} query @param {Results} found */
	render(site, query, found) {
		this.part("results")?.replaceChildren(...found.results.map((r) => this.hit(site, r)));
		this.status(found.total ? this.say(found.total === 1 ? "page" : "pages", { n: found.total }) : this.say("none", { q: query }));
		const corrected = this.part("corrected");
		if (corrected && found.corrected) {
			const instead = make("button", "", this.say("instead", { q: query }));
			instead.setAttribute("type", "button");
			instead.addEventListener("click", () => {
				this.exact = true;
				this.run();
				this.input.focus();
			});
			corrected.replaceChildren(make("span", "", this.say("corrected", { q: found.corrected })), " ", instead);
			corrected.hidden = false;
		}
		this.renderFilters(site, found.facets);
	}

	/** @param {Search} site @param {Result} r */
	hit(site, r) {
		const type = site.facets.find((f) => f.id === "type")?.values.find((v) => v.id === r.type)?.label ?? r.type;
		const meta = [type, r.minutes ? this.say("minutes", { n: r.minutes }) : ""].filter(Boolean).join(" · ");
		const li = make("li", "search-hit", link(r.url, make("span", "search-title", ...marked(r.title, r.titleRanges))));
		if (meta) li.append(" ", make("span", "search-meta", meta));
		if (r.excerpt.text) li.append(make("p", "search-excerpt", ...marked(r.excerpt.text, r.excerpt.ranges)));
		if (r.sections.length) li.append(make("ul", "search-sections", ...r.sections.map((s) => make("li", "", link(s.url, s.title)))));
		return li;
	}

	/** Nearest words for a search without results. @param {Search} site @param {string} query @param {AbortSignal} signal */
	async renderEmpty(site, query, signal) {
		this.show("empty", true);
		const list = this.part("nearest");
		if (!list) return;
		const words = (await site.suggest(query)).filter((w) => w !== query).slice(0, 5);
		if (!signal.aborted) list.replaceChildren(...this.choices(words));
	}

	/** Buttons that search for each of the queries. @param {string[]} queries */
	choices(queries) {
		return queries.map((q) => {
			const button = make("button", "", q);
			button.setAttribute("type", "button");
			button.addEventListener("click", () => {
				this.input.value = q;
				this.exact = false;
				this.input.focus();
				this.run();
			});
			return make("li", "", button);
		});
	}

	showRecent() {
		const part = this.part("recent"), list = recent();
		if (!part) return;
		part.hidden = list.length === 0 || this.input.value !== "";
		if (part.hidden) return;
		const clear = make("button", "search-clear", this.say("clear"));
		clear.setAttribute("type", "button");
		clear.addEventListener("click", () => {
			keep([]);
			part.hidden = true;
			this.input.focus();
		});
		part.replaceChildren(make("p", "", this.say("recent")), make("ul", "", ...this.choices(list)), clear);
	}

	remember() {
		const query = this.input.value.trim();
		if (query) keep([query, ...recent().filter((q) => q !== query)].slice(0, 6));
	}

	/** The filters that are ticked or, before they are drawn, that stand in the address. @param {Search} site */
	filters(site) {
		/** @type {Record<string, string[]>} */
		const filters = Object.create(null);
		const part = this.part("filters");
		if (!part) return filters;
		const from = part.childElementCount ? new FormData(this.form) : new URLSearchParams(location.search);
		for (const f of site.facets) {
			const values = from.getAll(f.id).map(String);
			if (values.length) filters[f.id] = values;
		}
		return filters;
	}

	/** @param {Search} site @param {Results["facets"]} counts */
	renderFilters(site, counts) {
		const part = this.part("filters");
		if (!part) return;
		part.hidden = false;
		if (!part.childElementCount) {
			const asked = new URLSearchParams(location.search);
			part.append(...site.facets.map((f) => {
				const field = make("fieldset", "", make("legend", "", f.label));
				for (const v of f.values) {
					const input = /** @type {HTMLInputElement} */ (make("input", ""));
					Object.assign(input, { type: "checkbox", name: f.id, value: v.id, checked: asked.getAll(f.id).includes(v.id) });
					field.append(make("label", "search-choice", input, ` ${v.label} `, make("span", "search-count")));
				}
				return field;
			}));
			const narrow = part.closest("details");
			if (narrow && part.querySelector(":checked")) narrow.open = true; // nobody is narrowed down unseen
		}
		for (const input of part.querySelectorAll("input")) {
			const n = counts[input.name]?.[input.value] ?? 0;
			const count = input.parentElement?.querySelector(".search-count");
			if (count) count.textContent = String(n);
			input.disabled = n === 0 && !input.checked;
		}
	}

	fromAddress() {
		const asked = new URLSearchParams(location.search);
		this.input.value = asked.get("q") ?? this.input.value;
		for (const input of this.part("filters")?.querySelectorAll("input") ?? []) input.checked = asked.getAll(input.name).includes(input.value);
		if (this.input.value) this.run();
		else this.part("results")?.replaceChildren();
	}

	/** @param {string} query @param {Record<string, string[]>} filters */
	toAddress(query, filters) {
		if (!this.inAddress) return;
		const asked = new URLSearchParams(query ? { q: query } : {});
		for (const [id, values] of Object.entries(filters)) for (const v of values) asked.append(id, v);
		const search = asked.size || String(asked) ? "?" + asked : "";
		if (search !== location.search) history.replaceState(history.state, "", location.pathname + search);
	}

	/** @param {KeyboardEvent} e */
	arrow(e) {
		if ((e.key !== "ArrowDown" && e.key !== "ArrowUp") || e.isComposing || e.altKey || e.ctrlKey || e.metaKey) return;
		const links = [...this.part("results")?.querySelectorAll("a[href]") ?? []];
		const at = links.indexOf(/** @type {Element} */ (document.activeElement));
		if (!links.length || (at < 0 && document.activeElement !== this.input)) return;
		e.preventDefault();
		const next = e.key === "ArrowDown" ? Math.min(at + 1, links.length - 1) : at - 1;
		/** @type {HTMLElement} */ (links[next] ?? this.input).focus();
	}
}

/** @type {Box[]} */
const boxes = [];
for (const root of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-search]"))) {
	const form = root.querySelector("form"), input = form?.querySelector("input[name=q]");
	if (form && input instanceof HTMLInputElement) boxes.push(new Box(root, form, input));
}

/** Opens the dialog, or goes to the box of the search page. */
function begin() {
	const box = boxes.find((b) => b.inAddress) ?? boxes.find((b) => b.root instanceof HTMLDialogElement);
	if (!box) return false;
	if (box.root instanceof HTMLDialogElement && !box.root.open) box.root.showModal();
	box.input.focus();
	box.input.select();
	if (!box.input.value) box.showRecent();
	index().catch(() => {}); // loaded while the reader types; the search itself reports
	return true;
}

addEventListener("keydown", (e) => {
	const at = e.target instanceof HTMLElement ? e.target : null;
	const writes = at !== null && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
	const slash = e.key === "/" && !writes && !e.ctrlKey && !e.metaKey && !e.altKey;
	const k = e.key.toLowerCase() === "k" && (e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey;
	if (!e.defaultPrevented && !e.isComposing && (slash || k) && begin()) e.preventDefault();
});
document.addEventListener("click", (e) => {
	const at = e.target instanceof Element ? e.target : null;
	if (at?.closest("[data-search-open]") && begin()) e.preventDefault();
	const close = at?.closest("[data-search-close]")?.closest("dialog");
	if (close) close.close();
});
