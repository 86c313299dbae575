// @ts-check
import { el } from "../element.js";
import { placeBeside } from "../popover.js";
import { words } from "../words.js";
import { find, nameOfEmoji } from "./find.js";
import { groups } from "./list.js";
import { chosen, recent } from "./recent.js";

const COLUMNS = 9; // as in emoji.css

/**
 * A choice of emoji over the page. The focus stays in its search field; the arrow keys go through what is shown, Enter
 * takes it, Escape closes.
 */
export class EmojiPicker {
  #search = el("input", {
    type: "search", role: "combobox", class: "emoji-search", placeholder: words.emoji.search, "aria-label": words.emoji.search,
    "aria-controls": "emoji-list", "aria-expanded": "true", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", maxlength: "40",
  });
  #list = el("div", { class: "emoji-list", id: "emoji-list", role: "listbox", "aria-label": words.emoji.list });
  #said = el("p", { class: "emoji-name", "aria-hidden": "true" });
  #root = el("div", { class: "emoji-picker", popover: "auto", role: "dialog", "aria-label": words.emoji.pick }, this.#search, this.#list, this.#said);
  #active = -1;

  /**
   * @param {HTMLElement} opener  what it stands beside
   * @param {(emoji: string) => void} take
   * @param {() => HTMLElement | null} back  what gets the focus when it is closed
   */
  constructor(opener, take, back = () => opener) {
    this.opener = opener;
    this.take = take;
    this.back = back;
    this.#search.addEventListener("input", () => this.#draw());
    this.#search.addEventListener("keydown", event => this.#key(event));
    this.#list.addEventListener("mousedown", event => event.preventDefault()); // the focus stays
    this.#list.addEventListener("click", event => this.#take(optionOf(event)));
    this.#list.addEventListener("pointerover", event => event.pointerType === "mouse" && this.#show(this.#options.indexOf(/** @type {any} */ (optionOf(event)))));
    this.#root.addEventListener("toggle", event => /** @type {ToggleEvent} */ (event).newState === "closed" && this.#closed());
  }

  /** Over everything, but within an open dialog where the opener is in one: what is outside of that is inert. */
  open() {
    (this.opener.closest("dialog") ?? document.body).append(this.#root);
    this.#root.showPopover();
    this.#draw();
    placeBeside(this.#root, this.opener);
    this.#search.focus();
  }

  close() {
    this.#root.hidePopover();
  }

  /** The browser gives the focus to the opener, or to nothing; whoever pressed on something else has it there. */
  #closed() {
    const { activeElement } = document;
    const nowhere = activeElement === document.body || activeElement === this.opener || this.#root.contains(activeElement);
    this.#root.remove();
    if (nowhere) this.back()?.focus({ preventScroll: true });
  }

  #draw() {
    const query = this.#search.value.trim().replaceAll(":", "");
    const found = query ? find(query).map(({ emoji }) => emoji) : null;
    const latest = recent();
    this.#list.replaceChildren(...(found ? [group("", found)]
      : [...(latest.length ? [group(words.emoji.recent, latest)] : []), ...groups.map(([name, list]) => group(words.emoji.groups[name], list.map(({ emoji }) => emoji)))]));
    if (found?.length === 0) this.#list.replaceChildren(el("p", { class: "hint", text: words.emoji.none }));
    this.#list.scrollTop = 0;
    this.#show(query && found?.length ? 0 : -1);
  }

  /** @returns {HTMLElement[]} */
  get #options() {
    return [...this.#list.querySelectorAll("button")];
  }

  /** @param {number} index -1 for none */
  #show(index) {
    const options = this.#options;
    options[this.#active]?.setAttribute("aria-selected", "false");
    for (const other of this.#list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = options[index];
    option?.setAttribute("aria-selected", "true");
    if (option) this.#search.setAttribute("aria-activedescendant", option.id);
    else this.#search.removeAttribute("aria-activedescendant");
    this.#said.textContent = option ? `${option.textContent} ${option.getAttribute("aria-label")}` : words.emoji.keys;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      return this.#take(this.#options[this.#active]);
    }
    const next = this.#after(event.key);
    if (next === undefined) return;
    event.preventDefault();
    this.#show(next);
    this.#options[next]?.scrollIntoView({ block: "nearest" });
  }

  /** Where a key leads: sideways by one, up and down to what stands there, whatever group it is in. @param {string} key @returns {number | undefined} */
  #after(key) {
    const options = this.#options;
    const rtl = getComputedStyle(this.#list).direction === "rtl";
    const side = this.#active < 0 && key !== "ArrowDown" ? 0 : { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1 }[key] ?? 0;
    if (side) return Math.min(options.length - 1, Math.max(0, this.#active + side));
    if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
    if (this.#active < 0) return key === "ArrowDown" && options.length ? 0 : undefined;
    const here = options[this.#active].getBoundingClientRect();
    const down = key === "ArrowDown" ? 1 : -1;
    let best = this.#active;
    for (let i = this.#active + down, row = NaN; i >= 0 && i < options.length && Math.abs(i - this.#active) < 3 * COLUMNS; i += down) {
      const there = options[i].getBoundingClientRect();
      if (Math.abs(there.top - here.top) < 2) continue;
      if (Number.isNaN(row)) row = there.top;
      if (Math.abs(there.top - row) > 2) break;
      if (best === this.#active || Math.abs(there.left - here.left) < Math.abs(options[best].getBoundingClientRect().left - here.left)) best = i;
    }
    return best;
  }

  /** @param {HTMLElement | null | undefined} option */
  #take(option) {
    const emoji = option?.textContent;
    if (!emoji) return;
    chosen(emoji);
    this.close();
    this.take(emoji);
  }
}

let options = 0; // every option has an id that nothing else has

/** @param {string} title @param {string[]} emoji */
function group(title, emoji) {
  return el("div", { class: "emoji-group", role: "group", "aria-label": title || words.emoji.list },
    title && el("h3", { "aria-hidden": "true", text: title }),
    ...emoji.map(sign => el("button", {
      type: "button", role: "option", id: `emoji-${++options}`, tabindex: "-1", "aria-selected": "false", "aria-label": nameOfEmoji(sign), title: nameOfEmoji(sign), text: sign,
    })));
}

/** @param {Event} event */
function optionOf(event) {
  return /** @type {HTMLElement} */ (event.target).closest("button");
}
