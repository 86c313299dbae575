namespace OrleansChat.Bench.Peers;

/// <summary>A yardstick: one loop in C around epoll, the least that a broadcast over WebSocket can cost here.</summary>
public sealed class EpollPeer : PathPeer
{
    private static readonly string program = Repository.Path("Bench", "Servers", "epoll", "bin", "broadcaster");

    private string version = "";

    public override string Name => "epoll in C";

    public override string Version => version;

    public override async Task<string?> Prepare()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        var built = await Repository.Run("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, Repository.Path("Bench", "Servers", "epoll", "broadcaster.c"));
        version = "gcc " + (await Repository.Run("gcc", "-dumpfullversion")).Output.Trim();
        return built.Ok ? null : $"apt-get install gcc libc6-dev; the compiler said: {built.Output}";
    }

    public override Task<ServerProcess> Start(string folder, int port) => ServerProcess.Start(folder, port, program, [$"{port}"]);
}
