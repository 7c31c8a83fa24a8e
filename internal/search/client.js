// Search over the static files that the build wrote: the public API for those
// who build their own interface. Runs in browsers and in Node 20 or later.
//
//   import { open } from "/search/search.js";
//   const site = await open("/");
//   const { results } = await site.search("warm introduction", { limit: 5 });
//
// Ranking is BM25 over impacts that the build has quantised, plus the names of
// a page scored once more by themselves. Every word of the query counts, none
// is required. Words that the site does not know are completed or corrected.
//
// One file, long as it is, because it is the first thing that a query waits for.

/**
 * @typedef {{text: string, ranges: [number, number][]}} Excerpt Text, and the places in it (UTF-16 offsets) of words that match.
 * @typedef {{title: string, url: string, excerpt?: Excerpt}} Section
 * @typedef {{url: string, title: string, score: number, type: string, minutes: number, facets: Record<string, string[]>, excerpt: Excerpt, sections: Section[], titleRanges: [number, number][]}} Result
 * @typedef {{results: Result[], total: number, facets: Record<string, Record<string, number>>, corrected: string}} Results `total` counts all matching pages; `facets` how many each further filter value would show; `corrected` is the query that was really searched, or "".
 * @typedef {{limit?: number, filters?: Record<string, string[]>, signal?: AbortSignal, exact?: boolean, typing?: boolean}} SearchOptions `exact` forbids corrections; `typing` takes the last word for a beginning.
 * @typedef {(text: string) => [word: string, start: number, end: number][]} Words
 * @typedef {{lang?: string, fetch?: (url: string) => Promise<{ok: boolean, status: number, arrayBuffer(): Promise<ArrayBuffer>}>, words?: Words}} OpenOptions
 * @typedef {{from: string[], files: string[]}} Directory
 * @typedef {{id: string, label: string, values: {id: string, label: string}[]}} Facet
 * @typedef {{pages: number, titleWords: number, words: {from: string, files: string}, tails: {from: string, files: string}, cards: string, facets?: Facet[], pageData?: string, pageFile?: string, synonyms?: {from: string[], to?: string[]}[], define?: string[], types?: Record<string, number>}} Root
 * @typedef {{words: string[], classOf: number[], place: Map<string, number>, pages: number[], at: number[], bytes: Uint8Array}} Shard
 * @typedef {{columns: Uint8Array[][], group: number[], place: number[], near: number[][]}} Pages For every facet and value which pages have it (1 or 0); file and place of each card; the nearest pages.
 * @typedef {{shard: Shard, id: number, pages: number, idf: number}} Term A stem with its postings.
 * @typedef {{word: string, start: number, end: number, term: Term | null}} Token
 * @typedef {{from: number, to: number, terms: Term[], weight: number, any: boolean}} Other Other words for the tokens from…to; `any`: one of them is enough.
 */

const VERSION = 1;
const LEVELS = 15; // steps of an impact
const SATURATION = 2; // k1 of BM25, as in the build
const NAME_WEIGHT = 1; // of the score of names beside the score of the page
const SYNONYM_WEIGHT = 0.6; // of other words beside those that were typed
const NEAR_WEIGHT = 0.3; // of the mean score of the nearest pages
const MAX_WORDS = 64; // of a query
const NAME_WORDS = [0, 40, 30, 23, 18, 14.5, 12, 10, 8, 7, 6, 5, 4, 3, 2, 1]; // words of a name, by its level

