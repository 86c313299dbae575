// @ts-check
import { el } from "./element.js";
import { ChatError } from "./protocol.js";
import { askNode, openOperatorPages, recall } from "./session.js";
import { ChatSocket } from "./socket.js";
import { explain, words } from "./words.js";
import { Nodes } from "./components/nodes/nodes.js";
import { Readings } from "./components/nodes/readings.js";

const place = /** @param {string} id */ id => /** @type {HTMLElement} */ (document.getElementById(id));
document.title = `${words.nodes.title} · OrleansChat`;
place("places").setAttribute("aria-label", words.nodes.places);
const known = recall();
if (known && !known.guest) watch(known.token);
else refuse(words.nodes.signInFirst);

/** @param {string} token */
function watch(token) {
  const readings = new Readings();
  const nodes = new Nodes(place("nodes"), readings);
  const drawing = setInterval(() => nodes.update(), 1_000); // silence is news too
  const socket = new ChatSocket({ token }, {
    marks: () => ({}),
    welcomed: () => void begin(),
    pushed: push => {
      if (push.ev !== "metrics") return;
      readings.take(push.nodes ?? [], Date.now());
      nodes.update();
      void recollect();
    },
    changed: line => nodes.say(line.state),
    stopped: why => {
      clearInterval(drawing);
      nodes.stop();
      refuse(why.code === "forbidden" ? words.nodes.administratorsOnly : explain(why));
    },
  });
  let opened = false;

  /** What was before this page was opened, or while it could not hear. */
  async function recollect() {
    for (const node of readings.wanted(Date.now())) {
      const hour = await askNode(node, token).catch(() => null); // asked for again with one of the next readings
      if (hour) readings.fill(hour, Date.now());
      nodes.update();
    }
  }

  async function begin() {
    try {
      await socket.call("watch", { topic: "metrics" });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.passing) socket.resync(); // asked again over the next connection
      else socket.stop(error);
      return;
    }
    if (opened) return;
    opened = true;
    showPlaces(await openOperatorPages(token).catch(() => [])); // without them this page is still worth showing
  }
}

/** @param {{ name: string, path: string }[]} pages */
function showPlaces(pages) {
  place("places").replaceChildren(...pages.map(({ name, path }) => el("a", { href: path, text: name })), el("a", { href: "./", text: words.nodes.chat }));
}

/** @param {string} why */
function refuse(why) {
  place("places").replaceChildren();
  place("nodes").replaceChildren(el("div", { class: "nodes-refusal", role: "alert" },
    el("h1", { text: words.nodes.title }), el("p", { text: why }), el("a", { href: "./", text: words.nodes.toChat })));
}
