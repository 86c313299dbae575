namespace OrleansChat.Nodes;

/// <summary>Where a machine shows its numbers.</summary>
/// <param name="Proc">The folder of <c>/proc</c>.</param>
/// <param name="Sys">The folder of <c>/sys</c>.</param>
/// <param name="Device">The file of our driver's device; null: it is not asked, even where it is there.</param>
public sealed record MachineFiles(string Proc = "/proc", string Sys = "/sys", string? Device = "/dev/chatmetrics");
