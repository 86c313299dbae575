// @ts-check
import { el } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { explain, words } from "../../words.js";

/** @typedef {import("../../protocol.js").Role} Role */

/**
 * What somebody is in a room, to be chosen anew. What is refused is taken back, and said.
 * @param {import("../../chat.js").Chat} chat @param {import("../../room.js").Room} room
 * @param {import("../../protocol.js").Member} member @param {Record<string, any>} [props]
 */
export function rolePicker(chat, room, member, props = {}) {
  const picker = el("select", { ...props, "data-user": member.user, on: { change: () => give() } },
    ...["owner", "moderator", "member"].map(role => el("option", { value: role, selected: role === member.role, text: words.members[/** @type {Role} */ (role)] })));
  const problem = el("span", { class: "problem", role: "alert" });

  async function give() {
    problem.textContent = "";
    try {
      await chat.membership.role(room.id, member.user, /** @type {Role} */ (picker.value));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      picker.value = member.role;
      problem.textContent = error.code === "conflict" ? words.roomSettings.lastOwner : explain(error);
    }
  }
  return el("span", { class: "role-picker" }, picker, problem);
}
