// @ts-check
import { drafts } from "../../drafts.js";
import { el, icon, iconButton, isolated, nameOf } from "../../element.js";
import { toIds, toNames } from "../../mentions.js";
import { plain } from "../../text/plain.js";
import { words } from "../../words.js";
import { Completion } from "./completion.js";
import { wrap, write } from "./field.js";
import { hint } from "./hint.js";
import { finishedShortcode, loadEmoji, namedMembers, suggestions } from "./suggestions.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

/** What the keys put around a word, together with Ctrl or ⌘. @type {Record<string, string>} */
const SIGNS = { b: "**", i: "*", "Shift+x": "~~", e: "`" };

/** Where one writes: something new, an answer, or a better version of what was said. Every room keeps its unfinished text. */
export class Composer {
  #text = el("textarea", { rows: "1", "aria-label": words.composer.label, dir: "auto", enterkeyhint: "send", autocomplete: "off" });
  #send = el("button", { class: "send", "aria-label": words.composer.send, title: words.composer.send }, icon("send"));
  #left = el("span", { class: "left", role: "status" });
  #about = el("div", { class: "about", hidden: true });
  #emoji = iconButton("smile", words.composer.emoji, () => this.#pickEmoji());
  /** @type {Room | null} */ #room = null;
  /** The message that is being edited. @type {Message | null} */ #target = null;
  /** Messages that are being answered, by room. @type {Map<string, Message>} */ #replies = new Map();
  /** Users by the names that stand for them in the text. @type {Map<string, string>} */ #chosen = new Map();
  /** Called on arrow up in an empty field. @type {() => void} */ onUp = () => {};
  /** Called before something is said. @type {() => void} */ onPost = () => {};

  /** What was filled in while nobody's name was known. @type {string | null} */ #nameless = null;

