// @ts-check
import { el, iconButton, worded } from "../../element.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */

const WORRY = 1_000; // ms; a shorter break need not worry anybody
const CAUSES = new Map([[1012, words.line.goingDown], [4008, words.line.tooSlow], [4009, words.line.tooMuch]]);

/** Says how the line is, while it is not live, and what just happened or did not work. */
export class Banner {
  #cause = el("span");
  #next = el("span", { "aria-hidden": "true" }); // a countdown is not read out
  #line = el("p", { class: "banner-line", hidden: true }, this.#cause, " ", this.#next, " ",
    el("button", { type: "button", class: "link", text: words.line.tryNow, on: { click: () => this.chat.socket.retry() } }));
  #words = el("span", { dir: "auto" });
  #notice = el("p", { class: "banner-notice", hidden: true }, this.#words,
    iconButton("close", words.common.close, () => this.#dismiss()));
  #brokenSince = 0;
  /** What broke it, where the server said so. @type {string | undefined} */ #why;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #again;

  /** @param {HTMLElement} root @param {Chat} chat */
  constructor(root, chat) {
    this.chat = chat;
    root.replaceChildren(el("div", { role: "status" }, this.#line, this.#notice));
    addEventListener("offline", () => this.#draw(), { signal: chat.ended });
    chat.ended.addEventListener("abort", () => clearTimeout(this.#again));
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    if (topics.has("line")) this.#draw();
  }

  #draw() {
    const { line, notice } = this.chat;
    clearTimeout(this.#again);
    this.#words.replaceChildren(...worded(notice ?? ""));
    this.#notice.hidden = !notice;
    const waiting = line.state === "waiting" ? line : null;
    if (line.state === "live") [this.#brokenSince, this.#why] = [0, undefined];
    else this.#brokenSince ||= Date.now();
    if (waiting) this.#why = CAUSES.get(waiting.code) ?? this.#why;
    const broken = line.state !== "live" && Date.now() - this.#brokenSince >= WORRY;
    this.#line.hidden = !broken;
    if (line.state !== "live") this.#again = setTimeout(() => this.#draw(), broken ? 500 : WORRY);
    if (!broken) return void (this.#cause.textContent = "");
    const cause = !navigator.onLine ? words.line.offline : this.#why ?? (waiting ? words.line.lost : words.line.connecting);
    const said = `${cause} ${words.line.kept}`;
    if (this.#cause.textContent !== said) this.#cause.textContent = said;
    this.#next.textContent = waiting ? words.line.next(Math.max(1, Math.ceil((waiting.until - Date.now()) / 1000))) : "";
  }

  #dismiss() {
    this.chat.notice = null;
    this.#draw();
  }
}
