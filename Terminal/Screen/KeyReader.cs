using System.Text;

namespace OrleansChat.Terminal.Screen;

/// <summary>Turns what the terminal sends into keys (xterm's control sequences; bracketed paste).</summary>
internal sealed class KeyReader
{
    private const string PasteEnd = "\e[201~";
    private const int LongestPaste = 1 << 20; // characters; what no message can hold is not kept

    private readonly Decoder utf8 = Encoding.UTF8.GetDecoder();
    private StringBuilder? paste;
    private string pending = "";

    public IReadOnlyList<Key> Read(ReadOnlySpan<byte> bytes)
    {
        var chars = new char[bytes.Length + 1];
        var text = pending + new string(chars, 0, utf8.GetChars(bytes, chars, flush: false));
        var keys = new List<Key>();
        var at = 0;
        while (at < text.Length && Next(text, ref at) is { } key)
        {
            if (key.Name is not KeyName.Unknown) keys.Add(key);
        }

        pending = text[at..];
        return keys;
    }

    /// <summary>Null where the rest of a sequence has not come yet.</summary>
    private Key? Next(string text, ref int at)
    {
        if (paste is not null) return Pasted(text, ref at);
        var c = text[at];
        if (c is '\e') return Escaped(text, ref at);
        at++;
        if (c < ' ' || c is '\x7F') return Controlled(c);
        var from = at - 1;
        while (at < text.Length && text[at] >= ' ' && text[at] is not '\x7F') at++;
        return new(KeyName.Text, text[from..at]);
    }

    private static Key Controlled(char c) => c switch
    {
        '\r' => new(KeyName.Enter),
        '\n' => new(KeyName.Enter, Alt: true),
        '\t' => new(KeyName.Tab),
        '\x7F' or '\b' => new(KeyName.Backspace),
        >= '\x01' and <= '\x1A' => new(KeyName.Control, $"{(char)(c + 'a' - 1)}"),
        _ => new(KeyName.Unknown),
    };

    private Key? Escaped(string text, ref int at)
    {
        if (at + 1 == text.Length)
        {
            at++;
            return new(KeyName.Escape); // nothing follows: it is the key itself
        }

        var second = text[at + 1];
        if (second is '[' or 'O')
        {
            var end = at + 2;
            while (end < text.Length && text[end] is < '@' or > '~') end++;
            if (end == text.Length) return end - at > 32 ? Skip(ref at) : null;
            var parameters = text[(at + 2)..end];
            at = end + 1;
            return Sequence(parameters.Split(';'), text[end]);
        }

        at += 2;
        return second is '\e' ? new(KeyName.Escape)
            : second < ' ' || second is '\x7F' ? Controlled(second) with { Alt = true }
            : new(KeyName.Text, $"{second}", Alt: true);
    }

    private static Key Skip(ref int at)
    {
        at++;
        return new(KeyName.Unknown);
    }

    private Key Sequence(string[] parameters, char last)
    {
        if (last is '~' && parameters[0] is "200") paste = new();
        var name = (last, parameters[0]) switch
        {
            ('A', _) => KeyName.Up,
            ('B', _) => KeyName.Down,
            ('C', _) => KeyName.Right,
            ('D', _) => KeyName.Left,
            ('H', _) or ('~', "1" or "7") => KeyName.Home,
            ('F', _) or ('~', "4" or "8") => KeyName.End,
            ('Z', _) => KeyName.BackTab,
            ('I', _) => KeyName.FocusIn,
            ('O', _) => KeyName.FocusOut,
            ('~', "3") => KeyName.Delete,
            ('~', "5") => KeyName.PageUp,
            ('~', "6") => KeyName.PageDown,
            ('M', _) => KeyName.Enter,
            _ => KeyName.Unknown,
        };
        // The second parameter is 1 and the sum of shift 1, alt 2, control 4.
        return new(name, Alt: parameters is [_, var held, ..] && int.TryParse(held, out var keys) && ((keys - 1) & 6) != 0);
    }

    private Key? Pasted(string text, ref int at)
    {
        var end = text.IndexOf(PasteEnd, at, StringComparison.Ordinal);
        // What may be the beginning of the end waits for the rest.
        var upTo = end >= 0 ? end : Math.Max(at, text.LastIndexOf('\e') is var escape && escape > text.Length - PasteEnd.Length && escape >= at ? escape : text.Length);
        if (paste!.Length < LongestPaste) paste.Append(text, at, upTo - at);
        at = upTo;
        if (end < 0) return null;
        at += PasteEnd.Length;
        var pasted = paste.ToString().Replace("\r\n", "\n").Replace('\r', '\n');
        paste = null;
        return new(KeyName.Paste, pasted);
    }
}
