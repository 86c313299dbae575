using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Gateway.Hooks;

/// <summary>The secrets of tokens and webhooks are shown once. They are in no file, in no log, in no trace, and in no answer after the first.</summary>
public sealed class Secrets
{
    [Fact]
    public async Task No_secret_is_in_the_storages_files_in_logs_or_in_traces()
    {
        await using var place = new SqlitePlace();
        await using var receiver = await Receiver.Start();
        var log = new Diary();
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name != "System.Net.Http", // the test's own requests
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        };
        var server = await ChatServer.Start(
            services => services.AddSingleton<ILoggerProvider>(log),
            $"Chat:Storage=sqlite:{place.File}", "Chat:Hooks:AllowPrivate=true", "Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft=Trace");
        await using (server)
        {
            var ada = await server.Enter("ada");
            var room = await ada.NewRoom();
            await ada.DisposeAsync();
            var token = (await server.Post("/api/v1/tokens", """{"name":"bot","scopes":["read","post"]}""", ada.Token)).Body.GetProperty("token").GetString()!;
            var (incoming, path) = await server.NewHook(room, ada.Token);
            var (_, signing) = await server.NewHook(room, ada.Token, receiver.Address);
            var secret = path.Split('/')[^1];
            string[] secrets = [token, secret, signing, signing["whsec_".Length..], token["oc_".Length..]];

            ActivitySource.AddActivityListener(listener); // from here on the answers show no secret
            var answers = new StringBuilder();
            foreach (var answer in new[]
            {
                await server.Get("/api/v1/rooms", token), await server.Get("/api/v1/tokens", ada.Token), await server.Get($"/api/v1/rooms/{room}/hooks", ada.Token),
                await server.Say(path, """{"text":"Hello"}"""), await server.Say(path, "{"), await server.Say($"{path}/", "x"), await server.Say($"{path}%20", "x"),
                await server.Say(path.ToUpperInvariant(), "x"), await server.Send(HttpMethod.Get, path), await server.Say($"/api/v1/hooks/nobody/{secret}", "x"),
                await server.Send(HttpMethod.Delete, path, token), await server.Post("/api/v1/password", "{}", token), await server.Get($"{path}?x=1"),
            })
            {
                answers.Append(answer.Body.ValueKind is JsonValueKind.Undefined ? "" : answer.Body.GetRawText());
            }

            await using (await Person.Enter(server, token)) await receiver.Next();
            foreach (var known in secrets)
            {
                Assert.DoesNotContain(known, answers.ToString(), StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(log.Pages, page => page.Contains(known, StringComparison.OrdinalIgnoreCase));
                Assert.DoesNotContain(spans, span => span.Contains(known, StringComparison.OrdinalIgnoreCase));
                foreach (var bytes in place.Bytes()) Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(known)) < 0, "A secret lies in the storage.");
            }

            // They would have been seen: the requests are in the log and among the spans, and the webhook is in the file.
            Assert.Contains(log.Pages, page => page.Contains($"/api/v1/hooks/{incoming}/-", StringComparison.Ordinal));
            Assert.Contains(spans, span => span.Contains("HttpRequestIn", StringComparison.Ordinal));
            Assert.Contains(place.Bytes(), bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(incoming)) >= 0);
        }

        foreach (var bytes in place.Bytes()) Assert.NotEmpty(bytes);
    }

    /// <summary>All that is logged, with its scopes.</summary>
    private sealed class Diary : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<string> Pages { get; } = new();

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => new Pen(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Pen(Diary diary, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => diary.scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var page = new StringBuilder($"{category} {formatter(state, exception)} {exception}");
                Write(state);
                diary.scopes.ForEachScope((scope, _) => Write(scope), 0);
                diary.Pages.Enqueue(page.ToString());

                void Write(object? what) => page.Append(' ').AppendJoin(' ', what is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs : [new("", what)]);
            }
        }
    }
}
