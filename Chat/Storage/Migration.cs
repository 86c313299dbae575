using System.Globalization;

namespace OrleansChat.Storage;

/// <summary>
/// One numbered step of a schema, forward only. The steps of a database are the files
/// <c>Migrations/{database}/NNNN-title.sql</c>, numbered from 1 without a hole.
/// </summary>
internal sealed record Migration(int Number, string Title, string Sql)
{
    /// <summary>The steps that a schema of version <paramref name="found"/> still needs, in order.</summary>
    /// <param name="where">The database for people, to be named where it is too new.</param>
    /// <exception cref="StorageTooNewException">The schema is ahead of this program.</exception>
    public static IReadOnlyList<Migration> After(int found, string database, string where)
    {
        var all = All(database);
        return found <= all.Count ? all[found..] : throw new StorageTooNewException(where, found, all.Count);
    }

    private static List<Migration> All(string database)
    {
        var assembly = typeof(Migration).Assembly;
        var folder = $"{nameof(OrleansChat)}.{nameof(Storage)}.Migrations.{database}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name, name[folder.Length..]))];

        Migration Read(string resource, string file)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            return new(int.Parse(file[..4], CultureInfo.InvariantCulture), file[5..^".sql".Length], reader.ReadToEnd());
        }
    }
}
