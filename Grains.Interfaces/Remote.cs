namespace OrleansChat.Grains.Interfaces;

/// <summary>
/// Calls into the cluster. Whatever breaks one (a node that died, a time limit, an activation that stepped down, a
/// storage that is away) comes to the same for the caller: nobody knows whether it took effect, and a repeat may succeed.
/// </summary>
public static class Remote
{
    public static Refusal NoAnswer { get; } = Refusal.Unavailable("The node that has this did not answer; try again.");

    public static async Task<Answer<T>> Answer<T>(Task<Answer<T>> call)
    {
        try
        {
            return await call;
        }
        catch (Exception)
        {
            return NoAnswer;
        }
    }

    /// <exception cref="UnavailableException">The call broke.</exception>
    public static async Task<T> Call<T>(Task<T> call)
    {
        try
        {
            return await call;
        }
        catch (Exception e)
        {
            throw Unavailable(e);
        }
    }

    /// <exception cref="UnavailableException">The call broke.</exception>
    public static async Task Call(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception e)
        {
            throw Unavailable(e);
        }
    }

    private static UnavailableException Unavailable(Exception e) => new($"A call into the cluster failed: {e.Message}", e);
}
