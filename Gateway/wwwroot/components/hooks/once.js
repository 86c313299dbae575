// @ts-check
import { copy } from "../../clipboard.js";
import { el } from "../../element.js";
import { words } from "../../words.js";

/** A secret that the server shows once: to be read, and copied. @param {string} label @param {string} secret */
export function once(label, secret) {
  const told = el("span", { class: "saved", role: "status" });
  const shown = el("input", { id: "once", readonly: true, value: secret, dir: "ltr", spellcheck: "false", autocomplete: "off", "aria-describedby": "once-hint", on: { focus: () => shown.select() } });
  const button = el("button", { type: "button", text: words.hooks.copy, on: { click: () => take() } });
  return {
    root: el("div", { class: "once" },
      el("div", { class: "field" }, el("label", { for: "once", text: label }), el("div", { class: "with-button" }, shown, button)),
      el("small", { id: "once-hint", text: words.hooks.once }), told),
    focus: () => shown.focus(),
  };

  async function take() {
    const done = await copy(secret);
    told.textContent = done ? words.hooks.copied : "";
    if (!done) shown.focus();
  }
}
