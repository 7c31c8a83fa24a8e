// What answers come to: the same steps in the same order as in score.go, so
// that both get the same numbers to the last bit.

/** @import { Band } from "./count.js" */
/**
 * @typedef {{id: string, points: number}} Option
 * @typedef {{id: string, any?: boolean, options: Option[]}} Question
 * @typedef {{id: string, questions: Question[]}} Dimension
 * @typedef {{when: {dimension: string, op: string, number: number}[], atMost?: string, atLeast?: string}} Rule
 * @typedef {{within: string, across: string, dimensions: Dimension[], bands: Band[], rules?: Rule[], lowest: number, highest: number}} Assessment
 * @typedef {{missing: string[], values: number[], score: number, band: string, plain: string, weakest: string}} Result
 */

/**
 * @param {Assessment} a
 * @param {Map<string, string[]>} answers ids of the options ticked, by id of the question
 * @returns {Result}
 */
export function score(a, answers) {
  /** @type {Result} */
  const r = { missing: [], values: [], score: 0, band: "", plain: "", weakest: "" };
  const values = a.dimensions.map((d) => within(a, d.questions.map((q) => {
    const ticked = q.options.filter((o) => answers.get(q.id)?.includes(o.id));
    if (!q.any && ticked.length !== 1) r.missing.push(q.id);
    return sum(ticked.map((o) => o.points));
  })));
  if (r.missing.length > 0 || values.length === 0) return r;
  r.values = values;
  r.score = values.reduce((x, y) => (a.across === "product" ? x * y + 0 : a.across === "lowest" ? Math.min(x, y) : x + y));
  r.weakest = a.dimensions[values.indexOf(Math.min(...values))].id;
  if (a.bands.length > 0) {
    const at = Math.max(0, a.bands.map((b) => b.min <= r.score).lastIndexOf(true));
    r.plain = a.bands[at].id;
    r.band = a.bands[limit(a, at, values)].id;
  }
  return r;
}

/**
 * Returns the lowest and the highest value that a dimension can have.
 * @param {Assessment} a
 * @param {Dimension} d
 * @returns {[number, number]}
 */
export function span(a, d) {
  /** @param {(points: number[]) => number} one @param {(n: number) => boolean} sign */
  const end = (one, sign) => within(a, d.questions.map((q) => {
    const points = q.options.map((o) => o.points);
    return q.any ? sum(points.filter(sign)) : one(points);
  }));
  return [end((p) => Math.min(...p), (n) => n < 0), end((p) => Math.max(...p), (n) => n > 0)];
}

/** @param {number[]} list */
const sum = (list) => list.reduce((x, y) => x + y, 0);

/**
 * Combines the points of a dimension's questions.
 * @param {Assessment} a
 * @param {number[]} points
 */
function within(a, points) {
  if (points.length === 0) return 0;
  if (a.within === "lowest") return Math.min(...points);
  return a.within === "average" ? sum(points) / points.length : sum(points);
}

/**
 * Applies the rules to the index of a band.
 * @param {Assessment} a
 * @param {number} at
 * @param {number[]} values
 */
function limit(a, at, values) {
  for (const rule of a.rules ?? []) {
    const holds = rule.when.every((c) => {
      const value = values[a.dimensions.findIndex((d) => d.id === c.dimension)];
      return { "<=": value <= c.number, "<": value < c.number, ">=": value >= c.number, ">": value > c.number, "=": value === c.number }[c.op];
    });
    if (!holds) continue;
    const most = a.bands.findIndex((b) => b.id === rule.atMost);
    if (most >= 0) at = Math.min(at, most);
    at = Math.max(at, a.bands.findIndex((b) => b.id === rule.atLeast));
  }
  return at;
}
