namespace OrleansChat.Tests.Rooms;

/// <summary>A table of rights, written as the protocol writes it: a command a row, who asks for it a column.</summary>
internal static class RightsTable
{
    /// <summary>Command, who, and the expected word of every cell.</summary>
    public static TheoryData<string, string, string> Cells(string table)
    {
        var cells = new TheoryData<string, string, string>();
        var rows = table.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]).ToList();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++) cells.Add(row[0], rows[0][column], row[column]);
        }

        return cells;
    }
}
