namespace OrleansChat.Nodes;

/// <summary>The machine's numbers from our driver's device (<c>deploy/driver</c>), all of one moment.</summary>
/// <param name="path">The device.</param>
public sealed class DeviceSource(string path)
{
    public const string Name = "device";

    /// <summary>
    /// A device that is there and not for us (its group is another) is asked again after so many readings, a minute: an
    /// exception every two seconds would be the dearest part of a reading.
    /// </summary>
    private const int Rest = 30;

    private readonly TextBuffer buffer = new();
    private int resting;

    /// <summary>
    /// False where there is no device, or none that is for us, or its text is of a version that we do not know. The
    /// driver may be loaded and unloaded at any time, so it is asked anew each time.
    /// </summary>
    public bool Fill(NodeCounters counters)
    {
        if (resting > 0)
        {
            resting--;
            return false;
        }

        if (!File.Exists(path)) return false; // cheaper than the exception
        try
        {
            using var snapshot = KernelFile.Open(path); // the moment is that of the first read
            return DeviceText.Fill(buffer.Read(snapshot), counters);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            resting = Rest;
            return false;
        }
    }
}
