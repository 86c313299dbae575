// @ts-check
import { ChatError, afterClose } from "./protocol.js";
import { words } from "./words.js";

/** @typedef {import("./protocol.js").Welcome} Welcome */
/** @typedef {import("./protocol.js").Push} Push */
/**
 * How the line is: `connecting` (trying), `live`, or `waiting` until a moment (ms since 1970) for the next try, after
 * the connection ended with a code.
 * @typedef {{ state: "connecting" | "live" } | { state: "waiting", until: number, code: number }} Line
 *
 * @typedef {object} Listener
 * @property {() => Record<string, number>} marks  The last number one has of each room, for resuming.
 * @property {(welcome: Welcome) => void} welcomed  Before anything that the server sends after it.
 * @property {(push: Push) => void} pushed
 * @property {(line: Line) => void} changed
 * @property {(why: ChatError) => void} stopped  It will not connect again by itself.
 */

const FIRST_PAUSE = 300; // ms; doubles with every failure, and a random part of it is taken
const MAX_PAUSE = 15_000;
const LATER = 5_000; // after the server has had enough of us
const SIGNED_OUT = 4010;
const SETTLED = 1_000; // ms; a line that lived this long was no failure
const QUIET = 25_000; // ms without a word from the server before we ask whether it is there
const PATIENCE = 10_000; // for a connection, a hello, the answer to that question

/**
 * The line to the server. It says hello, numbers the questions, matches the answers, and connects again with a
 * growing, random pause when the line breaks, resuming every room by number.
 */
export class ChatSocket {
  /** @type {WebSocket | null} */ #socket = null;
  /** @type {Map<number, { resolve: (ok: any) => void, reject: (error: ChatError) => void, first?: (ok: any) => void }>} */ #asked = new Map();
  /** @type {(() => void)[]} */ #awaitingLive = [];
  #lastId = 0;
  #live = false;
  #stopped = false;
  #failures = 0;
  #liveSince = 0;
  /** Seconds that the server asked us to wait. @type {number | undefined} */ #wait;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watch;
  #heard = 0;
  #pinged = 0;

  /**
   * @param {{ token?: string, guest?: string }} credentials
   * @param {Listener} listener
   */
  constructor(credentials, listener) {
    this.credentials = credentials;
    this.listener = listener;
    addEventListener("online", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#wait = undefined;
    this.listener.changed({ state: "connecting" });
    const url = new URL("/ws", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url, "chat.v1");
    this.#socket = socket;
    this.#heard = Date.now();
    this.#watchOver(socket);
    socket.onopen = () => this.#hello();
    socket.onmessage = message => this.#receive(JSON.parse(message.data));
    socket.onclose = close => this.#ended(socket, close.code, close.reason);
  }

  /** The browser cannot ping: a line on which nothing comes, not even an answer, is given up. @param {WebSocket} socket */
  #watchOver(socket) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      const now = Date.now();
      const since = this.#live ? this.#pinged : this.#heard; // a hidden tab may look only once a minute: first it asks
      if ((!this.#live || this.#pinged > this.#heard) && now - since >= PATIENCE) return this.#ended(socket, 1006, "");
      if (this.#live && now - this.#heard >= QUIET && this.#pinged <= this.#heard) {
        this.#pinged = now;
        this.call("ping").catch(() => {});
      }
      this.#watchOver(socket);
    }, 5_000);
  }

