using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// The opening handshake, over HTTP/1.1 (RFC 6455, section 4.2) and HTTP/2 (RFC 8441, a CONNECT request: the route must
/// let both methods through). No extension is agreed on. Whose pages may connect is not decided here.
/// </summary>
public sealed class WebSocketHandshake
{
    public const string Subprotocol = "chat.v1";

    private const string Version = "13";
    private const string AcceptSalt = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 1.3

    private readonly HttpContext http;
    private readonly IHttpExtendedConnectFeature? connect;

    public WebSocketHandshake(HttpContext http)
    {
        this.http = http;
        var connect = http.Features.Get<IHttpExtendedConnectFeature>();
        this.connect = connect is { IsExtendedConnect: true } ? connect : null;
        Refusal = Check();
    }

    /// <summary>Why the request does not become a socket; null when it may.</summary>
    public HandshakeRefusal? Refusal { get; }

    /// <summary>Answers a request that does not become a socket.</summary>
    public Task Refuse()
    {
        var refusal = Refusal ?? throw new InvalidOperationException("There is nothing to refuse.");
        if (refusal.Status == StatusCodes.Status426UpgradeRequired)
        {
            // A Connection header belongs to HTTP/1.1 alone; there, 426 must name what to upgrade to (RFC 9110, 15.5.22).
            if (HttpProtocol.IsHttp11(http.Request.Protocol))
            {
                http.Response.Headers.Connection = "Upgrade";
                http.Response.Headers.Upgrade = "websocket";
            }

            http.Response.Headers.SecWebSocketVersion = Version;
        }

        return TypedResults.Problem(
            refusal.Detail,
            statusCode: refusal.Status,
            extensions: [new("code", "bad_request")]).ExecuteAsync(http);
    }

    /// <summary>Accepts, and gives the connection's two-way stream. It lives as long as the request does.</summary>
    public async Task<Stream> Accept()
    {
        if (Refusal is not null) throw new InvalidOperationException(Refusal.Detail);
        // How slow a reader may be is ruled by the outbox and by pings; the server's least rate would reset the
        // connection after seconds in which a phone sleeps.
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate) rate.MinDataRate = null;
        http.Response.Headers.SecWebSocketProtocol = Subprotocol;
        if (connect is not null) return await connect.AcceptAsync();
        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.SecWebSocketAccept = AcceptOf(http.Request.Headers.SecWebSocketKey.ToString());
        return await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private HandshakeRefusal? Check()
    {
        var headers = http.Request.Headers;
        var refusal = connect is null ? CheckUpgrade() : CheckConnect(connect);
        if (refusal is not null) return refusal;
        if (headers.SecWebSocketVersion.ToString() != Version)
        {
            return new(StatusCodes.Status426UpgradeRequired, $"This server speaks version {Version} of the WebSocket protocol.");
        }

        if (connect is null && !IsKey(headers.SecWebSocketKey.ToString()))
        {
            return new(StatusCodes.Status400BadRequest, "Sec-WebSocket-Key must be 16 bytes in base64.");
        }

        return Lists(headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol"), Subprotocol, StringComparison.Ordinal)
            ? null
            : new(StatusCodes.Status400BadRequest, $"Offer the subprotocol {Subprotocol} in Sec-WebSocket-Protocol.");
    }

    private HandshakeRefusal? CheckUpgrade()
    {
        var headers = http.Request.Headers;
        if (!Lists(headers.GetCommaSeparatedValues("Upgrade"), "websocket", StringComparison.OrdinalIgnoreCase)
            || !Lists(headers.GetCommaSeparatedValues("Connection"), "Upgrade", StringComparison.OrdinalIgnoreCase)
            || http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
        {
            return new(StatusCodes.Status426UpgradeRequired, "Open a WebSocket here: GET with Connection: Upgrade and Upgrade: websocket.");
        }

        return HttpMethods.IsGet(http.Request.Method)
            ? null
            : new(StatusCodes.Status400BadRequest, "A WebSocket is opened with GET.");
    }

    private static HandshakeRefusal? CheckConnect(IHttpExtendedConnectFeature connect) =>
        string.Equals(connect.Protocol, "websocket", StringComparison.OrdinalIgnoreCase)
            ? null
            : new(StatusCodes.Status400BadRequest, "The only protocol to connect with here is websocket.");

    private static bool Lists(string[] values, string wanted, StringComparison comparison) =>
        values.Any(value => value.Equals(wanted, comparison));

    private static bool IsKey(string key) => key.Length == 24 && Base64.IsValid(key, out var length) && length == 16;

    private static string AcceptOf(string key) =>
#pragma warning disable CA5350 // SHA-1 is what the protocol asks for; it protects nothing here.
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSalt)));
#pragma warning restore CA5350
}

/// <summary>Why a request does not become a socket: an HTTP status and a sentence.</summary>
public sealed record HandshakeRefusal(int Status, string Detail);
