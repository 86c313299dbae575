namespace OrleansChat.Tests.Deploy;

/// <summary>What tests of <c>deploy</c> need of the machine.</summary>
public static class Packages
{
    /// <summary>Skips the test where a program is missing, with the name of its package; fails it with CHAT_CI=1.</summary>
    /// <param name="program">The full path; <c>*</c> may stand for one folder.</param>
    public static void Need(string program, string package) => Need(IsThere(program), $"install the Debian package {package}");

    public static void Need(bool isThere, string missing)
    {
        if (isThere) return;
        if (Environment.GetEnvironmentVariable("CHAT_CI") == "1") Assert.Fail(missing);
        Assert.Skip(missing);
    }

    private static bool IsThere(string program)
    {
        var parts = program.Split("/*/");
        return parts is [var folder, var rest]
            ? Directory.Exists(folder) && Directory.GetDirectories(folder).Any(version => File.Exists(Path.Combine(version, rest)))
            : File.Exists(program);
    }
}
