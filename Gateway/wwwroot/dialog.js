// @ts-check
import { el, iconButton, worded } from "./element.js";
import { words } from "./words.js";

/**
 * A dialog over the page. It is gone when it is closed, by whatever way, and the focus goes back to where it was.
 * @param {string} title  names in it isolated @param {string} className @param {(Node | string | null | undefined | false)[]} content
 * @returns {HTMLDialogElement}
 */
export function openDialog(title, className, ...content) {
  const heading = el("h2", { id: `dialog-${++count}` }, ...worded(title));
  return show(el("dialog", { class: className, "aria-labelledby": heading.id },
    el("header", { class: "dialog-head" }, heading, iconButton("close", words.common.close, () => dialogAt(heading)?.close())),
    ...content));
}

/**
 * Asks before something that cannot be taken back.
 * @param {object} question
 * @param {string} question.title
 * @param {string} [question.text] what it means
 * @param {string} question.yes
 * @param {string} [question.no]
 * @param {boolean} [question.grave] whether it destroys something
 * @param {Node} [question.more] fields
 * @param {string} [question.typed] what is to be typed first, so that nobody does it by accident
 * @param {string} [question.typedLabel]
 * @returns {Promise<FormData | null>} what the fields say; null for no
 */
export function ask({ title, text, yes, no = words.common.cancel, grave = false, more, typed, typedLabel = "" }) {
  const go = el("button", { class: grave ? "primary grave" : "primary", value: "yes", disabled: typed !== undefined, text: yes });
  const check = el("input", { autocomplete: "off", spellcheck: "false", dir: "auto", on: { input: () => (go.disabled = check.value.trim() !== typed) } });
  const form = el("form", { method: "dialog" },
    more, typed !== undefined && el("label", { class: "field" }, el("span", { text: typedLabel }), check),
    el("div", { class: "dialog-buttons" }, el("button", { type: "button", text: no, on: { click: () => dialog.close("") } }), go));
  const heading = el("h2", { id: `dialog-${++count}` }, ...worded(title));
  const dialog = el("dialog", { class: "ask", "aria-labelledby": heading.id }, heading, text && el("p", { text }), form);
  show(dialog);
  return new Promise(answer => dialog.addEventListener("close", () => answer(dialog.returnValue === "yes" ? new FormData(form) : null)));
}

/** What had the focus is gone with its row: to the next button of the list, or to the one that closes the dialog. @param {HTMLElement} list */
export function focusNext(list) {
  /** @type {HTMLElement | null} */ (list.querySelector("button") ?? dialogAt(list)?.querySelector(".dialog-head button") ?? null)?.focus();
}

let count = 0;

/** @param {HTMLElement} inside */
const dialogAt = inside => inside.closest("dialog");

/** @param {HTMLDialogElement} dialog */
function show(dialog) {
  const before = document.activeElement;
  dialog.addEventListener("pointerdown", event => event.target === dialog && outside(dialog, event) && dialog.close(""));
  dialog.addEventListener("close", () => {
    dialog.remove();
    giveBack(before);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Whether somebody pressed beside it. @param {HTMLElement} dialog @param {MouseEvent} event */
function outside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

/** The row that opened it may have been drawn anew meanwhile: then to the one in its place. @param {Element | null} before */
function giveBack(before) {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  const { user } = /** @type {HTMLElement | null} */ (before)?.dataset ?? {};
  const there = before?.isConnected ? before : user && document.querySelector(`.${before?.classList[0]}[data-user="${CSS.escape(user)}"]`);
  /** @type {HTMLElement | null} */ (there || null)?.focus({ preventScroll: true });
}
