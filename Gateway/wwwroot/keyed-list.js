// @ts-check
/**
 * A list whose rows are known by a key: only those that changed are drawn anew, so that what one points at, or has the focus on,
 * stays the same element while things happen around it.
 * @template T
 */
export class KeyedList {
  /** @type {Map<string, { signature: string, node: HTMLElement }>} */ #drawn = new Map();

  /**
   * @param {HTMLElement} list
   * @param {(item: T) => string} key
   * @param {(item: T) => unknown} signature  what the row depends on
   * @param {(item: T) => HTMLElement} make
   */
  constructor(list, key, signature, make) {
    this.list = list;
    this.key = key;
    this.signature = signature;
    this.make = make;
  }

  /** @param {T[]} items */
  draw(items) {
    const left = new Map(this.#drawn);
    /** @type {ChildNode | null} */
    let next = this.list.firstChild;
    for (const item of items) {
      const key = this.key(item);
      const signature = JSON.stringify(this.signature(item));
      left.delete(key);
      let drawn = this.#drawn.get(key);
      if (!drawn || drawn.signature !== signature) {
        const node = this.make(item);
        if (drawn) {
          if (drawn.node === next) next = node;
          replace(drawn.node, node);
        }
        this.#drawn.set(key, drawn = { signature, node });
      }
      if (drawn.node === next) next = next.nextSibling;
      else move(this.list, drawn.node, next);
    }
    for (const [key, { node }] of left) {
      node.remove();
      this.#drawn.delete(key);
    }
  }
}

/** A row that is drawn anew keeps the focus. @param {HTMLElement} before @param {HTMLElement} after */
function replace(before, after) {
  const focused = before.contains(document.activeElement);
  before.replaceWith(after);
  if (focused) focusable(after)?.focus({ preventScroll: true });
}

/** And so does one that moves: to be taken out would cost it the focus. @param {HTMLElement} list @param {HTMLElement} node @param {ChildNode | null} next */
function move(list, node, next) {
  const focused = node.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  list.insertBefore(node, next);
  focused?.focus({ preventScroll: true });
}

/** @param {HTMLElement} node @returns {HTMLElement | null} */
const focusable = node => (node.matches("a, button") ? node : node.querySelector("a, button, select, input"));
