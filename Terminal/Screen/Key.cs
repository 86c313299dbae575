namespace OrleansChat.Terminal.Screen;

/// <summary>What the keyboard, or the terminal itself, sends.</summary>
internal enum KeyName
{
    Text, Paste, Control, Enter, Tab, BackTab, Backspace, Delete, Left, Right, Up, Down, Home, End, PageUp, PageDown, Escape,
    FocusIn, FocusOut, Unknown,
}

/// <param name="Text">What was typed or pasted; of <see cref="KeyName.Control"/> the small letter.</param>
/// <param name="Alt">With Alt, or Ctrl where there is no other meaning.</param>
internal readonly record struct Key(KeyName Name, string Text = "", bool Alt = false);
