// @ts-check
import { ask, focusNext } from "../../dialog.js";
import { avatar, el, isolated, nameOf } from "../../element.js";
import { recall, send } from "../../session.js";
import { words } from "../../words.js";
import { once } from "./once.js";

/**
 * A webhook in the list.
 * @typedef {{ id: string, name: string, bot: string, url?: string, on?: boolean, error?: string }} Hook
 */

/** A room's connections to programs outside, for those who keep the room. */
export class Webhooks {
  #list = el("ul", { class: "people-list" });
  #secret = el("div");
  #problem = el("p", { class: "problem", role: "alert" });
  #name = el("input", { name: "name", required: true, maxlength: "100", dir: "auto", autocomplete: "off" });
  #kinds = ["in", "out"].map(value => el("input", { type: "radio", name: "kind", value, checked: value === "in", on: { change: () => this.#chosen() } }));
  #url = el("input", { name: "url", type: "url", maxlength: "2000", dir: "ltr", autocomplete: "off", placeholder: "https://" });
  #where = el("label", { class: "field", hidden: true }, el("span", { text: words.hooks.url }), this.#url);
  root = el("section", { class: "hooks" }, el("h3", { text: words.hooks.title, tabindex: "-1" }), el("p", { class: "soft", text: words.hooks.about }),
    this.#list, this.#secret,
    el("details", {}, el("summary", { text: words.hooks.make }),
      el("form", { class: "hooks-form", on: { submit: (/** @type {Event} */ event) => this.#make(event) } },
        el("label", { class: "field" }, el("span", { text: words.hooks.name }), this.#name),
        el("fieldset", { class: "choices" }, el("legend", { text: words.hooks.kind }),
          ...this.#kinds.map(input => el("label", { class: "choice" }, input, el("span", { text: input.value === "in" ? words.hooks.incoming : words.hooks.outgoing })))),
        this.#where,
        el("div", { class: "dialog-buttons" }, el("button", { text: words.hooks.doMake })))),
    this.#problem);

  /** @param {import("../../room.js").Room} room */
  constructor(room) {
    this.path = `rooms/${encodeURIComponent(room.id)}/hooks`;
  }

  async load() {
    await this.#attempt(async () => this.#draw((await this.#send("", undefined, "GET")).hooks));
  }

  /** @param {Hook[]} hooks */
  #draw(hooks) {
    this.#list.replaceChildren(...hooks.map(hook => this.#row(hook)));
  }

  /** @param {Hook} hook */
  #row(hook) {
    const state = hook.url === undefined ? words.hooks.posts
      : hook.on ? words.hooks.sends(new URL(hook.url).host)
      : words.hooks.off;
    return el("li", { class: "people-row" }, avatar(hook.bot, hook.name, "small"),
      el("span", { class: "people-name hook-words" }, nameOf(hook.name), el("small", { text: state }), hook.error && el("small", { class: "problem", text: hook.error, lang: "en" })),
      hook.url !== undefined && el("button", {
        type: "button", text: hook.on ? words.hooks.switchOff : words.hooks.switchOn, "aria-label": hook.on ? words.hooks.switchOffOf(hook.name) : words.hooks.switchOnOf(hook.name),
        on: { click: () => this.#switch(hook) },
      }),
      el("button", { type: "button", class: "grave", text: words.hooks.revoke, "aria-label": words.hooks.revokeOf(hook.name), on: { click: () => this.#revoke(hook) } }));
  }

  #chosen() {
    const out = this.#kinds[1].checked;
    this.#where.hidden = !out;
    this.#url.required = out;
  }

  /** @param {Event} event */
  async #make(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const url = this.#kinds[1].checked ? this.#url.value.trim() : undefined;
    await this.#attempt(async () => {
      const made = await this.#send("", { name: this.#name.value.trim(), url });
      const secret = url === undefined ? once(words.hooks.address, made.url) : once(words.hooks.secret, made.secret);
      this.#secret.replaceChildren(secret.root);
      form.reset();
      this.#chosen();
      /** @type {HTMLDetailsElement} */ (form.parentElement).open = false;
      secret.focus();
      await this.load();
    });
  }

  /** @param {Hook} hook */
  #switch(hook) {
    return this.#attempt(async () => {
      await this.#send(`/${hook.id}`, { on: !hook.on }, "PATCH");
      await this.load();
      this.#buttonOf(hook)?.focus();
    });
  }

  /** @param {Hook} hook @returns {HTMLElement | null} */
  #buttonOf(hook) {
    return this.#list.querySelector(`button[aria-label="${CSS.escape(hook.on ? words.hooks.switchOnOf(hook.name) : words.hooks.switchOffOf(hook.name))}"]`);
  }

  /** @param {Hook} hook */
  async #revoke(hook) {
    if (!await ask({ title: words.hooks.revokeTitle(isolated(hook.name)), text: words.hooks.revokeText, yes: words.hooks.revoke, grave: true })) return;
    await this.#attempt(async () => {
      await this.#send(`/${hook.id}`, {}, "DELETE");
      this.#secret.replaceChildren();
      await this.load();
      focusNext(this.#list);
    });
  }

  /** @param {string} path @param {object} [body] @param {"GET" | "POST" | "PATCH" | "DELETE"} [method] */
  #send(path, body, method) {
    return send(this.path + path, body, recall()?.token, method);
  }

  /** @param {() => Promise<void>} work */
  async #attempt(work) {
    this.#problem.textContent = "";
    try {
      await work();
    } catch (error) {
      this.#problem.textContent = /** @type {Error} */ (error).message;
    }
  }
}
