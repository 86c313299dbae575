// @ts-check
import { linkAt } from "./link.js";
import { mentionAt } from "./mention.js";

/** @typedef {"strong" | "em" | "s"} Emphasis */
/**
 * A run of text: plain, or something that it means. A mention has the user's id as it was written.
 * @typedef {string | { kind: Emphasis, content: Inline[] } | { kind: "code", text: string }
 *   | { kind: "link", href: string } | { kind: "mention", user: string }} Inline
 */
/** @typedef {{ sign: string, content: Inline[] }} Open something that began and may end */

/** @type {Record<string, Emphasis>} */
const MEANS = { "**": "strong", "*": "em", _: "em", "~~": "s" };
const SIGNS = /`+|\*+|_+|~+|@|https?:\/\//giu;
const WORD = /[\p{L}\p{M}\p{N}_]/u;
const MULTIPLIED = /[\p{Script=Latin}\p{N}_]/u; // between these a star is a sign of arithmetic

/**
 * The runs of a text, in one pass. No sign is open twice, so that nothing is nested deeper than there are signs.
 * @param {string} text
 * @returns {Inline[]}
 */
export function inline(text) {
  const closings = codeClosings(text);
  /** @type {Open[]} */
  const open = [{ sign: "", content: [] }];
  const put = /** @param {Inline} run */ run => add(open[open.length - 1].content, run);
  let at = 0; // everything before it is done
  let vain = 0; // everything before it is no web address
  SIGNS.lastIndex = 0;
  for (let match; (match = SIGNS.exec(text)); SIGNS.lastIndex = Math.max(at, SIGNS.lastIndex)) {
    const { index } = match;
    const sign = match[0];
    put(text.slice(at, index));
    at = index + sign.length;
    const bare = text[index - 1] === "\\"; // so that ¯\_(ツ)_/¯ keeps its arm
    if (sign[0] === "`") {
      const closing = bare ? undefined : closings.get(index);
      if (closing === undefined) put(sign);
      else {
        put({ kind: "code", text: codeWithin(text.slice(at, closing)) });
        at = closing + sign.length;
      }
    } else if (sign === "@") {
      const user = mentionAt(text, index);
      put(user ? { kind: "mention", user } : sign);
      if (user) at += user.length;
    } else if (sign[0] === "h" || sign[0] === "H") {
      const { href, end } = index < vain ? { href: null, end: vain } : linkAt(text, index);
      if (!href) vain = end;
      put(href ? { kind: "link", href } : sign);
      if (href) at = index + href.length;
    } else if (bare) put(sign);
    else emphasize(open, text, index, sign);
  }
  put(text.slice(at));
  while (open.length > 1) fold(open, open.length - 1);
  return open[0].content;
}

/** A run of stars, underscores or tildes begins something, ends it, or is just there. @param {Open[]} open @param {string} text @param {number} index @param {string} run */
function emphasize(open, text, index, run) {
  const before = charBefore(text, index);
  const after = charAt(text, index + run.length);
  const glued = run === "_" ? WORD : run === "*" ? MULTIPLIED : null;
  const closes = /\S/.test(before) && !glued?.test(after);
  const opens = /\S/.test(after) && !glued?.test(before);
  let signs = run === "***" ? ["**", "*"] : run in MEANS ? [run] : [];
  if (signs.length === 2 && open[open.length - 1].sign === "*") signs = ["*", "**"]; // the inner one ends first
  if (signs.length === 0) add(open[open.length - 1].content, run);
  for (const sign of signs) {
    const since = open.findIndex(other => other.sign === sign);
    if (closes && since > 0) close(open, since);
    else if (opens) {
      if (since > 0) fold(open, since);
      open.push({ sign, content: [] });
    } else add(open[open.length - 1].content, sign);
  }
}

/** @param {Open[]} open @param {number} since */
function close(open, since) {
  while (open.length - 1 > since) fold(open, open.length - 1);
  const { sign, content } = /** @type {Open} */ (open.pop());
  const parent = open[open.length - 1].content;
  if (content.length) add(parent, { kind: MEANS[sign], content });
  else add(parent, sign + sign);
}

/** What never ended meant nothing: its sign and what follows belong to what was open before. @param {Open[]} open @param {number} which */
function fold(open, which) {
  const [{ sign, content }] = open.splice(which, 1);
  const parent = open[which - 1].content;
  for (const run of [sign, ...content]) add(parent, run);
}

/** @param {Inline[]} content @param {Inline} run */
function add(content, run) {
  const last = content.length - 1;
  if (run === "") return;
  if (typeof run === "string" && typeof content[last] === "string") content[last] += run;
  else content.push(run);
}

/** Where the code ends that begins with each run of backticks: at the next run as long. @param {string} text @returns {Map<number, number>} */
function codeClosings(text) {
  const closings = new Map();
  const last = new Map();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    if (last.has(run.length)) closings.set(last.get(run.length), index);
    last.set(run.length, index);
  }
  return closings;
}

/** One space beside each sign is there to keep backticks apart. @param {string} text */
function codeWithin(text) {
  return /^ .*\S.* $/s.test(text) ? text.slice(1, -1) : text;
}

/** @param {string} text @param {number} index */
function charAt(text, index) {
  return index < text.length ? String.fromCodePoint(/** @type {number} */ (text.codePointAt(index))) : "";
}

/** @param {string} text @param {number} index */
function charBefore(text, index) {
  const half = /[\uDC00-\uDFFF]/.test(text[index - 1] ?? "") && index > 1;
  return half ? text.slice(index - 2, index) : text[index - 1] ?? "";
}
