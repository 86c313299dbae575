using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Storage.Memory;

namespace OrleansChat.Tests.Conformance.Local;

/// <summary>The embedded engine on storage in memory, with a clock that the test moves.</summary>
internal sealed class LocalEngine : EngineUnderTest
{
    private readonly ManualTime time = new(new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly LocalChat chat;

    private LocalEngine(FaultyStorage storage)
    {
        Storage = storage;
        chat = new(storage, new RoomLimits(), time, NullLogger<LocalChat>.Instance);
    }

    public override FaultyStorage Storage { get; }

    public static async Task<EngineUnderTest> Start()
    {
        var storage = new FaultyStorage(new MemoryStorage());
        await storage.Open();
        return new LocalEngine(storage);
    }

    public override IChat Edge(int number = 0) => chat;

    public override Task Pass(TimeSpan span)
    {
        time.Advance(span);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await chat.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