// Words, as words.go cuts them.
const RUN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const CJK = /[\u30fc\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const LETTERS = new Map(Object.entries({ "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ" }));

/** @param {string} word */
export function fold(word) {
	if (/^[\0-\x7f]*$/.test(word)) return word.toLowerCase();
	return word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase()
		.replace(/[ßæœøłđıς]/g, (c) => LETTERS.get(c) ?? c);
}

/** @type {Words} */
export function words(text) {
	/** @type {[string, number, number][]} */
	const list = [];
	for (const { 0: run, index } of text.matchAll(RUN)) {
		if (!/[^\0-\x7f]/.test(run)) {
			list.push([run.slice(0, 40).toLowerCase(), index, index + run.length]);
			continue;
		}
		const chars = [...run];
		for (let i = 0, at = index; i < chars.length;) {
			let j = i;
			const cjk = CJK.test(chars[i]), start = at, ends = [];
			while (j < chars.length && CJK.test(chars[j]) === cjk) ends.push(at += chars[j++].length);
			if (!cjk) list.push([fold([...chars.slice(i, j).join("").normalize("NFC")].slice(0, 40).join("")), start, at]);
			else if (j - i === 1) list.push([fold(chars[i]), start, at]);
			else for (let k = i; k + 1 < j; k++) list.push([fold(chars[k] + chars[k + 1]), k > i ? ends[k - i - 1] : start, ends[k - i + 1]]);
			i = j;
		}
	}
	return list;
}

/**
 * Opens the search of the site at baseURL, in the language of the document or
 * in the one asked for.
 * @param {string} baseURL @param {OpenOptions} [options] @returns {Promise<Search>}
 */
export async function open(baseURL, options = {}) {
	const base = baseURL.replace(/\/*$/, "/") + "search/";
	const get = options.fetch ?? ((/** @type {string} */ url) => fetch(url));
	/** @param {string} name */
	const load = async (name) => {
		let res;
		try {
			res = await get(base + name);
		} catch (e) {
			throw new Error(`The search file ${name} could not be loaded: ${e instanceof Error ? e.message : e}`);
		}
		if (!res.ok) throw new Error(`The search file ${name} could not be loaded (status ${res.status}).`);
		return new Uint8Array(await res.arrayBuffer());
	};
	const entry = json(await load("index.json"), "index.json");
	if (entry?.version !== VERSION || typeof entry.languages !== "object") throw new Error("The search index was made by another version; reload the page.");
	const languages = new Map(Object.entries(entry.languages ?? {}));
	const wish = options.lang ?? globalThis.document?.documentElement?.lang ?? "";
	const lang = [wish, wish.split("-")[0], "en", [...languages.keys()][0]].find((l) => languages.has(l)) ?? "";
	let root = languages.get(lang);
	if (typeof root === "string") root = json(await load(root), root);
	if (root && !(root.pages >= 0 && typeof root.words?.from === "string" && typeof root.tails?.from === "string" && typeof root.cards === "string")) throw damaged("index.json");
	return new Search(root, (name) => load(lang.toLowerCase() + "/" + name), options.words ?? words);
}

/** @param {string} name */
const damaged = (name) => new Error(`The search file ${name} is damaged or incomplete.`);

/** @param {Uint8Array} bytes @param {string} name @returns {any} */
function json(bytes, name) {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		throw damaged(name);
	}
}

/** Reads unsigned varints; throws beyond the end. */
class Reader {
	/** @param {Uint8Array} bytes @param {string} name */
	constructor(bytes, name) {
		this.bytes = bytes;
		this.name = name;
		this.at = 4;
		let h = 0x811c9dc5;
		for (let i = 4; i < bytes.length; i++) h = Math.imul(h ^ bytes[i], 0x01000193);
		if (bytes.length < 5 || (h >>> 0) !== (bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]) >>> 0) throw damaged(name);
	}
	uint() {
		let n = 0, scale = 1;
		for (;;) {
			const b = this.bytes[this.at++];
			if (b === undefined || scale > 2 ** 35) throw damaged(this.name);
			if (b < 0x80) return n + b * scale;
			n += (b & 0x7f) * scale;
			scale *= 128;
		}
	}
	/** @param {number} n */
	skip(n) {
		this.at += n;
		if (this.at > this.bytes.length) throw damaged(this.name);
	}
	/**
	 * A list of words, each with its beginning shared with the one before; item
	 * is called after each.
	 * @param {() => void} item
	 */
	front(item) {
		const list = [], decoder = new TextDecoder();
		let last = new Uint8Array(0);
		for (let n = this.uint(); n > 0; n--) {
			const shared = this.uint(), more = this.uint(), start = this.at;
			this.skip(more);
			if (shared > last.length) throw damaged(this.name);
			const word = new Uint8Array(shared + more);
			word.set(last.subarray(0, shared));
			word.set(this.bytes.subarray(start, start + more), shared);
			list.push(decoder.decode(last = word));
			item();
		}
		return list;
	}
}

