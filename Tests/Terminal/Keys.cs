using System.Text;
using OrleansChat.Terminal.Screen;

namespace OrleansChat.Tests.Terminal;

/// <summary>What a terminal sends, as keys; in whatever pieces it comes.</summary>
public sealed class Keys
{
    private static readonly (string Sent, Key Key)[] All =
    [
        ("hé你", new(KeyName.Text, "hé你")),
        ("\r", new(KeyName.Enter)),
        ("\e\r", new(KeyName.Enter, Alt: true)),
        ("\e[A", new(KeyName.Up)),
        ("\eOB", new(KeyName.Down)),
        ("\e[1;3A", new(KeyName.Up, Alt: true)),
        ("\e[1;5C", new(KeyName.Right, Alt: true)),
        ("\e[5~", new(KeyName.PageUp)),
        ("\e[Z", new(KeyName.BackTab)),
        ("\e[O", new(KeyName.FocusOut)),
        ("\x17", new(KeyName.Control, "w")),
        ("\eb", new(KeyName.Text, "b", Alt: true)),
        ("\x7F", new(KeyName.Backspace)),
    ];

    [Fact]
    public void Every_key_is_known_by_its_sequence() =>
        Assert.All(All, it => Assert.Equal([it.Key], new KeyReader().Read(Encoding.UTF8.GetBytes(it.Sent))));

    [Fact]
    public void What_is_pasted_is_no_key_whatever_it_holds_and_however_it_is_cut()
    {
        var sent = Encoding.UTF8.GetBytes("a\e[200~rm -rf\r\n你\e[A\tend\e[201~b");
        Key[] expected = [new(KeyName.Text, "a"), new(KeyName.Paste, "rm -rf\n你\e[A\tend"), new(KeyName.Text, "b")];
        for (var cut = 0; cut <= sent.Length; cut++)
        {
            if (cut == 2) continue; // a lone escape is the key of this name
            var keys = new KeyReader();
            Key[] read = [.. keys.Read(sent.AsSpan(0, cut)), .. keys.Read(sent.AsSpan(cut))];
            Assert.Equal<Key>(expected, read);
        }
    }

    [Fact]
    public void Sequences_of_which_nobody_knows_are_passed_over() =>
        Assert.Equal([new(KeyName.Text, "x")], new KeyReader().Read(Encoding.UTF8.GetBytes("\e[>1;2;3c\e[99~x")));
}
