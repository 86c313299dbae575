// @ts-check
/** @typedef {{ name: string, online?: boolean }} Person */

const PAGE = 100; // users in one `who`

/** Names of people by id, asked for in batches when somebody unknown is to be shown. */
export class People {
  /** @type {Map<string, Person>} */ #known = new Map();
  /** @type {Set<string>} */ #wanted = new Set();
  #asking = false;

  /**
   * @param {(users: string[]) => Promise<{ user: string, name: string, online: boolean }[]>} who
   * @param {() => void} changed
   */
  constructor(who, changed) {
    this.who = who;
    this.changed = changed;
  }

  /** The name of a person; until it is known, or where there is none any more, something readable. @param {string} user */
  name(user) {
    const person = this.#known.get(user);
    if (!person) this.#want(user);
    return person?.name || (user.startsWith("guest-") ? "Guest" : user);
  }

  /** @param {string} user */
  online(user) {
    return this.#known.get(user)?.online ?? false;
  }

  /** @param {string} user @param {Person} person */
  learn(user, person) {
    this.#known.set(user, { ...this.#known.get(user), ...person });
  }

  /** @param {string} user @param {boolean} online */
  seen(user, online) {
    const person = this.#known.get(user);
    if (person) person.online = online;
  }

  /** @param {string} user */
  #want(user) {
    this.#wanted.add(user);
    if (this.#asking) return;
    this.#asking = true;
    queueMicrotask(() => this.#ask());
  }

  async #ask() {
    while (this.#wanted.size > 0) {
      const users = [...this.#wanted].slice(0, PAGE);
      for (const user of users) this.#wanted.delete(user);
      try {
        const known = await this.who(users);
        for (const user of users) this.learn(user, { name: "" }); // whoever is not in the answer is not asked for again
        for (const { user, name, online } of known) this.learn(user, { name, online });
        this.changed();
      } catch {
        break; // they are asked for again when they are next shown
      }
    }
    this.#asking = false;
  }
}
