// @ts-check
import { words } from "./words.js";

/** @typedef {{ name: string, online?: boolean, lastActive?: string }} Person */
/** @typedef {{ user: string, name: string, online: boolean, lastActive: string }} Found */

const PAGE = 100; // users in one `who`

/** Who people are by id, asked for in batches when somebody unknown is to be shown; and whom one has blocked. */
export class People {
  /** @type {Map<string, Person>} */ #known = new Map();
  /** @type {Set<string>} */ #wanted = new Set();
  /** @type {Set<string>} */ #blocked = new Set();
  /** Who was last seen to come or to go, and as how manieth. @type {Map<string, { online: boolean, at: number }>} */ #seen = new Map();
  #comings = 0;
  #asking = false;

  /**
   * @param {(users: string[]) => Promise<Found[]>} who
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
    return person?.name || (user.startsWith("guest-") ? words.rooms.guest : user);
  }

  /** The name of a person, if there is one; it is asked for. @param {string} user */
  called(user) {
    if (!this.#known.has(user)) this.#want(user);
    return this.#known.get(user)?.name || undefined;
  }

  /** @param {string} user */
  online(user) {
    return this.#known.get(user)?.online ?? false;
  }

  /** When they were last here, as far as it is known. @param {string} user */
  lastActive(user) {
    return this.#known.get(user)?.lastActive;
  }

  /** Everybody who has a name here. @returns {{ user: string, name: string }[]} */
  known() {
    return [...this.#known].filter(([, person]) => person.name).map(([user, { name }]) => ({ user, name }));
  }

  /** Asks for somebody now, known or not. @param {string} user @returns {Promise<Found | undefined>} undefined: there is nobody by that id */
  async find(user) {
    const [found] = await this.#learnOf([user]);
    return found;
  }

  /** Whether one wants to hear nothing of them. @param {string} user */
  blocked(user) {
    return this.#blocked.has(user);
  }

  allBlocked() {
    return [...this.#blocked];
  }

  /** @param {string} user @param {boolean} on */
  block(user, on) {
    if (on) this.#blocked.add(user);
    else this.#blocked.delete(user);
    this.changed();
  }

  /** All of them, as the server has them. @param {string[]} users */
  blockOnly(users) {
    this.#blocked = new Set(users);
    this.changed();
  }

  /** @param {string} user @param {Person} person */
  learn(user, person) {
    this.#known.set(user, { ...this.#known.get(user), ...person });
  }

  /** Of somebody who came or went while the answer was on its way it may know less than we do. @param {string[]} users */
  async #learnOf(users) {
    const before = this.#comings;
    const found = await this.who(users);
    for (const { user, name, online, lastActive } of found) {
      const seen = this.#seen.get(user);
      this.learn(user, { name, online: seen && seen.at > before ? seen.online : online, lastActive });
    }
    return found;
  }

  /** @param {string} user @param {boolean} online */
  seen(user, online) {
    this.#seen.set(user, { online, at: ++this.#comings });
    const person = this.#known.get(user);
    if (!person) return;
    if (person.online && !online) person.lastActive = new Date().toISOString();
    person.online = online;
  }

  /** What was known of them may be old: the line was broken. @param {string[]} users */
  renew(users) {
    for (const user of users) if (this.#known.has(user)) this.#want(user);
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
        const found = new Set((await this.#learnOf(users)).map(({ user }) => user));
        for (const user of users) if (!found.has(user)) this.learn(user, { name: "" }); // and is not asked for again
        this.changed();
      } catch {
        break; // they are asked for again when they are next shown
      }
    }
    this.#asking = false;
  }
}
