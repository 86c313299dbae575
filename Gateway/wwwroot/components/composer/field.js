// @ts-check
/**
 * Writes into a field as if it had been typed: it can be undone, and the field says `input`.
 * @param {HTMLTextAreaElement} field @param {number} start @param {number} end what is replaced @param {string} text
 */
export function write(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  // Out of fashion, but the one way that browsers have for it.
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

/** Puts a sign on both sides of what is selected, or takes it away there. @param {HTMLTextAreaElement} field @param {string} sign */
export function wrap(field, sign) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const selected = value.slice(start, end);
  if (wrapped(value, start, end, sign)) {
    write(field, start - sign.length, end + sign.length, selected);
    field.setSelectionRange(start - sign.length, end - sign.length);
  } else {
    write(field, start, end, sign + selected + sign);
    field.setSelectionRange(start + sign.length, end + sign.length);
  }
}

/** Within `**`, there is no `*` to be taken away. @param {string} value @param {number} start @param {number} end @param {string} sign */
function wrapped(value, start, end, sign) {
  const count = (/** @type {string} */ text, /** @type {number} */ from, /** @type {1 | -1} */ step) => {
    let i = from;
    while (text[i] === sign[0]) i += step;
    return Math.abs(i - from);
  };
  const least = Math.min(count(value, start - 1, -1), count(value, end, 1));
  return sign === "*" ? least % 2 === 1 : least >= sign.length;
}
