using OrleansChat.Gateway;
using OrleansChat.Gateway.Sockets;

// The one-process server: an edge and the embedded engine.
return await Startup.Run(() =>
{
    var builder = Startup.CreateBuilder(args);
    var options = builder.AddChatOptions();
    builder.DealOnPollingThreads();
    builder.AddStorage(options);
    builder.AddLocalChat(options);
    builder.AddGateway(options);
    builder.AddPlain(options);

    var app = builder.Build();
    app.MapGateway();
    return app;
});
