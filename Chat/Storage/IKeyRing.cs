namespace OrleansChat.Storage;

/// <summary>The keys that protect tokens, kept here so that every node accepts every node's tokens.</summary>
public interface IKeyRing
{
    /// <summary>All keys, in the order of their names: the XML of the framework's data protection, and of webhooks.</summary>
    Task<IReadOnlyList<string>> ReadKeys();

    Task AddKey(string name, string xml);

    /// <summary>Adds a key where there is none of this name yet, and gives the one that there is: the same to every node.</summary>
    Task<string> KeepKey(string name, string xml);
}