/** @param {Uint8Array} bytes @param {string} name @returns {Shard} */
function readShard(bytes, name) {
	const r = new Reader(bytes, name);
	/** @type {number[]} */ const classOf = [];
	let classes = 0;
	const list = r.front(() => {
		const back = r.uint();
		if (back > classes) throw damaged(name);
		classOf.push(back === 0 ? classes++ : classes - back);
	});
	const pages = Array.from({ length: classes }, () => r.uint());
	const at = pages.map((n) => {
		const start = r.at;
		for (let i = 0; i < n; i++) r.uint();
		r.skip(n);
		return start;
	});
	return { words: list, classOf, place: new Map(list.map((w, i) => [w, i])), pages, at, bytes };
}

/** @param {Uint8Array} bytes @param {string} name */
function readTail(bytes, name) {
	/** @type {number[]} */ const logs = [];
	const r = new Reader(bytes, name);
	return { words: r.front(() => logs.push(r.uint())), logs };
}

/** The place of the first of the sorted strings that is not below s. @param {string[]} list @param {string} s */
function lower(list, s) {
	let lo = 0, hi = list.length;
	while (lo < hi) {
		const mid = (lo + hi) >> 1;
		if (list[mid] < s) lo = mid + 1;
		else hi = mid;
	}
	return lo;
}

/** @param {string} [list] */
const names = (list = "") => list.match(/.{10}/g) ?? [];

/** @param {{from: string, files: string}} [lists] @returns {Directory} */
function directory(lists) {
	const files = names(lists?.files), from = files.length ? lists?.from.split(" ") ?? [] : [];
	if (from.length !== files.length) throw damaged("index.json");
	return { from, files };
}

/** @param {string} s */
const reverse = (s) => [...s].reverse().join("");

/**
 * The number of slips (letters changed, left out, put in, or two swapped)
 * between a and b, or max + 1 if more.
 * @param {string} a @param {string} b @param {number} max
 */
function slips(a, b, max) {
	if (Math.abs(a.length - b.length) > max) return max + 1;
	/** @type {number[]} */ let before = [];
	let above = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			let d = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2] + 1);
			row.push(d);
			if (d < least) least = d;
		}
		if (least > max) return max + 1;
		before = above;
		above = row;
	}
	return above[b.length];
}

/** The search of one language of a site; made by open. */
export class Search {
	/** @param {Root | undefined} root @param {(name: string) => Promise<Uint8Array>} load @param {Words} words */
	constructor(root, load, words) {
		this.root = root;
		this.load = load;
		this.cut = words;
		/** @type {Map<string, Promise<any>>} */
		this.files = new Map();
		/** Facets with labels, in the order in which to show them. @type {Facet[]} */
		this.facets = root?.facets ?? [];
		/** The page data, if it came with the root. @type {Pages | undefined} */
		this.inline = undefined;
		this.words = directory(root?.words);
		this.tails = directory(root?.tails);
		this.cards = names(root?.cards);
		const mean = root?.titleWords ?? 1;
		/** What a word in a name of each level adds, per idf. */
		this.nameScore = NAME_WORDS.map((n, level) => {
			const w = 1 / (0.5 + 0.5 * n / mean);
			return level === 0 ? 0 : NAME_WEIGHT * 2 * w / (w + 1);
		});
		/** Phrases that ask for a meaning. @type {string[][]} */
		this.asking = (root?.define ?? []).map((p) => this.plain(p));
		/** @type {{tokens: string[], to: string[], from: number}[]} */
		this.synonyms = [];
		for (const [i, g] of (root?.synonyms ?? []).entries()) {
			for (const phrase of g.from) this.synonyms.push({ tokens: this.plain(phrase), to: (g.to ?? g.from).filter((p) => p !== phrase), from: i });
		}
	}

	/** @param {string} text */
	plain(text) {
		return this.cut(text).map((w) => w[0]);
	}

	/** Loads and reads a file once; a failure may be tried again. @template T @param {string} name @param {(bytes: Uint8Array, name: string) => T} read @returns {Promise<T>} */
	file(name, read) {
		let p = this.files.get(name);
		if (!p) {
			p = this.load(name).then((bytes) => read(bytes, name));
			this.files.set(name, p);
			p.catch(() => this.files.delete(name));
		}
		return p;
	}

