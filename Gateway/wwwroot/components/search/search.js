// @ts-check
import { el, iconButton, isolated, worded } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { KeyedList } from "../../keyed-list.js";
import { explain, words } from "../../words.js";
import { wordsIn } from "./hits.js";
import { Pages } from "./pages.js";
import { resultRow, signature } from "./result.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("./result.js").Result} Result */

const SOON = 250; // ms after a key press
const SHORT = 2; // letters; what is a word of one letter elsewhere may be searched for with Enter

/** What was said, found by its words: a column beside the conversation, or over it where there is no room. */
export class Search {
  #query = el("input", { type: "search", "aria-label": words.search.query, placeholder: words.search.query, maxlength: "200", dir: "auto", autocomplete: "off", enterkeyhint: "search" });
  #here = el("input", { type: "radio", name: "search-where", value: "here" });
  #everywhere = el("input", { type: "radio", name: "search-where", value: "all" });
  #hereLabel = el("label", {}, this.#here, el("span", { text: words.search.here }));
  #status = el("p", { class: "hint search-status", role: "status" });
  #list = el("ol", { class: "search-list" });
  #rows = new KeyedList(this.#list, (/** @type {Result} */ { room, seq }) => `${room} ${seq}`,
    message => [this.#pages?.query, ...signature(this.chat, message)],
    message => resultRow(this.chat, message, this.#pages?.query ?? "", !this.#room, () => this.act.chosen()));
  #end = el("div", { class: "search-end" });
  #body = el("div", { class: "search-body", tabindex: "-1" }, this.#status, this.#list, this.#end);
  /** @type {Element | null} */ #before = null;
  /** The room that was searched, where it was one. @type {string | undefined} */ #room;
  /** What was searched for last; null where there was nothing to search for. @type {Pages | null} */ #pages = null;
  #watch = new IntersectionObserver(([entry]) => entry.isIntersecting && this.#load(), { root: this.#body, rootMargin: "300px" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #soon;

  /** @param {HTMLElement} root @param {Chat} chat @param {{ chosen: () => void }} act */
  constructor(root, chat, act) {
    this.root = root;
    this.chat = chat;
    this.act = act;
    root.setAttribute("aria-label", words.search.label);
    this.#everywhere.checked = true;
    root.replaceChildren(
      el("header", { class: "search-head" }, el("h2", { text: words.search.title }), iconButton("close", words.search.close, () => this.close())),
      el("form", { class: "search-form", role: "search", on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
        this.#query,
        el("fieldset", { class: "segments" }, el("legend", { class: "spoken", text: words.search.where }),
          this.#hereLabel, el("label", {}, this.#everywhere, el("span", { text: words.search.everywhere })))),
      this.#body);
    this.#query.addEventListener("input", () => this.#typed());
    for (const where of [this.#here, this.#everywhere]) where.addEventListener("change", () => this.#search(false));
    root.addEventListener("keydown", event => this.#key(event), { signal: chat.ended }); // the place outlives the visit
  }

  get shown() {
    return !this.root.hidden;
  }

  /** Opens it with the focus in its field; or brings the focus there. */
  show() {
    if (!this.shown) this.#before = document.activeElement;
    this.root.hidden = false;
    this.#query.focus();
    this.#query.select();
    if (!this.#query.value.trim()) this.#say(words.search.start);
  }

  close() {
    if (!this.shown) return;
    const inside = this.root.contains(document.activeElement);
    this.root.hidden = true;
    if (inside && this.#before?.isConnected) /** @type {HTMLElement} */ (this.#before).focus();
  }

  /** Another room is open, or none: what "this room" means has changed. */
  update() {
    const { room } = this.chat;
    this.#hereLabel.hidden = !room;
    if (!room && this.#here.checked) this.#everywhere.checked = true;
    else if (this.shown && this.#here.checked && room?.id !== this.#room) this.#search(false);
    else if (this.shown) this.#rows.draw(this.#pages?.results ?? []); // somebody's name came in
  }

  #typed() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#search(false), SOON);
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault();
    clearTimeout(this.#soon);
    this.#search(true);
  }

  /** @param {boolean} sure whether it was asked for in so many words */
  #search(sure) {
    const query = this.#query.value.trim();
    const asked = wordsIn(query).join("");
    this.#room = this.#here.checked ? this.chat.room?.id : undefined;
    const enough = asked.length >= SHORT || (asked.length > 0 && (sure || /[^\p{Script=Latin}\d]/u.test(asked)));
    this.#pages = enough ? new Pages(this.chat.socket, query, this.#room) : null;
    this.#say(enough ? words.search.searching : query ? words.search.short : words.search.start);
    if (enough) this.#load();
    else this.#rows.draw([]);
  }

  async #load() {
    const pages = this.#pages;
    if (!pages) return;
    const first = pages.results.length === 0;
    try {
      if (await pages.next() && pages === this.#pages) this.#draw(pages, first); // unless somebody typed on
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (pages !== this.#pages) return;
      this.#rows.draw(pages.results);
      this.#say(`${words.search.failed} ${explain(error)}`, link(words.common.tryAgain, () => this.#load()));
    }
  }

  /** @param {Pages} pages @param {boolean} first */
  #draw({ results, more, query }, first) {
    this.#rows.draw(results);
    if (first) this.#body.scrollTop = 0;
    if (results.length) this.#say(words.search.found(results.length, more));
    else this.#say(words.search.nothing(isolated(query)), this.#room ? link(words.search.elsewhere, () => this.#everywhere.click()) : undefined);
    this.#watch.unobserve(this.#end); // it tells anew whether the end is still in sight
    this.#watch.observe(this.#end);
  }

  /** @param {string} text @param {Node} [more] */
  #say(text, more) {
    this.#status.replaceChildren(...worded(text), ...more ? [" ", more] : []);
  }

  /** From the field into the results and through them. @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault(); // what was typed stays, for the next time
      event.stopPropagation();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (/** @type {HTMLElement} */ (event.target).matches("[type=radio]")) return; // there they choose
      const links = /** @type {HTMLElement[]} */ ([...this.#list.querySelectorAll("a")]);
      const here = links.indexOf(/** @type {HTMLElement} */ (document.activeElement));
      const there = event.key === "ArrowDown" ? links[here + 1] : here === 0 ? this.#query : links[here - 1];
      if (!there) return;
      event.preventDefault();
      there.focus();
    }
  }
}

/** @param {string} text @param {() => void} act */
const link = (text, act) => el("button", { type: "button", class: "link", text, on: { click: act } });
