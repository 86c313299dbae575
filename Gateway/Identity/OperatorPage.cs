namespace OrleansChat.Gateway.Identity;

/// <summary>
/// Pages for administrators that a browser opens by their address, where no page of ours can add a token to the
/// request: see <see cref="OperatorCookie"/>.
/// </summary>
/// <param name="Path">Where they begin: <c>/dashboard</c>.</param>
/// <param name="Name">What people call them.</param>
/// <param name="Policy">Their Content-Security-Policy, in the place of the chat's.</param>
public sealed record OperatorPage(string Path, string Name, string Policy);
