namespace OrleansChat.Tests.Deploy;

/// <summary>The repository's folder <c>deploy</c>, whose files are tried as they stand.</summary>
public static class DeployFolder
{
    private static readonly string Repository = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string File(string name) => Path.Combine(Repository, "deploy", name);

    public static string Text(string name) => System.IO.File.ReadAllText(File(name));

    /// <summary>Puts a test's own value where the text has an operator's; a text without it is no longer the one that the test knows.</summary>
    public static string With(this string text, string theirs, string ours)
    {
        Assert.Contains(theirs, text, StringComparison.Ordinal);
        return text.Replace(theirs, ours, StringComparison.Ordinal);
    }

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "OrleansChat.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run within the repository.");
    }
}
