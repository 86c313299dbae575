// @ts-check
/**
 * A panel that is fetched when it is first wanted, since few want it on their first visit.
 * @template {{ show: (...given: any[]) => unknown, close: () => void, update?: () => void }} Panel
 */
export class Later {
  /** @type {Promise<Panel> | undefined} */ #coming;
  /** @type {Panel | undefined} */ #panel;

  /** @param {() => Promise<Panel>} fetch @param {AbortSignal} ended @param {() => void} missed  there is no connection */
  constructor(fetch, ended, missed) {
    this.fetch = fetch;
    this.ended = ended;
    this.missed = missed;
  }

  /** @param {Parameters<Panel["show"]>} given */
  async show(...given) {
    try {
      this.#panel = await (this.#coming ??= this.fetch());
    } catch (error) {
      this.#coming = undefined; // the next wish tries again
      if (!(error instanceof TypeError)) throw error;
      return this.missed();
    }
    if (!this.ended.aborted) await this.#panel.show(...given);
  }

  update() {
    this.#panel?.update?.();
  }

  close() {
    this.#panel?.close();
  }
}
