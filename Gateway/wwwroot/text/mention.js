// @ts-check
/** Who is spoken to in a text: the rule of the server (`Mentions.cs`), so that whoever is shown as spoken to is told. */
const CANDIDATE = /[A-Za-z0-9][A-Za-z0-9_.-]{1,31}/y;
const BEFORE = /[\p{L}\p{N}_.@-]$/u;
const AFTER = /^[\p{L}\p{M}\p{N}_]/u;

/** What may be a user's id behind the `@` at an index: the whole word, or nothing. @param {string} text @param {number} index @returns {string | null} */
export function mentionAt(text, index) {
  if (BEFORE.test(text.slice(Math.max(0, index - 2), index))) return null;
  CANDIDATE.lastIndex = index + 1;
  const word = CANDIDATE.exec(text)?.[0];
  return word && !AFTER.test(text.slice(CANDIDATE.lastIndex, CANDIDATE.lastIndex + 2)) ? word : null;
}

/**
 * Whom a word means: "ada." is Ada at the end of a sentence, unless somebody is really called "ada.".
 * @param {string} word @param {(user: string) => string | undefined} nameOf  a person's name; undefined where there is nobody
 * @returns {{ user: string, name: string, rest: string } | null}
 */
export function whoIs(word, nameOf) {
  for (let length = word.length; length >= 2; length--) {
    const user = word.slice(0, length).toLowerCase();
    const name = nameOf(user);
    if (name !== undefined) return { user, name, rest: word.slice(length) };
    if (!/[._-]$/.test(user)) break;
  }
  return null;
}