	/** The shards that hold words from first to last. @template T @param {Directory} dir @param {string} first @param {string} last @param {(bytes: Uint8Array, name: string) => T} read @param {number} [most] */
	shards(dir, first, last, read, most = 24) {
		const start = Math.max(0, lower(dir.from, first + "\0") - 1), end = Math.max(start + 1, lower(dir.from, last + "\0"));
		return Promise.all(dir.files.slice(start, Math.min(end, start + most)).map((f) => this.file(f + ".bin", read)));
	}

	/** @param {string} word @returns {Promise<Term | null>} */
	async term(word) {
		if (!this.words.files.length) return null;
		const [shard] = await this.shards(this.words, word, word, readShard);
		return this.in(shard, word);
	}

	/** @param {Shard} shard @param {string} word @returns {Term | null} */
	in(shard, word) {
		const i = shard.place.get(word);
		if (i === undefined) return null;
		const id = shard.classOf[i], pages = shard.pages[id];
		return { shard, id, pages, idf: Math.log(1 + ((this.root?.pages ?? 0) - pages + 0.5) / (pages + 0.5)) };
	}

	/**
	 * Adds the scores of the term to those of its pages.
	 * @param {Term} t @param {number} weight @param {Float64Array} scores
	 */
	add(t, weight, scores) {
		const { bytes, at, pages } = t.shard;
		const n = pages[t.id], names = this.nameScore, scale = t.idf * weight, step = (SATURATION + 1) / LEVELS;
		let i = at[t.id], page = -1;
		let impact = i;
		for (let k = 0; k < n; impact++) if (bytes[impact] < 0x80) k++; // impacts follow the n gaps
		for (let k = 0; k < n; k++) {
			let gap = bytes[i++];
			if (gap >= 0x80) {
				gap &= 0x7f;
				for (let s = 128, b = 0x80; b >= 0x80; s *= 128) gap += ((b = bytes[i++]) & 0x7f) * s;
			}
			page += gap + 1;
			const m = bytes[impact++];
			scores[page] += scale * ((m & 15) * step + names[m >> 4]);
		}
	}

	/**
	 * @param {string} query @param {SearchOptions} [options] @returns {Promise<Results>}
	 */
	async search(query, options = {}) {
		const { limit = 10, signal } = options;
		const text = String(query).slice(0, 2000);
		signal?.throwIfAborted();
		/** @type {Results} */
		const none = { results: [], total: 0, facets: Object.create(null), corrected: "" };
		const cuts = this.cut(text).slice(0, MAX_WORDS);
		if (!this.root?.pages || cuts.length === 0) return none;
		const ready = this.pages();
		ready.catch(() => {}); // it is awaited below
		/** @type {Token[]} */
		let tokens = await Promise.all(cuts.map(async ([word, start, end]) => ({ word, start, end, term: await this.term(word) })));
		signal?.throwIfAborted();
		const others = await this.synonymsOf(tokens);
		await this.completions(tokens, others, text, options);
		await this.joins(tokens, others);
		let corrected = "";
		if (!options.exact) {
			const found = await this.correct(tokens, others, text);
			if (found) [tokens, corrected] = [found.tokens, found.text];
		}
		signal?.throwIfAborted();
		const pages = await ready;
		const scores = vouch(this.weigh(tokens, this.score(tokens, others), pages), pages);
		const { top, total, facets } = select(scores, Math.max(0, limit), this.facets, pages.columns, options.filters ?? {});
		const cards = await Promise.all(top.map((n) => this.card(n, pages)));
		signal?.throwIfAborted();
		const hits = surfaces(tokens, others);
		const results = top.map((n, i) => this.result(n, scores[n], cards[i], hits, pages));
		// A page whose title is the query, word by word, comes first.
		const asked = tokens.map((t) => t.word).join(" ");
		const exact = results.map((r) => this.plain(r.title).join(" ") === asked);
		return { results: [...results.filter((_, i) => exact[i]), ...results.filter((_, i) => !exact[i])], total, facets, corrected };
	}

