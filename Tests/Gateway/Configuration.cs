using System.Diagnostics;
using OrleansChat.Gateway;

namespace OrleansChat.Tests.Gateway;

/// <summary>A configuration that cannot be is one sentence that names the key and the remedy, and exit code 1.</summary>
public sealed class Configuration
{
    [Fact]
    public void The_defaults_are_without_fault() => Assert.Empty(new ChatOptions().Faults());

    [Theory]
    [InlineData("Chat:Storage=", "say sqlite:PATH")]
    [InlineData("Chat:Origins:0=chat.example.org", "write it as https://host")]
    [InlineData("Chat:Origins:0=https://chat.example.org/page", "write it as https://host")]
    [InlineData("Chat:TrustedProxies:0=proxy", "write an address")]
    [InlineData("Chat:TrustedProxies:0=10.0.0.0/99", "write an address")]
    [InlineData("Chat:Guests:Refused:0=dance", "no operation of the protocol")]
    [InlineData("Chat:SessionLifetime=00:00:00", "days.hours:minutes:seconds")]
    [InlineData("Chat:Limits:Frame=1", "at least 1024")]
    [InlineData("Chat:Limits:Text=0", "at least 1")]
    [InlineData("Chat:Limits:Rooms=0", "at least 1")]
    [InlineData("Chat:Limits:OperationsPerSecond=0", "at least")]
    [InlineData("Chat:Limits:OperationsAtOnce=0", "at least 1")]
    [InlineData("Chat:Limits:UserOperationsPerSecond=-1", "at least")]
    [InlineData("Chat:Limits:UserOperationsAtOnce=0", "at least 1")]
    [InlineData("Chat:Limits:Warnings=0", "at least 1")]
    [InlineData("Chat:Limits:RoomsCreatedPerHour=0", "at least 1")]
    [InlineData("Chat:Limits:ConnectionsPerAddress=0", "at least 1")]
    [InlineData("Chat:Limits:SignInsPerMinute=0", "at least 1")]
    [InlineData("Chat:Limits:Outbox=100", "at least 65536")]
    [InlineData("Chat:Limits:InFlight=0", "at least 1")]
    [InlineData("Chat:Limits:Hello=00:00:00", "such as 00:00:10")]
    [InlineData("Chat:Limits:Hello=10:00:00", "such as 00:00:10")]
    [InlineData("Chat:Limits:Ping=-00:00:01", "such as 00:00:10")]
    [InlineData("Chat:Alerts:Room=the alarms", "such as alerts")]
    [InlineData("Chat:Alerts:Room=dm:ada+bob", "such as alerts")]
    [InlineData("Chat:Alerts:Author=guest-alerts", "such as node-alerts")]
    [InlineData("Chat:Alerts:Load=-1", "from 0")]
    [InlineData("Chat:Alerts:Memory=10", "to 1")]
    [InlineData("Chat:Alerts:Temperature=1000", "to 200")]
    [InlineData("Chat:Alerts:Lost=00:00:02", "from 00:00:10")]
    [InlineData("Chat:Limits:Text=many", "Int32")]
    [InlineData("Chat:Guests:Allowed=perhaps", "Boolean")]
    public async Task A_value_that_cannot_be_is_named_with_its_remedy(string setting, string remedy)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => ChatServer.Start(setting));
        var key = setting[..setting.IndexOf('=', StringComparison.Ordinal)];
        if (key.EndsWith(":0", StringComparison.Ordinal)) key = key[..^2];
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_not_passed_over()
    {
        var fault = await Assert.ThrowsAsync<ConfigurationException>(() => ChatServer.Start("Chat:Limits:Txet=5"));
        Assert.Contains("'Txet'", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Chat:Storage=nonsense", "Chat:Storage", "sqlite:PATH")]
    [InlineData("--Chat:Limits:Text=0", "Chat:Limits:Text", "at least 1")]
    [InlineData("--urls=nonsense", "urls", "whose port is free")]
    public async Task The_server_does_not_start_says_why_and_exits_with_1(string argument, string key, string remedy)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OrleansChat.Gateway.dll"), "--Chat:Storage=memory:", argument])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        var (said, printed) = (server.StandardError.ReadToEndAsync(), server.StandardOutput.ReadToEndAsync());
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        try
        {
            await server.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!server.HasExited) server.Kill();
        }

        var sentence = (await said).Trim();
        Assert.Equal(1, server.ExitCode);
        Assert.Contains(key, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(remedy, sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain("OrleansChat is at", await printed, StringComparison.Ordinal);
    }
}
