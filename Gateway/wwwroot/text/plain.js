// @ts-check
import { parse } from "./parse.js";
import { whoIs } from "./mention.js";

/** @typedef {import("./inline.js").Inline} Inline */
/** @typedef {import("./parse.js").Block} Block */

const ENOUGH = 200; // characters; a preview is one line
const MOST = 20; // ids that a text may ask for: more than one speaks to, and no burden for whoever reads it

/**
 * A text on one line, without its signs: for quotes, notices and titles.
 * @param {string} text @param {(user: string) => string | undefined} nameOf
 */
export function plain(text, nameOf) {
  const line = blocks(parse(text), among(text, nameOf)).replace(/\s+/gu, " ").trim();
  const signs = [...line.slice(0, 2 * ENOUGH + 2)];
  return signs.length > ENOUGH ? `${signs.slice(0, ENOUGH).join("")}…` : line;
}

/** What may be users' ids in a text, each once: the first of them, and the others are nobody. @param {string} text @returns {string[]} */
export function mentionsIn(text) {
  /** @type {Set<string>} */
  const found = new Set();
  if (text.includes("@")) blocks(parse(text), user => void (found.size < MOST && found.add(user)));
  return [...found];
}

/**
 * Who people are, of those whom a text may ask for.
 * @template {string | undefined} T
 * @param {string} text @param {(user: string) => T} nameOf @returns {(user: string) => T | undefined}
 */
export function among(text, nameOf) {
  const asked = new Set(mentionsIn(text));
  return user => asked.has(user) ? nameOf(user) : undefined;
}

/** @param {Block[]} content @param {(user: string) => string | undefined} nameOf @returns {string} */
function blocks(content, nameOf) {
  return content.map(block => block.kind === "words" ? runs(block.content, nameOf) : block.kind === "code" ? block.text : blocks(block.content, nameOf)).join("\n");
}

/** @param {Inline[]} content @param {(user: string) => string | undefined} nameOf @returns {string} */
function runs(content, nameOf) {
  return content.map(run => {
    if (typeof run === "string") return run;
    switch (run.kind) {
      case "code": return run.text;
      case "link": return run.href;
      case "mention": {
        const who = whoIs(run.user, nameOf);
        return who ? `@${who.name}${who.rest}` : `@${run.user}`;
      }
      default: return runs(run.content, nameOf);
    }
  }).join("");
}
