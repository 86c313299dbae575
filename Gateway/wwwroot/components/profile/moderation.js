// @ts-check
import { isBot } from "../../bot.js";
import { ask } from "../../dialog.js";
import { el, icon, isolated } from "../../element.js";
import { mayOwn, mayRemove } from "../../rights.js";
import { words } from "../../words.js";
import { rolePicker } from "./role.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */

/**
 * What an owner or a moderator may do with somebody; in a room of many, perhaps with a member whom this page has not
 * loaded. Null where there is nothing.
 * @param {Chat} chat @param {Room} room @param {string} user
 * @param {(work: Promise<any>) => Promise<boolean>} attempt says what was refused
 * @param {() => void} done
 */
export function moderation(chat, room, user, attempt, done) {
  const member = room.members?.get(user);
  const owning = member && !isBot(user) && mayOwn(chat.me, room);
  const removing = mayRemove(chat.me, room, member?.role ?? "member");
  if (!owning && !removing) return null;
  return el("section", { class: "profile-moderation" }, el("h3", { text: words.profile.moderate }),
    owning && el("label", { class: "field" }, el("span", { text: words.profile.role }), rolePicker(chat, room, member)),
    removing && el("div", { class: "profile-buttons" },
      (member || room.moreMembers) && button("door", words.profile.kick, "kick"), button("slash", words.profile.ban, "ban")));

  /** @param {"door" | "slash"} sign @param {string} text @param {"kick" | "ban"} how */
  function button(sign, text, how) {
    return el("button", { type: "button", class: "grave", on: { click: () => remove(how) } }, icon(sign), text);
  }

  /** @param {"kick" | "ban"} how */
  async function remove(how) {
    const [name, place] = [isolated(chat.people.name(user)), isolated(room.name)];
    const answer = await ask({
      ...how === "ban" ? { title: words.profile.banTitle(name, place), text: words.profile.banText, yes: words.profile.ban }
        : { title: words.profile.kickTitle(name, place), text: words.profile.kickText, yes: words.profile.doKick },
      more: el("label", { class: "field" }, el("span", { text: words.profile.reason }), el("input", { name: "reason", maxlength: "100", dir: "auto", autocomplete: "off" })),
      grave: true,
    });
    if (answer && await attempt(chat.membership[how](room.id, user, String(answer.get("reason")).trim()))) done();
  }
}
