using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Hooks;
using OrleansChat.Gateway.Http;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Plain;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Gateway.Users;
using OrleansChat.Hooks;
using OrleansChat.Nodes;
using OrleansChat.Storage;

namespace OrleansChat.Gateway;

/// <summary>What every edge adds and maps, whichever engine is behind it.</summary>
public static class GatewayHost
{
    private static readonly TimeSpan ShutdownWithin = TimeSpan.FromSeconds(9);

    /// <summary>The configuration section <c>Chat</c>, checked: a value that cannot be is a <see cref="ConfigurationException"/>.</summary>
    public static ChatOptions AddChatOptions(this WebApplicationBuilder builder)
    {
        var options = new ChatOptions();
        try
        {
            // A misspelt key would leave its default in force unseen.
            builder.Configuration.GetSection(ChatOptions.Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"The section '{ChatOptions.Section}' has a key or value that cannot be: {e.Message} See the settings in README.md.");
        }

        if (options.Faults().FirstOrDefault() is { } fault) throw new ConfigurationException(fault);
        builder.Services.AddSingleton(Options.Create(options));
        return options;
    }

    public static void AddStorage(this WebApplicationBuilder builder, ChatOptions options) =>
        builder.Services.AddSingleton(_ => Storages.Create(options.Storage));

    /// <summary>The engine of one process: rooms and users live here.</summary>
    public static void AddLocalChat(this WebApplicationBuilder builder, ChatOptions options) =>
        builder.Services.AddSingleton<IChat>(services => new LocalChat(
            services.GetRequiredService<IStorage>(),
            options.Limits.ForRooms(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<LocalChat>>(),
            options.Alerts.Settings is not { } alerts ? null : rooms => new(
                alerts,
                services.GetRequiredService<IStorage>(),
                rooms,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<AlertDesk>>())));

    /// <summary>The edge: sockets, HTTP, identity, limits, and the page.</summary>
    public static void AddGateway(this WebApplicationBuilder builder, ChatOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        Telemetry.Check(builder.Configuration);
        services.AddRunning<Telemetry>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.Limits.Frame;
            kestrel.Limits.RequestHeadersTimeout = options.Limits.Hello;
        });
        services.AddSingleton<IConnectionListenerFactory, SocketTransport>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownWithin);

        services.AddSingleton<Dispatch>();
        services.AddSingleton<Edge>();
        services.AddSingleton<ChatEndpoint>();
        services.AddSingleton<SocketTraffic>();
        services.AddSingleton<UserRates>();
        services.AddSingleton<Addresses>();
        services.AddSingleton(provider => new NodeReader(options.Node, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<NodeWatchers>();
        services.AddSingleton<ChatMeter>();
        services.AddSingleton<NodeMeter>();
        services.AddSingleton<EdgeMeter>();
        services.AddRunning<OpenRooms>();
        services.AddRunning<OpenUsers>();
        services.AddRunning<NodeReporter>();
        services.AddHostedService<Sweeper>();
        services.AddHooks();
        services.AddRunning<OpenSockets>();

        services.AddIdentity();
        services.AddSignInRate(options.Limits);
        services.AddTrustedProxies(options.TrustedProxies);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.AllowDuplicateProperties = false;
        });
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", Problems.Word(Problems.CodeOf(context.HttpContext.Response.StatusCode))));
        services.AddHealthChecks().AddCheck<StorageCheck>("storage").AddCheck<GoingDownCheck>("going-down");
        services.AddOpenApi();
    }

    /// <summary>Plain TCP, where it has a port.</summary>
    public static void AddPlain(this WebApplicationBuilder builder, ChatOptions options)
    {
        if (options.Plain.Port is null) return;
        builder.Services.AddSingleton<SocketTransportFactory>();
        builder.Services.AddRunning<PlainListener>();
    }

    public static void MapGateway(this WebApplication app)
    {
        app.Services.GetRequiredService<ChatMeter>();
        app.Services.GetRequiredService<NodeMeter>();
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseChatSockets("/ws");
        app.LeavePollingThreads();
        app.UseAuthentication(); // said here, it does not stand before the sockets
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is UnavailableException ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.UseOperatorPages();
        app.UsePageFiles();
        app.UseRateLimiter();

        var api = app.MapGroup("/api/v1");
        api.MapAccounts();
        api.MapTokens();
        api.MapRooms();
        api.MapHooks();
        api.MapOperatorSignIn();
        app.MapOperators();
        app.MapOpenApi();
    }

    /// <summary>A node that is no edge has a door for operators only: health and metrics.</summary>
    public static void MapWithoutEdge(this WebApplication app)
    {
        app.Services.GetRequiredService<ChatMeter>();
        app.Services.GetRequiredService<NodeMeter>();
        app.MapOperators();
    }

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddAuthentication().AddBearerToken(BearerTokenDefaults.AuthenticationScheme);
        services.AddDataProtection().SetApplicationName("OrleansChat");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            keys => keys.XmlRepository = new KeysInStorage(provider.GetRequiredService<IStorage>())));
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<Tokens>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<OperatorCookie>();
    }

    private static void AddHooks(this IServiceCollection services)
    {
        services.AddSingleton<HookKeys>();
        services.AddSingleton<RoomHooks>();
        services.AddSingleton<HookSender>();
        services.AddRunning<HookDeliveries>();
        services.AddSingleton<IHttpContextFactory, HookAddresses>();
    }

    /// <summary>Guessing passwords is slow from any one address.</summary>
    private static void AddSignInRate(this IServiceCollection services, ChatLimits limits) => services.AddRateLimiter(limiter =>
    {
        limiter.AddPolicy(AccountRoutes.SignInRate, http => limits.Enabled
            ? RateLimitPartition.GetFixedWindowLimiter(Addresses.Network(http.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = limits.SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter(IPAddress.None));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            await Problems.Of(Refusal.RateLimited("Too many sign-ins from your address.", wait)).ExecuteAsync(rejected.HttpContext);
        };
    });

    private static void AddTrustedProxies(this IServiceCollection services, string[] proxies) => services.Configure<ForwardedHeadersOptions>(forwarded =>
    {
        forwarded.ForwardedHeaders = proxies.Length == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) forwarded.KnownProxies.Add(address);
            else forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        }
    });

    private static void UseSecurityHeaders(this WebApplication app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(http);
    });

    private static void AddRunning<T>(this IServiceCollection services) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}

/// <summary>The configuration cannot be used: the message names the key and the remedy.</summary>
public sealed class ConfigurationException(string message) : Exception(message);