	/**
	 * Finds phrases of the synonym file in the query, in any inflection that the
	 * site uses, and what else they are called.
	 * @param {Token[]} tokens @returns {Promise<Other[]>}
	 */
	async synonymsOf(tokens) {
		/** @type {Other[]} */
		const others = [];
		for (let from = 0; from < tokens.length; from++) {
			for (const s of this.synonyms) {
				const to = from + s.tokens.length;
				if (to > tokens.length || to === from) continue;
				let same = true;
				for (let i = from; i < to && same; i++) same = this.same(tokens[i], s.tokens[i - from]);
				if (!same) continue;
				for (const phrase of s.to) {
					const terms = await Promise.all(this.plain(phrase).map((w) => this.term(w)));
					const known = terms.filter((t) => t !== null);
					if (known.length === terms.length && known.length > 0) others.push({ from, to, terms: known, weight: SYNONYM_WEIGHT, any: false });
				}
			}
		}
		return others;
	}

	/** Whether the word is the token or another form of its stem. @param {Token} token @param {string} word */
	same(token, word) {
		if (token.word === word) return true;
		if (token.word.slice(0, 3) !== word.slice(0, 3)) return false;
		if (!token.term) return word.length > 3 && token.word.startsWith(word) && token.word.length <= word.length + 2; // a plural, perhaps
		const t = this.in(token.term.shard, word); // forms of a stem stand together; another shard would cost more than it finds
		return t !== null && t.id === token.term.id;
	}

	/**
	 * The words of the site that begin with prefix, the most frequent first, one
	 * for each stem.
	 * @param {string} prefix @returns {Promise<{word: string, term: Term}[]>}
	 */
	async beginning(prefix) {
		/** @type {Map<string, {word: string, term: Term}>} */
		const found = new Map();
		for (const [n, shard] of (await this.shards(this.words, prefix, prefix + "\uffff", readShard, 8)).entries()) {
			for (let i = lower(shard.words, prefix); i < shard.words.length && shard.words[i].startsWith(prefix); i++) {
				const key = n + " " + shard.classOf[i], term = this.in(shard, shard.words[i]);
				if (term && !found.has(key)) found.set(key, { word: shard.words[i], term });
			}
		}
		return [...found.values()].sort((a, b) => b.term.pages - a.term.pages || (a.word < b.word ? -1 : 1));
	}

	/** @param {Token[]} tokens @param {Other[]} others @param {string} text @param {SearchOptions} options */
	async completions(tokens, others, text, options) {
		const from = tokens.length - 1, last = tokens[from];
		if (last.end !== text.length || (last.term && !options.typing)) return;
		const found = (await this.beginning(last.word)).filter((b) => b.term.id !== last.term?.id || b.term.shard !== last.term.shard);
		if (found.length) others.push({ from, to: from + 1, terms: found.slice(0, 8).map((b) => b.term), weight: last.term ? SYNONYM_WEIGHT : 0.9, any: true });
	}

	/** Two words that the site also writes as one. Where the first is known, its shard must do: one more would cost more than it finds. @param {Token[]} tokens @param {Other[]} others */
	async joins(tokens, others) {
		for (let i = 0; i + 1 < tokens.length; i++) {
			const { word, term: first } = tokens[i], joined = word + tokens[i + 1].word;
			const term = first ? this.in(first.shard, joined) : await this.term(joined);
			if (term) others.push({ from: i, to: i + 2, terms: [term], weight: 0.9, any: true });
		}
	}

	/**
	 * Replaces words that the site does not know.
	 * @param {Token[]} tokens @param {Other[]} others @param {string} text
	 */
	async correct(tokens, others, text) {
		let fixed = text, shift = 0, changed = false;
		/** @type {Token[]} */
		const list = [];
		/** @type {number[]} */
		const moved = [];
		for (const [i, t] of tokens.entries()) {
			moved.push(list.length);
			const covered = t.term || this.asking.some((p) => p.includes(t.word)) || others.some((o) => o.from <= i && i < o.to);
			const better = covered ? [] : await this.instead(t.word);
			if (!better.length) {
				list.push(t);
				continue;
			}
			for (const [word, term] of better) list.push({ word, start: t.start, end: t.end, term });
			const words = better.map((b) => b[0]).join(" ");
			fixed = fixed.slice(0, t.start + shift) + words + fixed.slice(t.end + shift);
			shift += words.length - (t.end - t.start);
			changed = true;
		}
		moved.push(list.length);
		if (!changed) return null;
		for (const o of others) [o.from, o.to] = [moved[o.from], moved[o.to]];
		return { tokens: list, text: fixed };
	}

