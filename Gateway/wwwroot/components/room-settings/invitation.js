// @ts-check
import { isBot } from "../../bot.js";
import { el, isolated, worded } from "../../element.js";
import { fold } from "../../fold.js";
import { ChatError } from "../../protocol.js";
import { explain, words } from "../../words.js";

/** A field for somebody's id, or the name of somebody one has met. @param {import("../../chat.js").Chat} chat @param {import("../../room.js").Room} room */
export function invitation(chat, room) {
  const known = el("datalist", { id: "invitation-known" }, ...chat.people.known()
    .filter(({ user }) => user !== chat.me?.id && !isBot(user) && !room.members?.has(user))
    .map(({ user, name }) => el("option", { value: user, text: name })));
  const who = el("input", {
    name: "user", required: true, maxlength: "100", list: known.id, autocomplete: "off", autocapitalize: "none", spellcheck: "false", dir: "auto",
    "aria-describedby": "invitation-problem", on: { input: () => say("") },
  });
  const problem = el("p", { class: "problem", id: "invitation-problem", role: "alert" });
  const done = el("p", { class: "saved", role: "status" });
  const submit = el("button", { text: words.roomSettings.doInvite });

  return el("form", { on: { submit: (/** @type {Event} */ event) => invite(event) } },
    el("h3", { text: words.roomSettings.invite }),
    el("div", { class: "field" }, el("label", {}, el("span", { text: words.roomSettings.inviteId }), el("span", { class: "with-button" }, who, submit))),
    problem, done, known);

  /** @param {Event} event */
  async function invite(event) {
    event.preventDefault();
    const wanted = who.value.trim();
    submit.disabled = true;
    say("");
    try {
      const user = idOf(wanted);
      const found = /^[a-z0-9][a-z0-9_.-]{1,31}$/.test(user) ? await chat.people.find(user) : undefined;
      if (!found) return say(words.roomSettings.nobody(isolated(wanted)));
      if (room.members?.has(user)) return say(words.roomSettings.already);
      await chat.membership.invite(room.id, user);
      who.value = "";
      done.replaceChildren(...worded(words.roomSettings.invited(isolated(found.name))));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      say(error.code === "banned" ? words.roomSettings.inviteBanned : explain(error));
    } finally {
      submit.disabled = false;
      who.focus();
    }
  }

  /** Who is meant: an id, or a name that only one person here has. @param {string} wanted */
  function idOf(wanted) {
    const id = wanted.replace(/^@/, "").toLowerCase();
    const people = chat.people.known();
    const named = people.filter(({ name }) => fold(name) === fold(wanted));
    return !people.some(({ user }) => user === id) && named.length === 1 ? named[0].user : id;
  }

  /** @param {string} why */
  function say(why) {
    problem.replaceChildren(...worded(why));
    done.textContent = "";
    if (why) who.setAttribute("aria-invalid", "true");
    else who.removeAttribute("aria-invalid");
  }
}
