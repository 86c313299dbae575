// @ts-check
import { el } from "../element.js";
import { parse } from "./parse.js";
import { whoIs } from "./mention.js";
import { among } from "./plain.js";

/** @typedef {import("./inline.js").Inline} Inline */
/** @typedef {import("./parse.js").Block} Block */
/** @typedef {{ me: string, nameOf: (user: string) => string | undefined }} Reader who reads, and who the people are */

const PICTURES = 24; // code units of a text that is shown larger when it is nothing but emoji
const ONLY_EMOJI = /^(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}])[\s\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200D\uFE0F\u20E3\u{E0020}-\u{E007F}]+$/su;

/** A text as elements. Whatever stands in it becomes text nodes, and links whose address is seen. @param {string} text @param {Reader} reader */
export function render(text, { me, nameOf }) {
  const reader = { me, nameOf: among(text, nameOf) };
  const big = text.length <= PICTURES && ONLY_EMOJI.test(text);
  return el("div", { class: big ? "text big" : "text", dir: "auto" }, ...blocks(parse(text), reader));
}

/** @param {Block[]} content @param {Reader} reader @returns {HTMLElement[]} */
function blocks(content, reader) {
  return content.map(block => block.kind === "words" ? el("p", {}, ...runs(block.content, reader))
    : block.kind === "code" ? el("pre", { dir: "ltr" }, el("code", { text: block.text }))
    : el("blockquote", {}, ...blocks(block.content, reader)));
}

/** @param {Inline[]} content @param {Reader} reader @returns {(Node | string)[]} */
function runs(content, reader) {
  return content.flatMap(run => {
    if (typeof run === "string") return [run];
    switch (run.kind) {
      case "code": return [el("code", { text: run.text })];
      case "link": return [link(run.href)];
      case "mention": return mention(run.user, reader);
      default: return [el(run.kind, {}, ...runs(run.content, reader))];
    }
  });
}

/** A message of this very chat opens here, everything else elsewhere. @param {string} href */
function link(href) {
  const { origin, pathname, hash } = new URL(href);
  const here = origin === location.origin && pathname === location.pathname && hash.length > 1;
  return el("a", here ? { href: hash, dir: "ltr", text: href } : { href, dir: "ltr", target: "_blank", rel: "noopener noreferrer", text: href });
}

/** @param {string} word @param {Reader} reader */
function mention(word, { me, nameOf }) {
  const who = whoIs(word, nameOf);
  if (!who) return [`@${word}`];
  return [el("bdi", { class: who.user === me ? "mention mine" : "mention", title: `@${who.user}`, "data-user": who.user, text: `@${who.name}` }), who.rest];
}
