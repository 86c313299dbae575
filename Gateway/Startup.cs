using Microsoft.Extensions.Configuration.Memory;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Plain;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway;

/// <summary>From the command line to the end, as every server of this house goes through it.</summary>
public static class Startup
{
    private const string DefaultUrl = "http://localhost:8080";

    /// <summary>Logs a failed start with a stack trace, where <see cref="Run"/> says it in a sentence.</summary>
    private const string HostLog = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>What is logged unless an operator wants more.</summary>
    private static readonly Dictionary<string, string?> QuietFramework = new()
    {
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
        ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = nameof(LogLevel.Error), // the keys lie in the storage, as they should
    };

    private static bool started;

    /// <summary>A builder whose page lies beside the program, so that it may be started from anywhere.</summary>
    /// <param name="defaultUrl">Where it listens unless it is told; port 8080 unless given.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, Func<IConfiguration, string>? defaultUrl = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddDefaults(QuietFramework);
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null && builder.Configuration["https_ports"] is null
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(defaultUrl?.Invoke(builder.Configuration) ?? DefaultUrl);
        }

        builder.Logging.AddFilter(HostLog, level => started && level >= LogLevel.Warning);
        return builder;
    }

    /// <summary>Values for keys that nothing else sets.</summary>
    public static void AddDefaults(this ConfigurationManager configuration, IReadOnlyDictionary<string, string?> values) =>
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = values });

    /// <summary>Runs <paramref name="build"/>'s server to its end. What an operator must mend is one sentence and exit code 1.</summary>
    /// <param name="otherPorts">The keys of further ports that it listens at, for the sentence.</param>
    public static async Task<int> Run(Func<WebApplication> build, string? otherPorts = null)
    {
        try
        {
            await using var app = build();
            var storage = app.Services.GetRequiredService<IStorage>();
            await storage.Open();
            var password = await app.Services.GetRequiredService<SignIn>().MakeAdministrator(UserId.Parse("admin"));
            await Listen(app, otherPorts);
            if (password is not null) Console.WriteLine($"First start: sign in as 'admin' with the password {password} (it is not shown again; change it).");
            Console.WriteLine($"OrleansChat is at {string.Join(", ", app.Urls)}, its storage is {storage.Description}");
            if (app.Services.GetService<PlainListener>() is { } plain) Console.WriteLine($"Plain TCP is at {string.Join(", ", plain.EndPoints)}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception e) when (e is ConfigurationException or StorageConfigurationException or StorageTooNewException or UnavailableException)
        {
            await Console.Error.WriteLineAsync($"OrleansChat cannot start: {e.Message}");
            return 1;
        }
    }

    private static async Task Listen(WebApplication app, string? otherPorts)
    {
        try
        {
            await app.StartAsync();
            started = true;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or FormatException or ArgumentException or InvalidOperationException)
        {
            var urls = app.Configuration["urls"] ?? DefaultUrl;
            throw new ConfigurationException($"The server cannot listen at {urls} ({e.Message}). Set urls{otherPorts} to an address of this machine whose port is free.");
        }
    }
}
