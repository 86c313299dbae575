// @ts-check
import { el } from "../../element.js";
import { fold } from "../../fold.js";

/** Letters that stand alone, since no space parts their words: kana and the Han characters. */
const ALONE = "(?=\\p{L})[\\u3041-\\u30FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}]";
/** A word as the server cuts a text into them (Chat/Storage/Words.cs): a run of letters, digits and the marks on them. */
const WORD = new RegExp(`${ALONE}|(?!${ALONE})[\\p{L}\\p{Nd}\\p{Nl}\\p{No}](?:(?!${ALONE})[\\p{L}\\p{Nd}\\p{Nl}\\p{No}\\p{Mn}\\p{Mc}])*`, "gu");
const BEFORE = 60; // characters kept before the first hit of a long text
const LONG = 320; // characters from which on a text is cut

/** @param {string} query @returns {string[]} folded */
export const wordsIn = query => (query.match(WORD) ?? []).map(fold);

/**
 * A text with what was searched for marked in it: its words, of which the last may have been a beginning. A long text
 * is shown from near its first hit.
 * @param {string} text @param {string} query @returns {(Node | string)[]}
 */
export function marked(text, query) {
  const hits = hitsIn(text, wordsIn(query));
  const from = text.length > LONG && hits.length ? wordStart(text, hits[0].start - BEFORE) : 0;
  const to = text.length > from + LONG ? wordStart(text, Math.max(from + LONG, hits[0]?.end ?? 0)) : text.length;
  /** @type {(Node | string)[]} */
  const parts = from > 0 ? ["…"] : [];
  let at = from;
  for (const { start, end } of hits) {
    if (start < at || end > to) continue;
    parts.push(text.slice(at, start), el("mark", { text: text.slice(start, end) }));
    at = end;
  }
  parts.push(text.slice(at, to), to < text.length ? "…" : "");
  return parts;
}

/** @param {string} text @param {string[]} wanted @returns {{ start: number, end: number }[]} */
function hitsIn(text, wanted) {
  const last = wanted.at(-1);
  if (last === undefined) return [];
  const hits = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const folded = fold(word);
    if (wanted.includes(folded)) hits.push({ start: index, end: index + word.length });
    else if (folded.startsWith(last)) hits.push({ start: index, end: index + beginning(word, last) });
  }
  return hits;
}

/** How much of a word its beginning is, accents and all: folding may change the number of letters. @param {string} word @param {string} begun */
function beginning(word, begun) {
  let end = 0;
  for (const letter of word) {
    if (fold(word.slice(0, end)).length >= begun.length && !/\p{M}/u.test(letter)) break;
    end += letter.length;
  }
  return end;
}

/** The first place at or after one where a word may begin, and no letter is cut in two. @param {string} text @param {number} at */
function wordStart(text, at) {
  if (at <= 0) return 0;
  const space = text.slice(at, at + 24).search(/\s/u);
  if (space >= 0) return at + space;
  return /[\uDC00-\uDFFF]/.test(text[at] ?? "") ? at + 1 : at;
}
