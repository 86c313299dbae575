using Orleans.Configuration;

namespace OrleansChat.Silo.Hosting;

/// <summary>
/// Orleans' settings where its defaults do not fit a chat: they wait long, find out late that a node is dead, and bound
/// neither messages nor queues.
/// </summary>
internal static class OrleansSettings
{
    /// <summary>Somebody waits for the answer in front of a screen; after that they hear <c>unavailable</c>, and their program tries again.</summary>
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer is a page of history (256 KiB of text), the largest message a batch of 500 commands.</summary>
    private const int MaxMessage = 16 * 1024 * 1024, MaxHeader = 64 * 1024;

    /// <summary>A grain behind by more requests than this refuses: its callers hear so at once instead of after the time limit.</summary>
    private const int MaxRequests = 10_000;

    /// <summary>How often a call may be sent on to where a room has moved: more than Orleans' two, since a rolling restart moves it as often as there are nodes.</summary>
    private const int Forwards = 5;

    /// <summary>Percent of the processor from which a silo turns away gateways' calls, so that it can still prove that it lives.</summary>
    private const int Overload = 95;

    /// <summary>A room that nobody holds open or asks for makes place after this time.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(2);

    /// <summary>How often a gateway looks which silos there are.</summary>
    private static readonly TimeSpan GatewayLook = TimeSpan.FromSeconds(5);

    public static void ConfigureForChat(this ISiloBuilder silo)
    {
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            Bound(messaging);
            messaging.MaxEnqueuedRequestsHardLimit = MaxRequests;
            messaging.MaxForwardCount = Forwards;
        });
        silo.Configure<ClusterMembershipOptions>(DetectFailures);
        silo.Configure<LoadSheddingOptions>(shedding => (shedding.LoadSheddingEnabled, shedding.CpuThreshold) = (true, Overload));
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = Quiet;
            collection.CollectionQuantum = Quiet / 4;
            collection.ActivationTimeout = collection.DeactivationTimeout = Answer;
        });
    }

    public static void ConfigureForChat(this IClientBuilder client)
    {
        client.Configure<ClientMessagingOptions>(Bound);
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayLook);
    }

    private static void Bound(MessagingOptions messaging)
    {
        messaging.ResponseTimeout = Answer;
        messaging.MaxMessageBodySize = MaxMessage;
        messaging.MaxMessageHeaderSize = MaxHeader;
    }

    /// <summary>
    /// A node is asked every 1.5 s whether it lives; after three silences two others must agree that it does not. So a
    /// killed one is found out in about five seconds, and a node that is merely busy (a garbage collection, a full
    /// processor, a moved virtual machine) has more than four to say a word. Orleans' defaults need fifteen seconds.
    /// See docs/decisions/0007-faults.md.
    /// </summary>
    private static void DetectFailures(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1.5);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 2;
        membership.EnableIndirectProbes = false; // these time out together with the node that they go through: one that hangs is never found out
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(1);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
    }
}
