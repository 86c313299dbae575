namespace OrleansChat.Client;

/// <summary>As whom a <see cref="ChatClient"/> speaks.</summary>
public abstract record SignIn
{
    /// <summary>A guest. With the token of an earlier visit the same guest comes back, if the server still knows them.</summary>
    /// <param name="Name">What people see.</param>
    /// <param name="Token">The <see cref="ChatClient.GuestToken"/> of that visit.</param>
    public sealed record Guest(string Name, string? Token = null) : SignIn;

    /// <summary>An account, by a token from signing in elsewhere. When it runs out the client stops.</summary>
    /// <param name="Token">From <see cref="ChatAccounts.Login"/>.</param>
    public sealed record Bearer(string Token) : SignIn;

    /// <summary>An account, by its password: the client fetches tokens itself, whenever it needs one.</summary>
    /// <param name="User">The account's id.</param>
    /// <param name="Password">Its password.</param>
    public sealed record Account(string User, string Password) : SignIn;

    /// <summary>
    /// An account that is made if there is none of this id yet, and then as <see cref="Account"/>. If there is one and the
    /// password is not its own, signing in is refused with <c>conflict</c>.
    /// </summary>
    /// <param name="User">The account's id.</param>
    /// <param name="Name">What people see.</param>
    /// <param name="Password">Its password.</param>
    public sealed record NewAccount(string User, string Name, string Password) : SignIn;

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
        token ??= who switch
        {
            SignIn.Account account => (await accounts.Login(account.User, account.Password, cancel)).Token,
            SignIn.NewAccount account => (await Register(account, accounts, cancel)).Token,
            _ => null,
        };
        return (token, token is null && who is SignIn.Guest guest ? guest.Name : null);
    }

    /// <summary>A registration whose answer was lost is found done the next time: the password shows whose it is.</summary>
    private static async Task<LoginAnswer> Register(SignIn.NewAccount account, ChatAccounts accounts, CancellationToken cancel)
    {
        try
        {
            return await accounts.Register(account.User, account.Name, account.Password, cancel);
        }
        catch (ChatException taken) when (taken.Code is "conflict")
        {
            try
            {
                return await accounts.Login(account.User, account.Password, cancel);
            }
            catch (ChatException e) when (e.Code is "unauthenticated")
            {
                throw taken;
            }
        }
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
        var another = token is not null && (who is SignIn.Account or SignIn.NewAccount || (who is SignIn.Guest && !known));
        token = null;
        return another;
    }
}
