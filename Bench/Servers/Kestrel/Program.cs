// A bare WebSocket broadcaster on Kestrel, without any chat in it: the yardstick for the framework's own WebSocket.
// A room is the path. What one sends goes to all in the room, the sender too. OrleansChat.Kestrel PORT
using OrleansChat.Kestrel;

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
builder.Logging.SetMinimumLevel(LogLevel.Warning);

var rooms = new Rooms();
var app = builder.Build();
app.UseWebSockets();
app.Map("/{room}", async (string room, HttpContext context) =>
{
    if (!context.WebSockets.IsWebSocketRequest)
    {
        context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
        return;
    }

    await new Member(rooms.Room(room)).Stay(context.WebSockets, app.Lifetime.ApplicationStopping);
});
app.Run();
