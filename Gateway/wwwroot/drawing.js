// @ts-check
/** @typedef {import("./chat.js").Topic} Topic */

const NEWS_EVERY = 100; // ms between two drawings of what others do: nobody reads faster, and each lays out and paints the log
const UNSEEN = 250; // ms after which something is drawn without a frame
const PRESS = 5000; // ms after which a press is taken for one whose end was not heard

/** When what changed is drawn: once for all of it, with a frame, and not while a link or a button is pressed: what is replaced before the release is not clicked. */
export class Drawing {
  /** @type {Set<Topic>} */ #dirty = new Set();
  /** Whether a frame was asked for. */ #asked = false;
  /** Until one may be asked for. @type {ReturnType<typeof setTimeout> | undefined} */ #rest;
  /** Until the press is over. @type {ReturnType<typeof setTimeout> | undefined} */ #pressed;
  #drawnAt = -NEWS_EVERY;

  /** @param {(topics: Set<Topic>) => void} draw @param {AbortSignal} ended what is still under way then draws nothing any more */
  constructor(draw, ended) {
    this.draw = draw;
    this.ended = ended;
    const always = { capture: true, signal: ended };
    document.addEventListener("pointerdown", press => this.#press(press), always);
    for (const over of ["pointerup", "pointercancel"]) document.addEventListener(over, () => this.#release(), always);
  }

  /** What one does oneself is seen with the next frame. @param {Topic[]} topics */
  now(topics) {
    for (const topic of topics) this.#dirty.add(topic);
    this.#ask();
  }

  /** What may come many times a second is so as well, unless something was drawn just before. @param {Topic[]} topics */
  inTime(topics) {
    for (const topic of topics) this.#dirty.add(topic);
    const wait = this.#drawnAt + NEWS_EVERY - performance.now();
    if (wait <= 0) this.#ask();
    else if (!this.#asked) this.#rest ??= setTimeout(() => this.#ask(), wait);
  }

  #ask() {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (this.#asked || this.#pressed || this.ended.aborted) return;
    this.#asked = true;
    soon(() => {
      this.#asked = false;
      if (this.#pressed || this.ended.aborted) return;
      const dirty = this.#dirty;
      this.#dirty = new Set();
      this.#drawnAt = performance.now();
      this.draw(dirty);
    });
  }

  /** @param {PointerEvent} press */
  #press({ button, target }) {
    if (button !== 0 || !(target instanceof Element && target.closest("a, button"))) return;
    clearTimeout(this.#pressed);
    this.#pressed = setTimeout(() => this.#release(), PRESS);
  }

  #release() {
    clearTimeout(this.#pressed);
    this.#pressed = undefined;
    if (this.#dirty.size > 0) this.#ask();
  }
}

/** With the next frame; where none are drawn, since nobody looks, a little later. @param {() => void} work */
function soon(work) {
  const once = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    work();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, UNSEEN);
}
