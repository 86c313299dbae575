// @ts-check
import { openDialog } from "../../dialog.js";
import { el } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { explain, words } from "../../words.js";

/** A new room: its name, from which its address follows until somebody writes another one. @param {import("../../chat.js").Chat} chat @param {string} wanted a name to begin with @param {(room: string) => void} open */
export function createRoom(chat, wanted, open) {
  const name = el("input", { name: "name", required: true, maxlength: "100", dir: "auto", autocomplete: "off", placeholder: words.rooms.namePlaceholder, value: wanted });
  const id = el("input", {
    name: "id", required: true, maxlength: "64", pattern: "[a-z0-9][a-z0-9\\-]*", title: words.rooms.addressShape,
    autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-describedby": "creation-hint creation-problem",
  });
  const problem = el("p", { class: "problem", id: "creation-problem", role: "alert" });
  const create = el("button", { class: "primary", text: words.rooms.doCreate });
  const spare = `room-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`; // for names of other letters
  let own = false;
  let lost = ""; // the address whose answer was lost

  const follow = () => {
    if (!own) id.value = name.value.trim() ? idOf(name.value) || spare : "";
    forgive();
  };
  const forgive = () => {
    problem.textContent = "";
    id.removeAttribute("aria-invalid");
  };
  name.addEventListener("input", follow);
  id.addEventListener("input", () => {
    own = id.value !== "";
    forgive();
  });

  const form = el("form", { class: "creation", on: { submit: (/** @type {Event} */ event) => submit(event) } },
    el("label", { class: "field" }, el("span", { text: words.rooms.name }), name),
    el("div", { class: "field" }, el("label", {}, el("span", { text: words.rooms.address }), el("span", { class: "prefixed" }, el("span", { "aria-hidden": "true", text: "#" }), id)),
      problem, el("small", { id: "creation-hint", text: words.rooms.addressHint })),
    el("label", { class: "field" }, el("span", {}, words.rooms.topic, " ", el("small", { text: `(${words.rooms.optional})` })), el("input", { name: "topic", maxlength: "500", dir: "auto", autocomplete: "off" })),
    el("label", { class: "choice" }, el("input", { type: "checkbox", name: "private" }),
      el("span", {}, words.rooms.isPrivate, el("small", { text: words.rooms.privateHint }))),
    el("div", { class: "dialog-buttons" }, create));
  const dialog = openDialog(words.rooms.create, "create-room", form);
  name.focus();
  follow();

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    const data = new FormData(form);
    create.disabled = true;
    try {
      await chat.membership.create(id.value, name.value.trim(), String(data.get("topic")).trim(), data.get("private") ? "private" : "public");
      enter();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.code === "conflict" && id.value === lost && chat.rooms.has(lost)) return enter(); // it was created all the same
      if (error.passing) lost = id.value;
      problem.textContent = error.code === "conflict" ? words.rooms.taken : explain(error);
      if (error.code === "conflict") id.setAttribute("aria-invalid", "true");
      id.focus();
      id.select();
    } finally {
      create.disabled = false;
    }
  }

  function enter() {
    dialog.close();
    open(id.value);
  }
}

/** A room's address from its name: what an address may have of it. @param {string} name */
function idOf(name) {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 64).replace(/-+$/, "");
}
