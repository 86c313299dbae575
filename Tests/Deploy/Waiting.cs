using System.Diagnostics;

namespace OrleansChat.Tests.Deploy;

/// <summary>A bounded wait for what another process does in its own time.</summary>
internal sealed class Waiting(TimeSpan patience)
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    public async Task Until(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            Assert.True(since.Elapsed < patience, "It did not come to it.");
            await Task.Delay(50);
        }
    }
}
