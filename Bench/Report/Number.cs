using System.Globalization;

namespace OrleansChat.Bench.Report;

/// <summary>Numbers as one reads them: three digits, and no more than are known.</summary>
internal static class Number
{
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 1e6 => $"{Digits(value / 1e6)} M",
        >= 1e4 => $"{Digits(value / 1e3)} k",
        _ => Digits(value),
    };

    /// <summary>A ratio, such as 3.4 ×.</summary>
    public static string Times(double ratio) => $"{Digits(ratio)} ×";

    private static string Digits(double value) => value.ToString(Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", >= 1 => "N2", _ => "0.###" }, CultureInfo.InvariantCulture);
}
