// @ts-check
import { fold } from "../fold.js";
import { language } from "../words.js";
import { all } from "./list.js";

/** @typedef {import("./list.js").Emoji} Emoji */

const byCode = new Map(all.flatMap(emoji => emoji.codes.map(code => /** @type {const} */ ([code, emoji]))));
const bySign = new Map(all.map(emoji => /** @type {const} */ ([emoji.emoji, emoji])));
/** Everything by which an emoji is found. @type {[Emoji, string[]][]} */
const terms = all.map(emoji => [emoji, [...emoji.codes, ...emoji.codes.flatMap(code => code.split("_").slice(1)), ...emoji.english, ...emoji.german].map(fold)]);

/** What somebody looks for, the best first: a shortcode, its beginning, the beginning of any word, any part. @param {string} query @param {number} [most] @returns {Emoji[]} */
export function find(query, most = 60) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  return terms
    .map(([emoji, words]) => /** @type {const} */ ([emoji, rank(words, wanted, emoji.codes.length)]))
    .filter(([, at]) => at < Infinity)
    .sort((a, b) => a[1] - b[1]) // stable: among equals the order of the list
    .slice(0, most)
    .map(([emoji]) => emoji);
}

/** @param {string[]} words the first of them shortcodes @param {string} wanted @param {number} codes */
function rank(words, wanted, codes) {
  let best = Infinity;
  words.forEach((word, i) => {
    const at = word === wanted ? (i < codes ? 0 : 2) : word.startsWith(wanted) ? (i < codes ? 1 : 3) : word.includes(wanted) ? 4 : Infinity;
    if (at < best) best = at;
  });
  return best;
}

/** @param {string} code without colons */
export function emojiOf(code) {
  return byCode.get(code)?.emoji;
}

/** What an emoji is called, for those who cannot see it. @param {string} emoji */
export function nameOfEmoji(emoji) {
  const known = bySign.get(emoji);
  if (!known) return emoji;
  return language === "de" ? known.german[0] : known.code.replaceAll("_", " ");
}
