// @ts-check
import { ask, focusNext } from "../../dialog.js";
import { el, isolated, nameOf } from "../../element.js";
import { recall, send } from "../../session.js";
import { agoOf, whenOf } from "../../times.js";
import { words } from "../../words.js";
import { once } from "../hooks/once.js";

/** @typedef {{ id: string, name: string, scopes: ("read" | "post" | "rooms" | "admin")[], created: string, lastUsed?: string, expires?: string }} Token */

/** Tokens with which programs speak for one. A guest has none. @param {import("../../chat.js").Chat} chat */
export function apiTokens(chat) {
  if (!chat.me || chat.me.guest) return null;
  const list = el("ul", { class: "people-list" });
  const shown = el("div");
  const problem = el("p", { class: "problem", role: "alert" });
  const form = el("form", { class: "hooks-form", on: { submit: (/** @type {Event} */ event) => make(event) } },
    el("label", { class: "field" }, el("span", { text: words.tokens.name }), el("input", { name: "name", required: true, maxlength: "100", dir: "auto", autocomplete: "off" })),
    el("fieldset", { class: "choices" }, el("legend", { text: words.tokens.scopes }),
      ...["read", "post", "rooms", ...chat.me.admin ? ["admin"] : []].map(scope => el("label", { class: "choice" },
        el("input", { type: "checkbox", name: "scopes", value: scope, checked: scope === "read" }),
        el("span", { text: words.tokens[/** @type {Token["scopes"][number]} */ (scope)] })))),
    el("label", { class: "field" }, el("span", { text: words.tokens.ends }),
      el("select", { name: "days" }, ...[30, 90, 365].map(days => el("option", { value: String(days), text: words.tokens.days(days) })), el("option", { value: "", text: words.tokens.never }))),
    el("div", { class: "dialog-buttons" }, el("button", { text: words.tokens.make })));
  const root = el("details", { class: "password", on: { toggle: () => root.open && attempt(load) } },
    el("summary", { text: words.tokens.title }), el("p", { class: "soft", text: words.tokens.about }), list, shown, form, problem);
  return el("section", { class: "settings-part" }, root);

  async function load() {
    const { tokens } = await send("tokens", undefined, recall()?.token, "GET");
    list.replaceChildren(.../** @type {Token[]} */ (tokens).map(token => el("li", { class: "people-row" },
      el("span", { class: "people-name hook-words" }, nameOf(token.name), el("small", { text: about(token) })),
      el("button", { type: "button", class: "grave", text: words.hooks.revoke, "aria-label": words.hooks.revokeOf(token.name), on: { click: () => revoke(token) } }))));
  }

  /** @param {Token} token */
  function about({ scopes, lastUsed, expires }) {
    return [scopes.join(", "), lastUsed ? words.tokens.used(agoOf(lastUsed)) : words.tokens.unused, expires ? words.tokens.until(whenOf(expires)) : ""].filter(Boolean).join(" · ");
  }

  /** @param {Event} event */
  function make(event) {
    event.preventDefault();
    const data = new FormData(form);
    return attempt(async () => {
      const days = Number(data.get("days")) || undefined;
      const made = await send("tokens", { name: String(data.get("name")).trim(), scopes: data.getAll("scopes"), days }, recall()?.token);
      const secret = once(words.tokens.token, made.token);
      shown.replaceChildren(secret.root);
      form.reset();
      secret.focus();
      await load();
    });
  }

  /** @param {Token} token */
  async function revoke(token) {
    if (!await ask({ title: words.hooks.revokeTitle(isolated(token.name)), text: words.tokens.revokeText, yes: words.hooks.revoke, grave: true })) return;
    await attempt(async () => {
      await send(`tokens/${token.id}`, {}, recall()?.token, "DELETE");
      shown.replaceChildren();
      await load();
      focusNext(list);
    });
  }

  /** @param {() => Promise<void>} work */
  async function attempt(work) {
    problem.textContent = "";
    try {
      await work();
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  }
}
