using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Identity;

/// <summary>Somebody who has just come in, with the token that lets them come back.</summary>
public sealed record SignedIn(Caller Caller, string Token, DateTimeOffset Expires);

/// <summary>How people come in: by registering, with a password, or as guests.</summary>
public sealed class SignIn(IStorage storage, Tokens tokens, IOptions<ChatOptions> options, TimeProvider time)
{
    private const int MinPassword = 8;
    private const int MaxPassword = 200;

    private static readonly PasswordHasher<string> Hasher = new();
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword("", Guid.NewGuid().ToString())); // a tenth of a start

    public async Task<Answer<SignedIn>> Register(string user, string? name, string password)
    {
        if (!UserId.TryParse(user, null, out var id)) return Refusal.BadRequest("A user id is 2–32 of a–z, 0–9, '_', '.' and '-', and begins with a letter or digit.");
        if (id.IsGuest) return Refusal.BadRequest("Ids that begin with 'guest-' are for guests.");
        if (id.IsBot) return Refusal.BadRequest("Ids that begin with 'bot-' are for webhooks.");
        if (Texts.Check("name", name ?? user, 1, Texts.MaxName, out var shown) is { } badName) return badName;
        if (CheckPassword(password) is { } badPassword) return badPassword;
        return await Add(id, shown, password, admin: false) is { } account
            ? await Begin(account)
            : Refusal.Conflict($"The name '{id}' is taken.");
    }

    public async Task<Answer<SignedIn>> WithPassword(string user, string password) =>
        await Verified(user, password) is { } account ? await Begin(account) : Refusal.Unauthenticated("The name or the password is wrong.");

    public async Task<Answer<SignedIn>> AsGuest(string name)
    {
        if (!options.Value.Guests.Allowed) return Refusal.Forbidden("This server takes no guests; sign in with an account.");
        if (Texts.Check("name", name, 1, Texts.MaxName, out var shown) is { } bad) return bad;
        Account guest;
        do guest = new(UserId.NewGuest(), shown, null, false, time.GetUtcNow(), time.GetUtcNow());
        while (!await storage.AddAccount(guest));
        return await Begin(guest);
    }

    public async Task<Answer<Done>> ChangePassword(UserId user, string password, string newPassword)
    {
        if (CheckPassword(newPassword) is { } bad) return bad;
        if (await Verified(user.Value, password) is null) return Refusal.Forbidden("The present password is wrong.");
        await storage.SetPassword(user, Hasher.HashPassword(user.Value, newPassword));
        return Done.Instance;
    }

    /// <summary>Makes the administrator's account on a server that has none, and gives its password, which is told once.</summary>
    public async Task<string?> MakeAdministrator(UserId id)
    {
        if (await storage.HasAdministrator()) return null;
        var password = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(12));
        return await Add(id, "Administrator", password, admin: true) is null ? null : password;
    }

    private async Task<Account?> Add(UserId id, string name, string password, bool admin)
    {
        var account = new Account(id, name, Hasher.HashPassword(id.Value, password), admin, time.GetUtcNow(), time.GetUtcNow());
        return await storage.AddAccount(account) ? account : null;
    }

    private async Task<Account?> Verified(string user, string password)
    {
        var account = UserId.TryParse(user, null, out var id) ? await storage.FindAccount(id) : null;
        if (password.Length > MaxPassword) return null;
        // Somebody unknown costs as much time as a wrong password, so that the answer's delay names nobody.
        var nobodys = NobodysHash.Value; // made by whoever is first, known or not
        var verdict = Hasher.VerifyHashedPassword(user, account?.PasswordHash ?? nobodys, password);
        if (account?.PasswordHash is null || verdict is PasswordVerificationResult.Failed) return null;
        if (verdict is PasswordVerificationResult.SuccessRehashNeeded) await storage.SetPassword(id, Hasher.HashPassword(id.Value, password));
        return account;
    }

    private async Task<SignedIn> Begin(Account account)
    {
        var session = new Session(SessionId.New(), account.Id, time.GetUtcNow() + options.Value.SessionLifetime);
        await storage.AddSession(session);
        return new(Caller.Of(account, session.Id), tokens.Issue(session), session.Expires);
    }

    private static Refusal? CheckPassword(string password) =>
        password.Length is >= MinPassword and <= MaxPassword
            ? null
            : Refusal.BadRequest($"A password has {MinPassword}–{MaxPassword} characters.");
}