	/**
	 * What the unknown word was probably meant to be: the known word with the
	 * fewest slips, or two words that were run together.
	 * @param {string} word @returns {Promise<[string, Term][]>}
	 */
	async instead(word) {
		const [best] = await this.near(word, word.length < 6 ? 1 : 2);
		const split = best && best.slips === 1 ? [] : await this.split(word);
		if (split.length) return split;
		const term = best && await this.term(best.word);
		return term ? [[best.word, term]] : [];
	}

	/**
	 * Known words within max slips, the nearest and then the most frequent first.
	 * Slips leave the beginning or the end of a word intact, so words that share
	 * either are looked at: the former lie together in the shards, the latter in
	 * the shards of endings.
	 * @param {string} word @param {number} max
	 */
	async near(word, max) {
		const n = word.length;
		/** @type {{word: string, slips: number, first: boolean, log: number}[]} */
		const found = [];
		if (n < 4 || /[0-9\u1100-\u11ff\u2e80-\ud7ff]/.test(word)) return found; // digits and scripts that do not spell
		const head = word.slice(0, max > 1 ? Math.floor(n / 3) : Math.floor(n / 2) - 1 || 1);
		const tail = reverse(word.slice(max > 1 ? n - Math.floor(n / 3) : Math.floor(n / 2)));
		const seen = new Set([word]);
		/** @param {string} other @param {number} log */
		const weigh = (other, log) => {
			if (seen.has(other) || other.length < 3) return;
			seen.add(other);
			const d = slips(word, other, max);
			if (d <= max) found.push({ word: other, slips: d, first: other[0] === word[0], log });
		};
		const [heads, tails] = await Promise.all([
			this.shards(this.words, head, head + "\uffff", readShard),
			this.tails.files.length ? this.shards(this.tails, tail, tail + "\uffff", readTail) : [],
		]);
		for (const s of heads) {
			for (let i = lower(s.words, head); i < s.words.length && s.words[i].startsWith(head); i++) weigh(s.words[i], Math.floor(Math.log2(s.pages[s.classOf[i]])));
		}
		for (const s of tails) {
			for (let i = lower(s.words, tail); i < s.words.length && s.words[i].startsWith(tail); i++) weigh(reverse(s.words[i]), s.logs[i]);
		}
		return found.sort((a, b) => a.slips - b.slips || Number(b.first) - Number(a.first) || b.log - a.log || (a.word < b.word ? -1 : 1));
	}

	/** Takes apart two words run together: the cut whose rarer part is the most frequent. @param {string} word @returns {Promise<[string, Term][]>} */
	async split(word) {
		/** @type {[string, Term][]} */
		let best = [];
		let most = 0, tried = 0;
		for (let i = word.length - 2; i >= 2 && tried < 4; i--) {
			const a = await this.term(word.slice(0, i));
			if (!a) continue;
			tried++;
			const b = await this.term(word.slice(i));
			if (b && Math.min(a.pages, b.pages) > most) {
				most = Math.min(a.pages, b.pages);
				best = [[word.slice(0, i), a], [word.slice(i), b]];
			}
		}
		return best;
	}

	/**
	 * The score of every page. Other words add only what they give beyond the
	 * words that were typed, so exact wording wins.
	 * @param {Token[]} tokens @param {Other[]} others
	 */
	score(tokens, others) {
		const size = this.root?.pages ?? 0, total = new Float64Array(size);
		/** @type {Map<string, number>} */
		const times = new Map();
		for (const t of tokens) times.set(t.word, (times.get(t.word) ?? 0) + 1);
		for (const t of tokens) {
			const n = times.get(t.word) ?? 1;
			if (t.term) this.add(t.term, 3 / (n + 2), total);
		}
		/** @type {Map<string, Other[]>} */
		const spans = new Map();
		for (const o of others) spans.set(o.from + " " + o.to, [...spans.get(o.from + " " + o.to) ?? [], o]);
		for (const list of spans.values()) {
			const typed = new Float64Array(size), best = new Float64Array(size);
			for (const t of tokens.slice(list[0].from, list[0].to)) if (t.term) this.add(t.term, 1, typed);
			for (const o of list) {
				const all = o.terms.reduce((sum, t) => sum + t.idf, 0);
				for (const group of o.any ? o.terms.map((t) => [t]) : [o.terms]) {
					const scores = new Float64Array(size), held = new Float64Array(size);
					for (const t of group) this.add(t, o.weight, scores);
					if (group.length > 1) for (const t of group) this.hold(t, t.idf / all, held);
					for (let n = 0; n < size; n++) best[n] = Math.max(best[n], group.length > 1 ? scores[n] * held[n] ** 2 : scores[n]);
				}
			}
			for (let n = 0; n < size; n++) if (best[n] > typed[n]) total[n] += best[n] - typed[n];
		}
		return total;
	}

