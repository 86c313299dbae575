// @ts-check
import { addressOf, placeOf } from "./address.js";
import { Chat } from "./chat.js";
import { recall, remember, send } from "./session.js";
import { words } from "./words.js";
import { Banner } from "./components/banner/banner.js";
import { SignIn } from "./components/signin/signin.js";
import { RoomList } from "./components/rooms/rooms.js";
import { Conversation } from "./components/messages/conversation.js";
import { MemberList } from "./components/members/members.js";
import { drafts } from "./drafts.js";
import { outbox } from "./outbox.js";
import { wishOf } from "./shortcuts.js";

/** @typedef {import("./protocol.js").Welcome} Welcome */
/** @typedef {import("./panels.js").Panels} Panels */

const LOBBY = "lobby";
const place = /** @param {string} id */ id => /** @type {HTMLElement} */ (document.getElementById(id));
const narrow = matchMedia("(max-width: 47.99em)"); // one column, as in style.css
const drawn = matchMedia("(max-width: 68.74em)"); // the members lie over the conversation

const signin = new SignIn(place("signin"), enter);
const known = recall();
if (known) enter({ token: known.token }, known.guest);
else signin.show();

/** Comes in, with a token or as a new guest. @param {{ token?: string, guest?: string }} credentials @param {boolean} guest */
function enter(credentials, guest) {
  let arrived = false;
  let { token } = credentials;
  const chat = new Chat(credentials, welcomed, stopped);
  /** What opens over the page is fetched when it is first wanted. @type {Panels | null} */
  let panels = null;
  /** What was wanted last: a slower fetch does not open what was asked for before. @type {((panels: Panels) => void) | null} */
  let wanted = null;
  const parts = [
    new Banner(place("banner"), chat),
    new RoomList(place("rooms"), chat, {
      browse: () => over(panel => panel.browse.show()), jump: () => over(panel => panel.switcher.show()), search, settings: () => over(panel => panel.settings.show()),
    }),
    new Conversation(place("room"), chat, {
      back: () => go(""), members: toggleMembers, search, settings: () => over(panel => panel.room.show()),
    }),
    new MemberList(place("members"), chat, {
      profile: user => chat.profile(user), invite: () => over(panel => panel.room.show(true)), close: toggleMembers,
    }),
    { update: /** @param {Set<import("./chat.js").Topic>} topics */ topics => panels?.update(topics) },
  ];
  chat.listen(topics => {
    if (!arrived && chat.line.state === "waiting") signin.wait();
    for (const part of parts) part.update(topics);
    document.title = chat.notices.title();
  });
  document.addEventListener("visibilitychange", () => (document.title = chat.notices.title()), { signal: chat.ended });
  addEventListener("hashchange", follow, { signal: chat.ended });
  addEventListener("click", followAgain, { signal: chat.ended });
  addEventListener("keydown", key, { signal: chat.ended });
  place("room").addEventListener("click", closeDrawer, { signal: chat.ended, capture: true });

  chat.profile = user => over(panel => panel.profile.show(user));

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "Escape") closeDrawer();
    const wish = wishOf(event);
    if (!wish) return;
    event.preventDefault();
    void over(panel => panel.grant(wish));
  }

  /** @param {(panels: Panels) => void} show */
  async function over(show) {
    wanted = show;
    const module = await import("./panels.js").catch(() => null);
    if (chat.ended.aborted) return;
    if (!module) return chat.say(words.errors.offline); // the next wish tries again
    panels ??= new module.Panels(chat, place("search"), { open: go, left: () => go(narrow.matches || chat.rooms.size === 0 ? "" : favourite()), signOut, search });
    if (wanted === show) show(panels);
  }

  /** @param {Welcome} welcome */
  function welcomed(welcome) {
    const latest = welcome.token ?? token ?? "";
    if (!arrived || recall()?.token === token) remember({ token: latest, name: welcome.user.name, guest }); // another tab may have come in anew
    token = latest;
    if (arrived) return;
    arrived = true;
    signin.hide();
    place("chat").hidden = false;
    if (location.hash.length > 1) follow();
    else go(favourite());
  }

  /** The room to show first: the one where something happened last, or the lobby. */
  function favourite() {
    const latest = [...chat.rooms.values()].sort((a, b) => b.last.localeCompare(a.last))[0];
    return latest?.id ?? LOBBY;
  }

  /** The address names the open room, so that a reload and the back button lead where they should. */
  function follow() {
    const { room, seq } = placeOf(location.hash);
    place("chat").dataset.view = room ? "room" : "rooms";
    closeDrawer();
    if (room) void chat.show(room, seq);
  }

  /** A link to where one is already changes no address. @param {MouseEvent} event */
  function followAgain(event) {
    const link = event.target instanceof Element && event.target.closest("a");
    if (link && link.getAttribute("href") === location.hash) follow();
  }

  /** @param {string} id */
  function go(id) {
    const hash = id ? addressOf(id) : "#";
    if (location.hash === hash || (!id && location.hash === "")) follow();
    else location.hash = hash;
  }

  function toggleMembers() {
    const chatPlace = place("chat");
    const shown = getComputedStyle(place("members")).display !== "none";
    panels?.search.close(); // it stands in the same place
    chatPlace.dataset.members = shown ? "closed" : "open";
    const next = place(shown ? "room" : "members");
    if (!shown || place("members").contains(document.activeElement)) {
      /** @type {HTMLElement | null} */ (next.querySelector(shown ? "[data-toggles=members]" : ".members-close"))?.focus();
    }
  }

  function search() {
    if (drawn.matches) place("chat").dataset.members = "closed";
    void over(panel => panel.search.show());
  }

  /** @param {Event} [event] */
  function closeDrawer(event) {
    if (!drawn.matches || !(panels?.search.shown || place("chat").dataset.members === "open")) return;
    event?.stopPropagation(); // a press beside the drawer closes it and does nothing else
    if (panels?.search.shown) panels.search.close();
    else toggleMembers();
  }

  async function signOut() {
    if (recall()?.token === token) remember(null);
    drafts.clear();
    outbox.clear();
    leave();
    signin.show();
    if (token) await send("logout", {}, token).catch(() => {}); // the token is forgotten here in any case
  }

  /** @param {import("./protocol.js").ChatError} why */
  function stopped(why) {
    const before = recall();
    if (why.code === "unauthenticated" && before?.token === token) remember(null);
    leave();
    signin.show(why.code === "unauthenticated" && !arrived ? "" : why.message, before?.name);
  }

  function leave() {
    chat.stop();
    panels?.close();
    place("chat").hidden = true;
    for (const id of ["banner", "rooms", "room", "members", "search"]) place(id).replaceChildren();
    history.replaceState(null, "", location.pathname);
    document.title = "OrleansChat";
  }
}
