// The words of the page's language, which the layout hands over as JSON.

/** @typedef {(key: string, ...values: (string | number)[]) => string} Say */

export const language = document.documentElement.lang || "en";

/**
 * Returns what speaks with the words of an element. A number as the first value
 * picks the form (left.one, left.other) and stands for {n}; {1}, {2} are the
 * values in order. A key without words is returned, so that its lack is seen.
 * @param {HTMLElement} el
 * @returns {Say}
 */
export function speaker(el) {
  const words = { ...JSON.parse(el.dataset.common || "{}"), ...JSON.parse(el.dataset.words || "{}") };
  const plural = new Intl.PluralRules(language);
  return (key, ...values) => {
    const n = values[0];
    const form = typeof n === "number" ? words[`${key}.${plural.select(n)}`] ?? words[`${key}.other`] : undefined;
    return String(form ?? words[key] ?? key).replace(/\{(n|\d+)\}/g, (_, at) => {
      const value = values[at === "n" ? 0 : Number(at) - 1] ?? "";
      return typeof value === "number" ? number(value) : value;
    });
  };
}

/** @param {number} n */
export const number = (n) => n.toLocaleString(language, { maximumFractionDigits: 2 });

/**
 * A day in words: "Tue, 3 Mar 2026".
 * @param {string} day ISO
 */
export const showDay = (day) =>
  new Date(day).toLocaleDateString(language, { timeZone: day.length > 10 ? undefined : "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric" });
