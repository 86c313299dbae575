using Orleans.Concurrency;
using OrleansChat.Grains.Interfaces.Users;
using OrleansChat.Users;

namespace OrleansChat.Grains.Users;

/// <summary>A <see cref="User"/> whose object lives in the cluster.</summary>
/// <remarks>
/// Reentrant: while a removal waits for the user's rooms, those rooms tell this same user what they lost; and nobody's
/// status waits for a storage.
/// </remarks>
[Reentrant]
public sealed class UserGrain(IGrainContext context, GrainHost host) : User(UserId.Parse(context.GrainId.Key.ToString()!), host), IUserGrain, IGrainBase
{
    public IGrainContext GrainContext => context;
}
