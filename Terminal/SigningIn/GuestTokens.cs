using System.Security.Cryptography;
using System.Text;

namespace OrleansChat.Terminal.SigningIn;

/// <summary>
/// The way back for guests: whoever comes again under the same name to the same server is the same guest. One small file
/// for each, readable to nobody else.
/// </summary>
internal sealed class GuestTokens(string folder)
{
    /// <summary>In the user's own configuration, such as <c>~/.config/orleanschat/guests</c>.</summary>
    public static GuestTokens OfUser() => new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "orleanschat", "guests"));

    public string? Find(Uri server, string name)
    {
        try
        {
            return File.ReadAllText(Place(server, name)).Trim() is { Length: > 0 } token ? token : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // nobody came this way before
        }
    }

    /// <summary>False where it could not be kept: one is a new guest the next time.</summary>
    public bool Keep(Uri server, string name, string token)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var place = Place(server, name);
            var fresh = $"{place}.{Environment.ProcessId}";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new StreamWriter(fresh, Encoding.UTF8, options)) file.Write(token);
            File.Move(fresh, place, overwrite: true); // whoever reads meanwhile reads the whole of one of them
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A name may hold any character, a file's name may not.</summary>
    private string Place(Uri server, string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{server.Authority}{server.AbsolutePath.TrimEnd('/')}\n{name}"));
        return Path.Combine(folder, $"{server.Host}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}");
    }
}
