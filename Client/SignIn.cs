namespace OrleansChat.Client;

/// <summary>As whom a <see cref="ChatClient"/> speaks.</summary>
public abstract record SignIn
{
    /// <summary>A guest. With the token of an earlier visit the same guest comes back, if the server still knows them.</summary>
    public sealed record Guest(string Name, string? Token = null) : SignIn;

    /// <summary>An account, by a token from signing in elsewhere. When it runs out the client stops.</summary>
    public sealed record Bearer(string Token) : SignIn;

    /// <summary>An account, by its password: the client fetches tokens itself, whenever it needs one.</summary>
    public sealed record Account(string User, string Password) : SignIn;

    /// <summary>Only the kind: secrets must not end up in a log.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>What a client presents at <c>hello</c>, and what becomes of it when the server does not accept it.</summary>
internal sealed class Identity(SignIn who)
{
    private string? token = who switch
    {
        SignIn.Guest guest => guest.Token,
        SignIn.Bearer bearer => bearer.Token,
        _ => null,
    };

    private bool known; // the server has accepted this identity before

    public string? GuestToken => who is SignIn.Guest ? token : null;

    /// <summary>A token, or the name of a guest who has none yet.</summary>
    /// <param name="accounts">Where passwords are taken.</param>
    public async Task<(string? Token, string? Guest)> Present(ChatAccounts accounts, CancellationToken cancel)
    {
        if (who is SignIn.Account account) token ??= (await accounts.Login(account.User, account.Password, cancel)).Token;
        return (token, token is null && who is SignIn.Guest guest ? guest.Name : null);
    }

    public void Accepted(HelloAnswer welcome)
    {
        known = true;
        token = welcome.Token ?? token;
    }

    /// <summary>
    /// The token is worth nothing (any more). True if there is another way in: a password, or a guest's name as long
    /// as nobody knows them. A known guest does not become somebody else behind the program's back: their keys and
    /// rooms belong to who they were.
    /// </summary>
    public bool Rejected()
    {
        var another = token is not null && (who is SignIn.Account || (who is SignIn.Guest && !known));
        token = null;
        return another;
    }
}
