// ASP.NET Core SignalR with its groups, as its documentation shows: JSON, the default options. Nothing is kept.
// OrleansChat.SignalR PORT
using Microsoft.AspNetCore.SignalR;

var builder = WebApplication.CreateBuilder();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSignalR();

var app = builder.Build();
app.MapGet("/", () => Results.Content("<!doctype html><title>Chat</title><p>SignalR is up.", "text/html"));
app.MapHub<RoomHub>("/chat");
app.Run();

internal sealed class RoomHub : Hub
{
    public Task Join(string room) => Groups.AddToGroupAsync(Context.ConnectionId, room);

    public Task Post(string room, string text) => Clients.Group(room).SendAsync("message", text);
}
