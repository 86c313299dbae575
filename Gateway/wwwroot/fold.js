// @ts-check
/** A text in the one form in which it is compared: neither its case nor its accents count. @param {string} text */
export function fold(text) {
  // By way of the upper case, where letters meet that have two lower ones (ς and σ), as the server does.
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase().toLowerCase();
}

/**
 * How well somebody's few letters mean a text: from the beginning of it, of one of its words, within it, or with other
 * letters between them. Shorter texts win among equals.
 * @param {string} query folded @param {string} text folded @returns {number} 0 when it does not
 */
export function likeness(query, text) {
  const short = 1 / (1 + text.length);
  const at = text.indexOf(query);
  if (at === 0) return 4 + short;
  if (at > 0) return (/[\p{L}\p{N}]/u.test(text[at - 1]) ? 2 : 3) + short;
  let from = 0;
  for (const letter of query) {
    if (letter === " ") continue;
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return 0;
  }
  return 1 + short;
}
