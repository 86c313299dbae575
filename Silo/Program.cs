using OrleansChat.Gateway;
using OrleansChat.Silo;
using OrleansChat.Silo.Hosting;

// A node of the cluster: a silo, an edge, or both.
return await Startup.Run(() =>
{
    var builder = Startup.CreateBuilder(args, NodeOptions.DefaultUrl);
    var node = builder.AddNodeOptions();
    var options = builder.AddChatOptions();
    builder.AddStorage(options);
    if (node.Roles.HasFlag(Roles.Silo)) builder.AddSilo(node, options);
    else builder.AddClusterClient(node, options);
    builder.AddClusterChat(node, options);
    builder.AddGateway(options);
    if (node.Roles.HasFlag(Roles.Gateway)) builder.AddPlain(options);

    var app = builder.Build();
    app.MapNode(node);
    return app;
}, otherPorts: " (or Cluster:SiloPort and Cluster:ClientPort, or --node for the next ones)");
