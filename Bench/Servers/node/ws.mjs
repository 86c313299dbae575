// ws, as its README's "Server broadcast" shows, by room: a room is the path. What one sends goes to all in the room,
// the sender too. Nothing is kept.  node ws.mjs PORT
import { WebSocket, WebSocketServer } from 'ws';

/** @type {Map<string, Set<WebSocket>>} */
const rooms = new Map();

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
server.on('connection', (socket, request) => {
  const path = request.url;
  const room = rooms.get(path) ?? new Set();
  rooms.set(path, room.add(socket));

  socket.on('error', console.error);
  socket.on('close', () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(path);
  });
  socket.on('message', (text, binary) => {
    for (const client of room) {
      if (client.readyState === WebSocket.OPEN) client.send(text, { binary });
    }
  });
});
