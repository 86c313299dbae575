// @ts-check
// A web address ends at a space or quote, and at signs that are not seen or turn the text: what one sees is where one goes.
const ADDRESS = /https?:\/\/[^\s<>"`\p{Cc}\p{Cf}]+/iuy;
const WORD = /[\p{L}\p{N}]/u;
const TRAILING = new Set(".,;:!?'*_~)]}’”»…");
const PAIRS = new Map([[")", "("], ["]", "["], ["}", "{"]]);

/**
 * The web address that stands in a text at an index, without what belongs to the sentence around it; and where what was
 * looked at ends. If that is none, nothing within it is one: it need not be looked at again.
 * @param {string} text @param {number} index @returns {{ href: string | null, end: number }}
 */
export function linkAt(text, index) {
  if (WORD.test(text[index - 1] ?? "")) return { href: null, end: index };
  ADDRESS.lastIndex = index;
  const found = ADDRESS.exec(text)?.[0] ?? "";
  const address = found.slice(0, lengthOf(found));
  return { href: URL.canParse(address) && new URL(address).hostname ? address : null, end: index + found.length };
}

/** A bracket belongs to the address if it was opened there. @param {string} address */
function lengthOf(address) {
  /** @type {Map<string, number>} */
  const unclosed = new Map();
  for (const sign of address) {
    const opening = PAIRS.get(sign);
    if (opening) unclosed.set(opening, (unclosed.get(opening) ?? 0) - 1);
    else if ("([{".includes(sign)) unclosed.set(sign, (unclosed.get(sign) ?? 0) + 1);
  }
  let length = address.length;
  for (; length > 0 && TRAILING.has(address[length - 1]); length--) {
    const opening = PAIRS.get(address[length - 1]);
    if (!opening) continue;
    const left = unclosed.get(opening) ?? 0;
    if (left >= 0) break;
    unclosed.set(opening, left + 1);
  }
  return length;
}
