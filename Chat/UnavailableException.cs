namespace OrleansChat;

/// <summary>
/// Something that was needed did not answer, or not in time: the storage, a room's activation, a node. Whether the call
/// took effect is unknown; the same call may succeed in a moment.
/// </summary>
public class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
