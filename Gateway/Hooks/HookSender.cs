using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrleansChat.Gateway.Operations;
using OrleansChat.Hooks;
using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Hooks;

/// <summary>How a delivery went; without an error it arrived.</summary>
/// <param name="Error">A sentence for people, without the address, which may have secrets of its own.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone.</param>
/// <param name="Gone">The other side says that it is no more.</param>
internal sealed record Sent(string? Error = null, TimeSpan? RetryAfter = null, bool Gone = false);

/// <summary>Sends events as signed requests, by the Standard Webhooks (standardwebhooks.com).</summary>
internal sealed class HookSender : IDisposable
{
    private readonly HookKeys keys;
    private readonly TimeProvider time;
    private readonly HttpClient http;

    public HookSender(HookKeys keys, IOptions<ChatOptions> options, TimeProvider time)
    {
        (this.keys, this.time) = (keys, time);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,                      // our traces are nobody else's
            MaxResponseDrainSize = 1024,                           // what it answers is not read
            MaxResponseHeadersLength = 16,                         // KiB
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),    // then its name is looked up again
        };
        if (!options.Value.Hooks.AllowPrivate) handler.ConnectCallback = PublicAddresses.Connect;
        http = new(handler) { Timeout = options.Value.Hooks.Timeout };
    }

    /// <summary>Sends events as one request.</summary>
    /// <param name="id">The same whenever the same events are sent again.</param>
    public async Task<Sent> Send(Hook hook, string id, IReadOnlyList<RoomEvent> events, CancellationToken cancel)
    {
        using var request = await Request(hook, id, events);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return Read(response);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new(Explain(e));
        }
    }

    private async Task<HttpRequestMessage> Request(Hook hook, string id, IReadOnlyList<RoomEvent> events)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new EventsPush(hook.Room, events), WireJson.Wire.EventsPush);
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. content];

        var request = new HttpRequestMessage(HttpMethod.Post, hook.Outgoing!.Url) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("OrleansChat", null));
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at);
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(await keys.KeyOf(hook.Id), signed))}");
        return request;
    }

    private Sent Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode) return new();
        var after = response.Headers.RetryAfter is { } retry ? retry.Delta ?? retry.Date - time.GetUtcNow() : null;
        return status is >= 300 and < 400
            ? new($"It answered {status} and points elsewhere, which is not followed.")
            : new($"It answered {status}.", after, response.StatusCode is HttpStatusCode.Gone);
    }

    private string Explain(Exception e) => e switch
    {
        OperationCanceledException => $"It did not answer within {http.Timeout.TotalSeconds} s.",
        HttpRequestException { InnerException: PrivateAddressException } or PrivateAddressException => "Its address is inside, and webhooks go to the internet only (Chat:Hooks:AllowPrivate).",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "Its name is not known.",
        HttpRequestException { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound } } => "Its name is not known.",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate is not to be trusted, or it speaks no TLS.",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "It could not be reached.",
        _ => "The connection broke before it answered.",
    };

    public void Dispose() => http.Dispose();
}
