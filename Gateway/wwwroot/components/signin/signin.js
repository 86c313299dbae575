// @ts-check
import { el } from "../../element.js";
import { recall, send } from "../../session.js";
import { words } from "../../words.js";

/** @typedef {"guest" | "account" | "register"} Mode */
/** @typedef {(credentials: { token?: string, guest?: string }, guest: boolean) => void} Enter */

/** The card at the door: a name first, accounts second. */
export class SignIn {
  /** @type {Mode} */ #mode = "guest";
  #name = "";
  #problem = "";

  /** @param {HTMLElement} root @param {Enter} enter */
  constructor(root, enter) {
    this.root = root;
    this.enter = enter;
  }

  /** @param {string} [problem] why one is at the door again @param {string} [name] who one was */
  show(problem = "", name = "") {
    this.#problem = problem;
    this.#name = name || this.#name;
    this.root.hidden = false;
    this.#draw();
  }

  /** The server does not answer yet; the line tries again by itself. */
  wait() {
    this.root.hidden = false;
    this.root.replaceChildren(el("main", { class: "signin-card", role: "status" },
      el("img", { src: "icon.svg", alt: "", width: "52", height: "52" }),
      el("h1", { text: words.signin.wait }), el("p", { class: "lead", text: words.signin.unreachable })));
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  #draw() {
    const mode = this.#mode;
    const said = words.signin[mode];
    const problem = el("p", { class: "problem", role: "alert", text: this.#problem });
    const submit = el("button", { class: "primary", text: said.submit });
    const form = el("form", { class: "signin-form", on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
      ...this.#fields(), problem, submit);
    const title = el("h1", { text: said.title });
    this.root.replaceChildren(el("main", { class: "signin-card" },
      el("img", { src: "icon.svg", alt: "", width: "52", height: "52" }),
      title, el("p", { class: "lead", text: said.lead }), form, this.#otherWays()));
    form.querySelector("input")?.focus();
  }

  #fields() {
    const name = field("name", words.signin.name, { autocomplete: "nickname", maxlength: "100", value: this.#name, dir: "auto", placeholder: "Ada" });
    if (this.#mode === "guest") return [name];
    const user = field("user", words.signin.user, {
      autocomplete: "username", autocapitalize: "none", spellcheck: "false", minlength: "2", maxlength: "32",
      pattern: "[a-z0-9][a-z0-9_.\\-]*", title: words.signin.userRule,
    });
    const password = field("password", words.signin.password, {
      type: "password", autocomplete: this.#mode === "register" ? "new-password" : "current-password",
    });
    return this.#mode === "register" ? [name, user, password] : [user, password];
  }

  #otherWays() {
    const way = /** @param {Mode} mode @param {string} text */ (mode, text) =>
      el("button", { type: "button", class: "link", text, on: { click: () => this.#turnTo(mode) } });
    return el("p", { class: "other-ways" }, ...({
      guest: [way("account", words.signin.signIn), words.signin.or, way("register", words.signin.createAccount)],
      account: [way("guest", words.signin.asGuest), words.signin.or, way("register", words.signin.createAccount)],
      register: [way("account", words.signin.haveAccount), words.signin.or, way("guest", words.signin.orAsGuest)],
    })[this.#mode]);
  }

  /** @param {Mode} mode */
  #turnTo(mode) {
    this.#mode = mode;
    this.#problem = "";
    this.#draw();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button.primary"));
    const value = /** @param {string} name */ name => String(new FormData(form).get(name) ?? "").trim();
    const [name, user] = [value("name"), value("user")];
    const password = String(new FormData(form).get("password") ?? "");
    if (this.#mode === "guest" && !name) return;
    this.#name = name;
    button.disabled = true;
    if (this.#mode === "guest") {
      const before = recall(); // by the same name one comes back as the same guest
      return this.enter(before?.guest && before.name === name ? { token: before.token } : { guest: name }, true);
    }
    try {
      const { token } = await (this.#mode === "register" ? send("register", { user, name, password }) : send("login", { user, password }));
      this.#mode = "account"; // for the next time
      this.enter({ token }, false);
    } catch (error) {
      button.disabled = false;
      /** @type {HTMLElement} */ (form.querySelector(".problem")).textContent = /** @type {Error} */ (error).message;
    }
  }
}

/** @param {string} name @param {string} label @param {Record<string, string>} props */
function field(name, label, props) {
  return el("label", { class: "field" }, el("span", { text: label }), el("input", { name, required: true, ...props }));
}
