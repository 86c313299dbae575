namespace OrleansChat.Client;

/// <summary>A connection to a chat server.</summary>
public sealed class ChatClient
{
}
