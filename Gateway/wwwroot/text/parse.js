// @ts-check
import { inline } from "./inline.js";

/** @typedef {import("./inline.js").Inline} Inline */
/**
 * A part of a text that stands on lines of its own.
 * @typedef {{ kind: "words", content: Inline[] } | { kind: "code", text: string } | { kind: "quote", content: Block[] }} Block
 */

const FENCE = "```";
const QUOTED = /^>(?![^\s>])/; // but not >_<
const DEPTH = 3; // quotes within quotes; a deeper > is a sign like any other

/** What was read last, since a text is read several times in a row: to be shown, and to be said. @type {{ text: string, read: Block[] }} */
let last = { text: "", read: [] };

/**
 * What a text says: its blocks, in order. Every sign that means nothing stays where it is, and so does every space
 * but for empty lines around a block.
 * The time taken grows with the length of the text and with nothing in it, since anybody may write it.
 * @param {string} text
 * @returns {Block[]}
 */
export function parse(text) {
  if (text !== last.text) last = { text, read: blocks(text.split("\n"), DEPTH) };
  return last.read;
}

/** @param {string[]} lines @param {number} depth @returns {Block[]} */
function blocks(lines, depth) {
  const ends = fenceEnds(lines);
  /** @type {Block[]} */
  const found = [];
  /** @type {string[]} */
  let words = [];
  const finish = () => {
    const first = words.findIndex(line => line.trim());
    const last = words.findLastIndex(line => line.trim());
    if (first >= 0) found.push({ kind: "words", content: inline(words.slice(first, last + 1).join("\n")) });
    words = [];
  };
  for (let i = 0; i < lines.length; i++) {
    const end = lines[i].startsWith(FENCE) ? fenceEnd(lines, i, ends) : -1;
    if (end >= 0) {
      finish();
      found.push({ kind: "code", text: codeOf(lines.slice(i, end + 1)) });
      i = end;
    } else if (depth > 0 && QUOTED.test(lines[i])) {
      const first = i;
      while (i + 1 < lines.length && QUOTED.test(lines[i + 1])) i++;
      const content = blocks(lines.slice(first, i + 1).map(line => line.replace(/^> ?/, "")), depth - 1);
      if (content.length) finish();
      if (content.length) found.push({ kind: "quote", content });
      else words.push(...lines.slice(first, i + 1));
    } else words.push(lines[i]);
  }
  finish();
  return found;
}

/** For every line the next one that can end a block of code, itself included; -1 where there is none. @param {string[]} lines */
function fenceEnds(lines) {
  const ends = new Array(lines.length + 1).fill(-1);
  for (let i = lines.length - 1; i >= 0; i--) ends[i] = lines[i].trimEnd().endsWith(FENCE) ? i : ends[i + 1];
  return ends;
}

/** Where the block of code that begins in a line ends: in the same line, if that has both signs and something between. @param {string[]} lines @param {number} i @param {number[]} ends */
function fenceEnd(lines, i, ends) {
  const line = lines[i].trimEnd();
  if (ends[i] === i && line.length > 2 * FENCE.length) return i;
  // What stands beside the opening sign is a word that names the language, or code; a second sign there is neither.
  return line.indexOf("`", FENCE.length) < 0 ? ends[i + 1] : -1;
}

/** @param {string[]} lines from the opening to the closing sign */
function codeOf(lines) {
  const code = lines.join("\n").trimEnd().slice(FENCE.length, -FENCE.length);
  if (lines.length === 1) return code;
  return code.replace(/^[\w+#.-]*[ \t]*\n/, "").replace(/\n[ \t]*$/, "");
}
