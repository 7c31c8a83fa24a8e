// Days counted from a date. A day is written as in 2026-03-09.

const DAY = 86_400_000;

/** Returns the reader's own day. */
export function today() {
  const now = new Date();
  return iso(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())));
}

/** @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/**
 * Returns the day that an offset such as -3d, +1w or +2bd leads to. Hours below
 * a day do not count. Business days are Monday to Friday; holidays are not known. A
 * month later than the 31st is the last day of a shorter month.
 * @param {string} from
 * @param {string} offset
 */
export function due(from, offset) {
  const [, sign, digits, unit] = /^([+-])(\d+)(h|d|bd|w|m)$/.exec(offset) ?? ["", "+", "0", "d"];
  const step = sign === "-" ? -1 : 1;
  const n = Number(digits);
  const day = new Date(from);
  if (unit === "m") return months(day, step * n);
  if (unit !== "bd") return iso(new Date(day.getTime() + step * { h: Math.trunc(n / 24), d: n, w: 7 * n }[/** @type {"h"} */ (unit)] * DAY));
  for (let left = n; left > 0; ) {
    day.setTime(day.getTime() + step * DAY);
    if (day.getUTCDay() % 6 !== 0) left--;
  }
  return iso(day);
}

/**
 * @param {Date} day
 * @param {number} n
 */
function months(day, n) {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + n, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return iso(new Date(first.getTime() + (Math.min(day.getUTCDate(), last) - 1) * DAY));
}

/** @param {Date} day */
const iso = (day) => day.toISOString().slice(0, 10);