  async #hello() {
    const resume = this.listener.marks();
    const { token, guest } = this.credentials;
    const who = token ? { token } : { guest };
    try {
      await this.#ask("hello", Object.keys(resume).length ? { ...who, resume } : who, welcome => {
        this.#live = true;
        this.#liveSince = Date.now();
        if (welcome.token) this.credentials = { token: welcome.token };
        this.listener.welcomed(welcome);
        this.listener.changed({ state: "live" });
      });
      for (const go of this.#awaitingLive.splice(0)) go();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (!error.passing) return this.stop(error);
      this.#wait = error.retryAfter;
      this.#socket?.close();
    }
  }

  /** @param {any} frame */
  #receive(frame) {
    this.#heard = Date.now();
    if (!("re" in frame)) {
      if (frame.ev === "bye") this.#wait = frame.retryAfter;
      this.listener.pushed(frame);
      return;
    }
    const asked = this.#asked.get(frame.re);
    this.#asked.delete(frame.re);
    if (!asked) return;
    if (frame.error) return asked.reject(new ChatError(frame.error));
    asked.first?.(frame.ok);
    asked.resolve(frame.ok);
  }

  /** @param {WebSocket} socket @param {number} code @param {string} reason */
  #ended(socket, code, reason) {
    if (socket !== this.#socket) return;
    this.#socket = null;
    socket.onmessage = socket.onclose = null;
    socket.close();
    clearTimeout(this.#watch);
    if (this.#live && Date.now() - this.#liveSince > SETTLED) this.#failures = 0;
    this.#live = false;
    const next = afterClose(code);
    const why = new ChatError({ code: next === "sign in" || code === SIGNED_OUT ? "unauthenticated" : "offline", message: words.line.ended(code, reason) });
    const left = [...this.#asked.values()];
    this.#asked.clear();
    for (const { reject } of left) reject(why);
    if (this.#stopped) return;
    if (next === "stop" || next === "sign in") return this.stop(why);

    const ceiling = Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** this.#failures++);
    const asked = this.#wait !== undefined ? this.#wait * 1000 * (1 + Math.random() / 2)
      : next === "later" ? LATER * (1 + Math.random())
      : next === "at once" && this.#failures === 1 ? 0
      : ceiling * Math.random();
    this.listener.changed({ state: "waiting", until: Date.now() + asked, code });
    this.#pause = setTimeout(() => this.#connect(), asked);
  }

  /** Does not wait any longer. */
  retry() {
    if (this.#pause !== undefined) this.#connect();
  }

  /** The network is back, or somebody looks at the page: no reason to wait any longer. */
  #wake = () => {
    if (document.visibilityState === "visible") this.retry();
  };

  /** Whether it can be asked now: it may be closing before we hear that it is closed. */
  get #open() {
    return this.#live && this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Asks at once. @param {string} op @param {object} fields @param {(ok: any) => void} [first] runs before anything that the server sends after the answer @returns {Promise<any>} */
  #ask(op, fields, first) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new ChatError({ code: "offline", message: words.errors.offline }));
        return;
      }
      const id = ++this.#lastId;
      this.#asked.set(id, { resolve, reject, first });
      this.#socket.send(JSON.stringify({ op, id, ...fields }));
    });
  }

  /**
   * Asks once. @param {string} op @param {object} [fields] @param {(ok: any) => void} [first] @returns {Promise<any>}
   * @throws {ChatError}
   */
  call(op, fields = {}, first) {
    return this.#open ? this.#ask(op, fields, first)
      : Promise.reject(new ChatError({ code: "offline", message: words.errors.offline }));
  }

  /**
   * Asks until it is answered, over as many connections as that takes. For what may be repeated: reading, joining,
   * posting with a key. `hold` waits in its own way for as many ms as the server asks, and may reject, to give up.
   * @param {string} op @param {object} [fields] @param {(ok: any) => void} [first]
   * @param {(error: ChatError, wait: number) => Promise<void>} [hold] @returns {Promise<any>}
   */
  async ask(op, fields = {}, first, hold = (_, wait) => new Promise(go => setTimeout(go, wait))) {
    for (let refusals = 0; ; refusals++) {
      if (!this.#open && !this.#stopped) await new Promise(go => this.#awaitingLive.push(() => go(undefined)));
      try {
        return await this.call(op, fields, first);
      } catch (error) {
        if (this.#stopped || !(error instanceof ChatError) || !error.passing) throw error;
        if (error.code === "offline") continue;
        const wait = (error.retryAfter ?? Math.min(5, 0.3 * 2 ** refusals)) * 1000;
        await hold(error, wait + Math.min(wait / 4, 1_000) * Math.random());
      }
    }
  }

  /** Breaks off and comes back at once, to fill a hole. */
  resync() {
    if (this.#socket) this.#ended(this.#socket, 4008, "");
  }

  /** Ends for good. @param {ChatError} [why] none when it was our own wish */
  stop(why) {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#pause);
    removeEventListener("online", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    if (this.#socket) this.#ended(this.#socket, 1000, "");
    for (const go of this.#awaitingLive.splice(0)) go();
    if (why) this.listener.stopped(why);
  }
}