	/** Adds share for each page that holds the term. @param {Term} t @param {number} share @param {Float64Array} held */
	hold(t, share, held) {
		const scores = new Float64Array(held.length);
		this.add(t, 1, scores);
		for (let n = 0; n < held.length; n++) if (scores[n] > 0) held[n] += share;
	}

	/** Weighs pages by their type; who asks what something is wants the glossary. @param {Token[]} tokens @param {Float64Array} scores @param {Pages} pages */
	weigh(tokens, scores, pages) {
		const f = this.facets.findIndex((x) => x.id === "type"), weights = new Map(Object.entries(this.root?.types ?? {}));
		const asked = " " + tokens.map((t) => t.word).join(" ") + " ";
		if (this.asking.some((p) => asked.includes(" " + p.join(" ") + " "))) weights.set("term", 1.5);
		for (const [v, value] of this.facets[f]?.values.entries() ?? []) {
			const weight = weights.get(value.id) ?? 1;
			if (weight !== 1) for (let n = 0; n < scores.length; n++) if (pages.columns[f][v][n]) scores[n] *= weight;
		}
		return scores;
	}

	/** What the build noted of every page. @returns {Promise<Pages>} */
	async pages() {
		const root = this.root, size = root?.pages ?? 0;
		/** @param {Uint8Array} bytes @param {string} name @returns {Pages} */
		const read = (bytes, name) => {
			const r = new Reader(bytes, name), files = this.cards.length;
			/** @type {number[]} */ const group = [];
			if (r.uint()) for (let n = 0; n < size; n++) group.push(r.uint());
			else for (let g = 0; g < files; g++) for (let n = r.uint(); n > 0 && group.length < size; n--) group.push(g);
			const filled = Array.from({ length: files }, () => 0);
			const place = group.map((g) => filled[g]++);
			const columns = this.facets.map((f) => f.values.map(() => {
				const head = r.uint(), column = new Uint8Array(size).fill(head & 1);
				for (let n = head >>> 1, page = -1; n > 0; n--) column[page += r.uint() + 1] = 1 - (head & 1);
				return column;
			}));
			const count = r.uint(), near = Array.from({ length: count ? size : 0 }, () => {
				let page = 0;
				return Array.from({ length: count }, () => page += r.uint());
			});
			return { columns, group, place, near };
		};
		if (root?.pageFile) return this.file(root.pageFile + ".bin", read);
		return this.inline ??= read(Uint8Array.from([...atob(root?.pageData ?? "")], (c) => c.charCodeAt(0)), "index.json");
	}

	/** The card of page n: address, title, minutes, lead, sections. @param {number} n @param {Pages} pages */
	async card(n, pages) {
		const name = this.cards[pages.group[n]] + ".json";
		const card = (await this.file(name, json))?.[pages.place[n]];
		if (!Array.isArray(card) || card.length < 5) throw damaged(name);
		return /** @type {[string, string, number, string, [string, string, string?][]]} */ (card);
	}

	/** @param {number} n @param {number} score @param {[string, string, number, string, [string, string, string?][]]} card @param {Set<string>} hits @param {Pages} pages @returns {Result} */
	result(n, score, [url, title, minutes, lead, parts], hits, pages) {
		/** @type {Record<string, string[]>} */
		const facets = Object.create(null);
		for (const [f, facet] of this.facets.entries()) {
			const values = facet.values.filter((_, v) => pages.columns[f][v][n]).map((v) => v.id);
			if (values.length) facets[facet.id] = values;
		}
		let excerpt = this.mark(lead, hits);
		let most = excerpt.found;
		const sections = [];
		for (const [id, heading, text] of parts ?? []) {
			const head = this.mark(heading, hits), body = text ? this.mark(text, hits) : undefined;
			const found = new Set([...head.words, ...body?.words ?? []]).size;
			if (found) sections.push({ title: heading, url: url + "#" + id, rank: found + head.found, excerpt: body && { text: body.text, ranges: body.ranges } });
			if (body && body.found > most) [excerpt, most] = [body, body.found];
		}
		sections.sort((a, b) => b.rank - a.rank);
		return {
			url, title, score, type: facets.type?.[0] ?? "", minutes, facets,
			excerpt: { text: excerpt.text, ranges: excerpt.ranges },
			sections: sections.slice(0, 3).map(({ rank, ...s }) => s),
			titleRanges: this.mark(title, hits).ranges,
		};
	}