  /** @param {Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.completion = new Completion(this.#text,
      before => this.#room && suggestions(before, chat, this.#room, this.#chosen),
      (start, end, text) => write(this.#text, start, end, text));
    this.root = el("form", { class: "composer", on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
      this.completion.root, this.#about, el("div", { class: "composer-field" }, this.#text, this.#left, ...hint(), this.#emoji, this.#send));
    this.#text.addEventListener("keydown", event => this.#key(event));
    this.#text.addEventListener("input", event => this.#typed(/** @type {InputEvent} */ (event).isComposing));
    const forget = drafts.listen(room => room === this.#room?.id && !(document.hasFocus() && document.activeElement === this.#text) && this.#resume());
    chat.ended.addEventListener("abort", forget);
  }

  update() {
    const { room } = this.chat;
    this.root.hidden = !room;
    if (!room) return void (this.#room = null);
    const placeholder = words.composer.placeholder(isolated(room.direct ? this.chat.people.name(room.peer) : room.name));
    if (this.#text.placeholder !== placeholder) this.#text.placeholder = placeholder;
    const reply = this.#replies.get(room.id);
    if (reply && room.message(reply.seq)?.deleted) this.#replies.delete(room.id);
    if (room === this.#room) {
      if (room.members) this.#name();
      return this.#drawAbout();
    }
    this.chat.talk.typedOut();
    this.#room = room;
    this.#target = null;
    this.#resume();
    // On a touch screen the keyboard would cover the room before one has seen it.
    if (!matchMedia("(pointer: coarse)").matches) this.#text.focus();
  }

  /** Goes on with the room's unfinished text. */
  #resume() {
    if (!this.#room || this.#target) return;
    const draft = drafts.get(this.#room.id);
    if (draft !== this.#wire() || !draft) this.#fill(draft);
    this.#drawAbout();
  }

  /** @param {string} wire a text as it is sent */
  #fill(wire) {
    this.#chosen.clear();
    this.#text.value = this.#room ? toNames(wire, this.#chosen, namedMembers(this.chat, this.#room)) : wire;
    this.#nameless = this.#room && !this.#room.members && wire.includes("@") ? this.#text.value : null;
    this.completion.close();
    this.#fit();
  }

  /** The members are known now: so are the names in what was filled in before, if nobody wrote on. */
  #name() {
    const wire = this.#nameless;
    this.#nameless = null;
    if (wire !== null && this.#text.value === wire) this.#fill(wire);
  }

  /** The text as it is sent. */
  #wire() {
    return this.#room ? toIds(this.#text.value, this.#chosen, namedMembers(this.chat, this.#room)) : this.#text.value;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return; // Enter chooses a word then; 229 is how Safari says so
    if (this.completion.key(event)) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey;
    const sign = command && SIGNS[(event.shiftKey ? "Shift+" : "") + event.key.toLowerCase()];
    if (sign) {
      event.preventDefault();
      wrap(this.#text, sign);
    } else if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "Escape" && (this.#target || this.#reply)) {
      event.stopPropagation();
      this.#stop();
    } else if (event.key === "ArrowUp" && !this.#text.value && !this.#target) {
      event.preventDefault();
      this.onUp();
    }
  }

  /** @param {boolean} composing whether an input method has the last word on it */
  #typed(composing) {
    const before = this.#text.value.slice(0, this.#text.selectionStart);
    if (before.includes(":")) void loadEmoji().then(() => this.completion.update());
    const shortcode = composing ? null : finishedShortcode(before);
    if (shortcode) return write(this.#text, shortcode.start, before.length, shortcode.text);
    this.completion.update();
    this.#fit();
    if (!this.#room || this.#target) return;
    drafts.set(this.#room.id, this.#wire());
    if (this.#text.value.trim()) this.chat.talk.typing(this.#room);
    else this.chat.talk.typedOut();
  }

  /** As high as the text, up to what the style allows; and how much room is left, where that is little. */
  #fit() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const left = this.chat.textLimit - [...this.#wire().trim()].length;
    this.#left.textContent = left < 200 ? String(left) : "";
    this.#left.classList.toggle("over", left < 0);
    this.#send.disabled = left < 0 || !this.#text.value.trim();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    const text = this.#wire().trim();
    const room = this.#room;
    if (!room || this.#send.disabled) return;
    this.completion.close();
    if (this.#target) {
      const target = this.#target;
      this.#stop();
      const done = text === target.text || await this.chat.attempt(this.chat.talk.edit(room, target.seq, text));
      if (!done && room === this.#room && !this.#text.value) this.edit(target, text); // to be tried again, unless one wrote on
      return;
    }
    const reply = this.#reply?.seq;
    this.#replies.delete(room.id);
    drafts.set(room.id, "");
    this.#fill("");
    this.#drawAbout();
    this.onPost();
    void this.chat.talk.post(room, text, reply);
  }

  focus() {
    this.#text.focus();
  }

  /** @param {Message} message @param {string} [text] what became of it already */
  edit(message, text = message.text ?? "") {
    this.#target = message;
    this.#fill(text);
    this.#drawAbout();
    this.#text.focus();
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  /** What is written next answers a message. @param {Message} message */
  reply(message) {
    if (!this.#room) return;
    if (this.#target) this.#stop();
    this.#replies.set(this.#room.id, message);
    this.#drawAbout();
    this.#text.focus();
  }

  get #reply() {
    return this.#replies.get(this.#room?.id ?? "");
  }

  /** No more of editing; or else no more of answering. */
  #stop() {
    if (!this.#target) this.#replies.delete(this.#room?.id ?? "");
    else {
      this.#target = null;
      this.#fill(drafts.get(this.#room?.id ?? ""));
    }
    this.#drawAbout();
    this.#text.focus();
  }

  /** What the text is about, where it is not just the next one. */
  #drawAbout() {
    const reply = this.#target ? undefined : this.#reply;
    this.#about.hidden = !this.#target && !reply;
    if (this.#about.hidden) return;
    const { people } = this.chat;
    const preview = reply && el("bdi", { class: "about-text", text: plain(reply.text ?? "", user => people.called(user)) });
    this.#about.replaceChildren(
      icon(reply ? "reply" : "pencil"),
      el("p", {}, ...(reply ? [words.composer.replyTo, " ", nameOf(people.name(reply.by), "about-name"), " ", preview] : [words.composer.editing])),
      iconButton("close", reply ? words.composer.stopReplying : words.composer.stopEditing, () => this.#stop()));
  }

  async #pickEmoji() {
    const module = await import("../../emoji/picker.js").catch(() => null);
    if (!module) return this.chat.say(words.errors.offline);
    new module.EmojiPicker(this.#emoji, emoji => write(this.#text, this.#text.selectionStart, this.#text.selectionEnd, emoji), () => this.#text).open();
  }
}
