using System.Globalization;
using OrleansChat.Tests.Deploy;

namespace OrleansChat.Tests.Cluster.Deploy;

/// <summary>
/// A systemd of the test's own, the first process of its own namespaces (see <c>boot-systemd.sh</c>), that knows the
/// units of this repository and no others. The program and the settings lie where the units look for them.
/// </summary>
internal sealed class Systemd : IAsyncDisposable
{
    private const string Program = "/lib/systemd/systemd";
    private static readonly TimeSpan BootsWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>What stands where a whole system has its own.</summary>
    private static readonly string[] Targets = ["nodes", "sysinit", "basic", "network-online", "multi-user", "shutdown"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-systemd-");
    private RunningProgram? box;
    private string first = "";

    /// <summary>Boots it, with these files in <c>/etc/orleanschat</c>. If there are any in <c>tls</c>, nodes take them.</summary>
    public static async Task<Systemd> Boot(IReadOnlyDictionary<string, string> settings)
    {
        // It is kept apart from the machine, but it is a system's first process and runs as root: nobody should meet it unasked.
        Packages.Need(Environment.GetEnvironmentVariable("CHAT_CI") == "1", "a systemd of the test's own is booted only with CHAT_CI=1");
        Packages.Need(Program, "systemd");
        Packages.Need("/usr/bin/curl", "curl");
        Packages.Need(Environment.UserName == "root", "namespaces for a systemd of one's own take root");
        var systemd = new Systemd();
        try
        {
            systemd.Write(settings);
            await systemd.Begin();
            return systemd;
        }
        catch
        {
            await systemd.DisposeAsync();
            throw;
        }
    }

    private void Write(IReadOnlyDictionary<string, string> settings)
    {
        var units = folder.CreateSubdirectory("units");
        foreach (var target in Targets) File.WriteAllText(Path.Combine(units.FullName, $"{target}.target"), "[Unit]\nDefaultDependencies=no\n");
        File.Copy(DeployFolder.File("systemd/orleanschat@.service"), Path.Combine(units.FullName, "orleanschat@.service"));
        // There is no journal: what a node says goes where a failed test can read it.
        var added = units.CreateSubdirectory("orleanschat@.service.d");
        File.WriteAllText(Path.Combine(added.FullName, "log.conf"), "[Service]\nStandardOutput=append:/run/node-%i.log\nStandardError=inherit\n");

        foreach (var (name, text) in settings)
        {
            var file = new FileInfo(Path.Combine(folder.FullName, "settings", name));
            file.Directory!.Create();
            File.WriteAllText(file.FullName, text);
            if (!OperatingSystem.IsWindows()) file.UnixFileMode = UnixFileMode.UserRead; // root's
        }

        if (settings.Keys.Any(name => name.StartsWith("tls/", StringComparison.Ordinal)))
        {
            File.Copy(DeployFolder.File("systemd/tls.conf"), Path.Combine(added.FullName, "tls.conf"));
        }

        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "program"), AppContext.BaseDirectory);
    }

    private async Task Begin()
    {
        box = new RunningProgram("sh", [DeployFolder.File("../Tests.Cluster/Deploy/boot-systemd.sh"), folder.FullName,
            $"{Program} --system --unit=nodes.target --log-target=console --show-status=no"]);
        await box.Until(async () =>
        {
            first = (await File.ReadAllTextAsync($"/proc/{box.Id}/task/{box.Id}/children")).Trim();
            return first.Length > 0 && !first.Contains(' ', StringComparison.Ordinal) && (await Within("systemctl", "is-active", "nodes.target")).Code == 0;
        }, BootsWithin);
    }

    public Task<(int Code, string Said)> Start(string unit) => Within("systemctl", "start", unit);

    public Task<(int Code, string Said)> Stop(string unit) => Within("systemctl", "stop", unit);

    public Task<(int Code, string Said)> Kill(string unit) => Within("systemctl", "kill", "--signal=KILL", "--kill-who=main", unit);

    /// <summary>A property of a unit, such as <c>NRestarts</c>.</summary>
    public async Task<string> Show(string unit, string property) => (await Within("systemctl", "show", "--value", $"--property={property}", unit)).Said.Trim();

    public async Task<int> MainProcess(string unit) => int.Parse(await Show(unit, "MainPID"), CultureInfo.InvariantCulture);

    /// <summary>A file as it is in there.</summary>
    public async Task<string> Read(string path) => (await Within("cat", path)).Said;

    public async Task<string> Log(int node) => (await Within("sh", "-c", $"systemctl status --no-pager orleanschat@{node}; tail -n 30 /run/node-{node}.log")).Said;

    private Task<(int Code, string Said)> Within(params string[] command) =>
        RunningProgram.Run("nsenter", ["--target", first, "--mount", "--pid", "--root", "--wd=/", .. command], within: Patience);

    public async ValueTask DisposeAsync()
    {
        if (box is not null)
        {
            var remove = $"! find /sys/fs/cgroup -depth -type d -path '*/chat-test-{box.Id}*' -exec rmdir {{}} + 2>&1 | grep .";
            await box.DisposeAsync();
            // The kernel ends all that is within, but not at once; until then its groups cannot be removed.
            await new Waiting(Patience).Until(async () => (await RunningProgram.Run("sh", ["-c", remove])).Code == 0);
        }

        folder.Delete(recursive: true);
    }
}
