// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";

/** @typedef {import("./suggestions.js").Suggestion} Suggestion */
/** @typedef {import("./suggestions.js").Suggestions} Suggestions */

const OPTION = "suggestion-";

/**
 * The list over the field from which one finishes a name or an emoji. The focus stays in the field, which says by
 * `aria-activedescendant` what is chosen. (It stays a text box: a combobox has but one line.)
 */
export class Completion {
  /** @type {Suggestions | null} */ #open = null;
  #active = 0;
  /** Where a list was closed, not to come back while one writes on there. */ #dismissed = -1;
  #list = el("ul", { class: "suggestions", id: "suggestions", role: "listbox", "aria-label": words.composer.suggestions, hidden: true });
  #said = el("span", { class: "spoken", role: "status" });
  root = el("div", { class: "completion" }, this.#list, this.#said);

  /**
   * @param {HTMLTextAreaElement} field
   * @param {(before: string) => Suggestions | null} suggest
   * @param {(start: number, end: number, text: string) => void} take
   */
  constructor(field, suggest, take) {
    this.field = field;
    this.suggest = suggest;
    this.take = take;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.#list.id);
    field.addEventListener("blur", () => this.close());
    this.#list.addEventListener("mousedown", event => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", event => {
      const option = /** @type {HTMLElement} */ (event.target).closest("li");
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  /** What was written, or where the caret is, has changed. */
  update() {
    const { selectionStart, selectionEnd, value } = this.field;
    const found = selectionStart === selectionEnd && document.activeElement === this.field ? this.suggest(value.slice(0, selectionStart)) : null;
    if (found?.start !== this.#dismissed) this.#dismissed = -1;
    if (!found || found.list.length === 0 || found.start === this.#dismissed) return this.close();
    this.#open = found;
    this.#list.replaceChildren(...found.list.map(({ label }, i) => el("li", { role: "option", id: OPTION + i, "aria-selected": "false" }, ...label)));
    this.#list.hidden = false;
    this.#said.textContent = words.composer.suggested(found.list.length);
    this.#show(0);
  }

  close() {
    if (!this.#open) return;
    this.#open = null;
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#said.textContent = "";
    this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was meant for the list */
  key(event) {
    if (!this.#open) return false;
    const { length } = this.#open.list;
    switch (event.key) {
      case "ArrowDown": this.#show((this.#active + 1) % length); break;
      case "ArrowUp": this.#show((this.#active + length - 1) % length); break;
      case "Enter": case "Tab":
        if (event.shiftKey) return false;
        this.#choose(this.#active);
        break;
      case "Escape":
        this.#dismissed = this.#open.start;
        this.close();
        break;
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** @param {number} index */
  #show(index) {
    this.#list.children[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    this.#list.children[index].setAttribute("aria-selected", "true");
    this.#list.children[index].scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", OPTION + index);
  }

  /** @param {number} index */
  #choose(index) {
    const open = this.#open;
    if (!open) return;
    const { text, taken } = open.list[index];
    taken?.();
    this.close();
    this.take(open.start, this.field.selectionEnd, text);
  }
}
