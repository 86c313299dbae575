// @ts-check
import { el } from "./element.js";
import { ChatError } from "./protocol.js";
import { openOperatorPages, recall } from "./session.js";
import { ChatSocket } from "./socket.js";
import { NodeTable } from "./components/nodes/nodes.js";
import { Readings } from "./components/nodes/readings.js";

const place = /** @param {string} id */ id => /** @type {HTMLElement} */ (document.getElementById(id));
const known = recall();
if (known && !known.guest) watch(known.token);
else refuse("Sign in to the chat as an administrator first.");

/** @param {string} token */
function watch(token) {
  const readings = new Readings();
  const table = new NodeTable(place("nodes"), readings);
  const draw = () => table.update(Date.now());
  const drawing = setInterval(draw, 1_000); // silence is news too
  const socket = new ChatSocket({ token }, {
    marks: () => ({}),
    welcomed: () => void begin(),
    pushed: push => {
      if (push.ev !== "metrics") return;
      readings.take(push.nodes ?? [], Date.now());
      draw();
    },
    changed: line => table.say(line.state),
    stopped: why => {
      clearInterval(drawing);
      refuse(why.code === "forbidden" ? "This page is for administrators." : why.message);
    },
  });
  let opened = false;

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
  place("places").replaceChildren(...pages.map(({ name, path }) => el("a", { href: path, text: name })), el("a", { href: "./", text: "Chat" }));
}

/** @param {string} why */
function refuse(why) {
  place("places").replaceChildren();
  place("nodes").replaceChildren(el("div", { class: "nodes-refusal", role: "alert" },
    el("h1", { text: "Nodes" }), el("p", { text: why }), el("a", { href: "./", text: "Go to the chat" })));
}
