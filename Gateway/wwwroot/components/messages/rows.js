// @ts-check
/** What a row is: its key, what it depends on, and how it is made; its content apart, which is long and the same string while it is the same. @typedef {[key: string, signature: string, make: () => HTMLElement, content?: string]} Wanted */

/** The rows of the log. Those that stay are kept, changed ones made anew, and what one reads stays where it is. */
export class Rows {
  /** What is drawn, by key. @type {Map<string, { signature: string, content?: string, node: HTMLElement }>} */ #drawn = new Map();

  /** @param {HTMLElement} root @param {HTMLElement} scroller */
  constructor(root, scroller) {
    this.root = root;
    this.scroller = scroller;
  }

  clear() {
    this.#drawn.clear();
    this.root.replaceChildren();
  }

  /** The row by its key. @param {string} key */
  at(key) {
    return this.#drawn.get(key)?.node;
  }

  /** @param {Wanted[]} wanted @param {boolean} hold whether what is seen must not move */
  draw(wanted, hold) {
    const anchor = hold ? this.#anchor() : null;
    const left = new Set(this.#drawn.keys());
    for (const [key] of wanted) left.delete(key);
    for (const key of left) {
      this.#drawn.get(key)?.node.remove();
      this.#drawn.delete(key);
    }
    /** @type {ChildNode | null} */
    let next = this.root.firstChild;
    for (const [key, signature, make, content] of wanted) {
      let drawn = this.#drawn.get(key);
      if (!drawn || drawn.signature !== signature || drawn.content !== content) {
        const node = make();
        if (drawn) {
          if (drawn.node === next) next = next.nextSibling;
          const focused = drawn.node.contains(document.activeElement);
          if (drawn.node.classList.contains("target")) node.classList.add("target");
          drawn.node.remove();
          if (focused) queueMicrotask(() => node.focus({ preventScroll: true }));
        }
        drawn = { signature, content, node };
        this.#drawn.set(key, drawn);
      }
      if (drawn.node === next) next = next.nextSibling;
      else this.root.insertBefore(drawn.node, next);
    }
    if (anchor) this.#restore(anchor);
  }

  /** The rows in view, and where they stand: if the first is let go, the next one tells. */
  #anchor() {
    const { top, bottom } = this.scroller.getBoundingClientRect();
    /** @type {{ key: string, top: number }[]} */
    const seen = [];
    for (const [key, { node }] of this.#drawn) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top && box.top < bottom) seen.push({ key, top: box.top });
    }
    return seen.sort((a, b) => a.top - b.top);
  }

  /** @param {{ key: string, top: number }[]} anchor */
  #restore(anchor) {
    for (const { key, top } of anchor) {
      const node = this.at(key);
      if (!node || key.startsWith("day ")) continue; // a day's name moves to the first message of it that is there
      this.scroller.scrollTop += node.getBoundingClientRect().top - top;
      return;
    }
  }
}
