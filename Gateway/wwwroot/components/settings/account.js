// @ts-check
import { ask } from "../../dialog.js";
import { el, icon } from "../../element.js";
import { recall, send } from "../../session.js";
import { words } from "../../words.js";

/** The account: its password and its end. A guest has neither. @param {import("../../chat.js").Chat} chat */
export function account(chat) {
  const { me } = chat;
  if (!me || me.guest) return el("section", { class: "settings-part" }, el("h3", { text: words.settings.account }), el("p", { class: "soft", text: words.settings.guest }));
  const problem = el("p", { class: "problem", role: "alert" });
  return el("section", { class: "settings-part" }, el("h3", { text: words.settings.account }),
    password(),
    el("div", { class: "dialog-buttons at-start" }, el("button", { type: "button", class: "grave", on: { click: () => end() } }, icon("trash"), words.settings.delete)),
    problem);

  async function end() {
    const answer = await ask({
      title: words.settings.delete,
      text: words.settings.deleteText,
      yes: words.settings.doDelete,
      grave: true,
      more: el("label", { class: "choice" }, el("input", { type: "checkbox", name: "erase" }), el("span", { text: words.settings.deleteErase })),
      typed: me?.id,
      typedLabel: `${words.settings.deleteTyped}: ${me?.id}`,
    });
    if (!answer) return;
    try {
      await send(`users/${encodeURIComponent(me?.id ?? "")}?erase=${answer.has("erase")}`, {}, recall()?.token, "DELETE"); // then the line ends with 4010
    } catch (error) {
      problem.textContent = /** @type {Error} */ (error).message;
    }
  }
}

function password() {
  const problem = el("p", { class: "problem", role: "alert" });
  const done = el("span", { class: "saved", role: "status" });
  const form = el("form", { class: "password-form", on: { submit: (/** @type {Event} */ event) => change(event) } },
    el("label", { class: "field" }, el("span", { text: words.settings.present }), el("input", { name: "password", type: "password", required: true, autocomplete: "current-password" })),
    el("label", { class: "field" }, el("span", { text: words.settings.next }),
      el("input", { name: "next", type: "password", required: true, minlength: "8", maxlength: "200", autocomplete: "new-password", title: words.settings.passwordSize }),
      el("small", { text: words.settings.passwordHint })),
    problem,
    el("div", { class: "dialog-buttons" }, done, el("button", { text: words.settings.doPassword })));
  return el("details", { class: "password" }, el("summary", { text: words.settings.password }), form);

  /** @param {Event} event */
  async function change(event) {
    event.preventDefault();
    problem.textContent = done.textContent = "";
    const data = new FormData(form);
    try {
      await send("password", { password: data.get("password"), newPassword: data.get("next") }, recall()?.token);
      form.reset();
      done.textContent = words.settings.passwordChanged;
    } catch (error) {
      problem.textContent = /** @type {{ status?: number }} */ (error).status === 403 ? words.settings.passwordWrong : /** @type {Error} */ (error).message;
      /** @type {HTMLElement} */ (form.elements.namedItem("password")).focus();
    }
  }
}