	/** Finds the words of text that match. @param {string} text @param {Set<string>} hits */
	mark(text, hits) {
		const found = this.cut(text).filter((w) => hits.has(w[0])), words = new Set(found.map((w) => w[0]));
		/** @type {[number, number][]} */
		const ranges = [];
		for (const [, start, end] of found) {
			const last = ranges[ranges.length - 1];
			if (last && start <= last[1]) last[1] = end;
			else ranges.push([start, end]);
		}
		return { text, ranges, words, found: words.size };
	}

	/**
	 * Ways to go on typing, the most frequent first; where nothing begins so,
	 * words that begin a little like it.
	 * @param {string} text @param {{limit?: number}} [options] @returns {Promise<string[]>}
	 */
	async suggest(text, { limit = 8 } = {}) {
		text = String(text).slice(0, 2000);
		const last = this.cut(text).at(-1);
		if (!last || !this.words.files.length) return [];
		const [word, start] = last;
		for (let n = word.length; n >= Math.min(2, word.length); n--) {
			const found = await this.beginning(word.slice(0, n));
			if (found.length) return found.slice(0, limit).map((b) => text.slice(0, start) + b.word);
		}
		return [];
	}
}

/** All forms of all words that were searched. @param {Token[]} tokens @param {Other[]} others */
function surfaces(tokens, others) {
	const hits = new Set();
	for (const t of [...tokens.map((t) => t.term), ...others.flatMap((o) => o.terms)]) {
		if (t) for (const [i, w] of t.shard.words.entries()) if (t.shard.classOf[i] === t.id) hits.add(w);
	}
	return hits;
}

/** Pages near others that match well gain by it. @param {Float64Array} scores @param {Pages} pages */
function vouch(scores, { near }) {
	return near.length ? scores.map((s, n) => s > 0 ? s + NEAR_WEIGHT * near[n].reduce((sum, m) => sum + scores[m], 0) / near[n].length : 0) : scores;
}

/**
 * The best pages that pass the filters, and how many pages each value of a
 * facet would show, the other facets' filters given.
 * @param {Float64Array} scores @param {number} limit @param {Facet[]} facets @param {Uint8Array[][]} columns @param {Record<string, string[]>} filters
 */
function select(scores, limit, facets, columns, filters) {
	const wanted = facets.map((f, i) => {
		const ids = Object.hasOwn(filters, f.id) ? [filters[f.id]].flat() : [];
		return columns[i].filter((_, v) => ids.includes(f.values[v].id));
	});
	const counts = facets.map((f) => f.values.map(() => 0));
	/** @type {number[]} */
	const top = [];
	let total = 0;
	for (let n = 0; n < scores.length; n++) {
		if (!(scores[n] > 0)) continue;
		let fails = 0, failed = -1;
		for (let f = 0; f < wanted.length; f++) {
			if (wanted[f].length && !wanted[f].some((column) => column[n])) {
				fails++;
				failed = f;
			}
		}
		if (fails > 1) continue;
		for (let f = 0; f < facets.length; f++) {
			if (fails && f !== failed) continue;
			for (let v = 0; v < columns[f].length; v++) counts[f][v] += columns[f][v][n];
		}
		if (fails) continue;
		total++;
		let i = top.length;
		while (i > 0 && scores[top[i - 1]] < scores[n]) i--;
		if (i < limit) {
			top.splice(i, 0, n);
			if (top.length > limit) top.pop();
		}
	}
	/** @type {Record<string, Record<string, number>>} */
	const shown = Object.create(null);
	for (const [f, facet] of facets.entries()) {
		shown[facet.id] = Object.create(null);
		for (const [v, value] of facet.values.entries()) if (counts[f][v]) shown[facet.id][value.id] = counts[f][v];
	}
	return { top, total, facets: shown };
}
