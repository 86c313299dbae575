using OrleansChat.Gateway.Hooks;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Plain;

namespace OrleansChat.Gateway;

/// <summary>The configuration section <c>Chat</c>: appsettings.json, environment (<c>Chat__Storage</c>) or command line (<c>--Chat:Storage=…</c>).</summary>
public sealed class ChatOptions
{
    public const string Section = "Chat";

    /// <summary><c>sqlite:PATH</c>, <c>postgres:CONNECTION STRING</c> or <c>memory:</c>.</summary>
    public string Storage { get; set; } = "sqlite:chat.db";

    public GuestOptions Guests { get; set; } = new();

    public ChatLimits Limits { get; set; } = new();

    public HookOptions Hooks { get; set; } = new();

    public PlainOptions Plain { get; set; } = new();

    /// <summary>Origins besides the server's own from which pages may connect: <c>https://chat.example.org</c>.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Whether <c>/metrics</c> is open to anyone; otherwise it takes an administrator's token.</summary>
    public bool PublicMetrics { get; set; } = true;

    /// <summary>How long a sign-in lasts.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>This node's name, in metrics.</summary>
    public string Node { get; set; } = Environment.MachineName.ToLowerInvariant();

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(Storage)) yield return "Chat:Storage is empty; say sqlite:PATH, postgres:CONNECTION STRING or memory:.";
        foreach (var origin in Origins.Where(o => !Uri.TryCreate(o, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != o.TrimEnd('/')))
        {
            yield return $"Chat:Origins has '{origin}', which is no origin; write it as https://host or https://host:port.";
        }

        foreach (var proxy in TrustedProxies.Where(p => !System.Net.IPAddress.TryParse(p, out _) && !System.Net.IPNetwork.TryParse(p, out _)))
        {
            yield return $"Chat:TrustedProxies has '{proxy}'; write an address (10.0.0.1) or a network (10.0.0.0/8).";
        }

        foreach (var word in Guests.Refused.Where(word => !Operations.Operation.Names.Contains(word)))
        {
            yield return $"Chat:Guests:Refused has '{word}', which is no operation of the protocol.";
        }

        if (SessionLifetime <= TimeSpan.Zero) yield return "Chat:SessionLifetime is not positive; write days.hours:minutes:seconds, such as 30.00:00:00.";
        foreach (var fault in Plain.Faults().Concat(Hooks.Faults()).Concat(Limits.Faults())) yield return fault;
    }
}

/// <summary>People without an account.</summary>
public sealed class GuestOptions
{
    public bool Allowed { get; set; } = true;

    /// <summary>Operations that guests may not do: <c>["create", "dm"]</c>.</summary>
    public string[] Refused { get; set; } = [];
}
