// Socket.IO with its rooms. What one posts goes to all in the room, the sender too. WebSocket only, since the load
// speaks nothing else; the first request is let go, as its page on memory advises. Nothing is kept.
// NODE_ENV=production node socketio.mjs PORT
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });
io.engine.on('connection', connection => { connection.request = null; });

io.on('connection', socket => {
  socket.on('join', (room, entered) => {
    socket.join(room);
    entered();
  });
  socket.on('post', (room, text) => io.to(room).emit('message', text));
});

http.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
