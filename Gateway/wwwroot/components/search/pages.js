// @ts-check
/** @typedef {import("./result.js").Result} Result */

const PAGE = 30;

/** One search: what it finds, the newest first, a page at a time. */
export class Pages {
  /** @type {Result[]} */ results = [];
  /** Whether there may be more. */ more = true;
  /** @type {string | undefined} */ #cursor;
  #loading = false;

  /** @param {import("../../socket.js").ChatSocket} socket @param {string} query @param {string} [room] none: all of one's own */
  constructor(socket, query, room) {
    this.socket = socket;
    this.query = query;
    this.room = room;
  }

  /** @returns {Promise<boolean>} whether something came: not while a page is on its way, or after the last one */
  async next() {
    if (this.#loading || !this.more) return false;
    this.#loading = true;
    try {
      const { query, room } = this;
      const page = await this.socket.ask("search", { query, limit: PAGE, ...room ? { room } : {}, ...this.#cursor ? { cursor: this.#cursor } : {} });
      this.results = [...this.results, ...page.messages];
      this.#cursor = page.cursor;
      this.more = page.more;
      return true;
    } finally {
      this.#loading = false;
    }
  }
}
