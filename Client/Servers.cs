namespace OrleansChat.Client;

/// <summary>The servers that a client knows, and the one that it talks with now.</summary>
/// <param name="http">For accounts, in place of the present server's own address.</param>
internal sealed class Servers(IReadOnlyList<Uri> all, HttpClient? http) : IDisposable
{
    private int at;
    private HttpClient? own; // of the present server

    public Uri Present => all[at];

    /// <summary>Where accounts sign in.</summary>
    public ChatAccounts Accounts => new(http ?? (own ??= new() { BaseAddress = new($"{(Present.Scheme is "wss" or "https" ? "https" : "http")}://{Present.Authority}") }));

    /// <summary>Turns to the next server; false if there is no other.</summary>
    public bool Next()
    {
        if (all.Count == 1) return false;
        at = (at + 1) % all.Count;
        own?.Dispose();
        own = null;
        return true;
    }

    public void Dispose() => own?.Dispose();
}
