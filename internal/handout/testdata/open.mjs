// Opens with the browser's code what Go has sealed, in Node's WebCrypto, and
// says what happened as JSON.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

// By its text: Node would take a file of this name for a script, not a module.
const source = readFileSync(new URL("../unlock.js", import.meta.url), "utf8");
const { normalize, openFile, openPage, parse, unlockKey } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
const outcome = async (f) => {
  try {
    return await f();
  } catch (e) {
    return `failure: ${e.message}`;
  }
};

const { envelope, files, passphrases, padding } = JSON.parse(readFileSync(0, "utf8"));
const sealed = bytes(envelope);
const e = parse(sealed);
const pages = [];
let key;
for (const p of passphrases) {
  pages.push(await outcome(async () => {
    const k = await unlockKey(e, p);
    key ??= k;
    return (await openPage(e, k)).html;
  }));
}

const letter = await openPage(e, key);
const opened = {};
for (const [url, { name }] of Object.entries(letter.files)) {
  opened[url] = await outcome(async () => Buffer.from(await openFile(e, key, name, bytes(files[name]))).toString("base64"));
}
const swapped = await outcome(() => openFile(e, key, "other.bin", bytes(Object.values(files)[0])));

let unnoticed = 0;
for (let i = 0; i < sealed.length; i++) {
  const changed = sealed.slice();
  changed[i] ^= 1 << i % 8;
  const result = await outcome(() => openPage(parse(changed), key));
  if (typeof result !== "string") unnoticed++;
}
const cut = await outcome(() => openPage(parse(sealed.slice(0, -1)), key));

const badly = await outcome(() => openFile(e, key, "bad.bin", bytes(padding)));

const counts = [];
for (const count of [0, 1, 599_999, 10_000_001, 0xffffffff]) {
  const changed = sealed.slice();
  new DataView(changed.buffer).setUint32(36, count);
  counts.push(await outcome(() => unlockKey(parse(changed), passphrases[0])));
}

const hash = createHash("sha256");
for (let c = 1; c < 0x30000; c++) {
  if (c < 0xd800 || c > 0xdfff) hash.update(`${normalize(`a${String.fromCodePoint(c)}b ${String.fromCodePoint(c)}`)}\n`);
}
process.stdout.write(JSON.stringify({ pages, opened, swapped, unnoticed, cut, badly, counts, normalized: hash.digest("hex") }));
