namespace OrleansChat.Storage;

/// <summary>The keys that protect tokens, kept here so that every node accepts every node's tokens.</summary>
public interface IKeyRing
{
    /// <summary>All keys, as the XML of the framework's data protection.</summary>
    Task<IReadOnlyList<string>> ReadKeys();

    Task AddKey(string name, string xml);
}
