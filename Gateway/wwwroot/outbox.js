// @ts-check
/** @typedef {{ room: string, key: string, text: string, at: string, reply?: number }} Kept */

const KEY = "orleanschat.outbox";
const MOST = 50; // posts

/** Posts that are not answered yet, kept in this browser, so that a page which is left does not lose what it promised to send. */
class Outbox {
  #owner = "";

  /** From now on these are somebody's posts; another's are forgotten. @param {string} user @returns {Kept[]} those that were left */
  belongTo(user) {
    this.#owner = user;
    return this.#stored();
  }

  /** @param {string} room @param {{ key: string, text: string, at: string, reply?: number }} post */
  add(room, { key, text, at, reply }) {
    this.#store([...this.#stored(), { room, key, text, at, reply }].slice(-MOST));
  }

  /** @param {string} key */
  remove(key) {
    const posts = this.#stored();
    const left = posts.filter(post => post.key !== key);
    if (left.length < posts.length) this.#store(left);
  }

  clear() {
    this.#store([]);
  }

  /** What other tabs have on its way is there, too. */
  #stored() {
    const { owner, posts } = stored();
    return owner === this.#owner ? posts : [];
  }

  /** @param {Kept[]} posts */
  #store(posts) {
    try {
      localStorage.setItem(KEY, JSON.stringify({ owner: this.#owner, posts }));
    } catch {
      // then only this page knows
    }
  }
}

/** @returns {{ owner: string, posts: Kept[] }} */
function stored() {
  try {
    const { owner, posts } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const whole = Array.isArray(posts) ? posts.filter(post => [post?.room, post?.key, post?.text, post?.at].every(part => typeof part === "string")) : [];
    return { owner: String(owner), posts: whole };
  } catch {
    return { owner: "", posts: [] }; // storage may be forbidden, or hold something else
  }
}

export const outbox = new Outbox();
