using OrleansChat.Client;

namespace OrleansChat.Terminal.Lines;

/// <summary>Where input or output is a pipe: each line of the input is a message, and what is said can be followed as lines.</summary>
internal sealed class LineMode(ChatClient chat, Arguments arguments, TextReader input, TextWriter output, TextWriter errors)
{
    private readonly TextWriter output = TextWriter.Synchronized(output); // both ways write to it

    public async Task<int> Run(CancellationToken ending)
    {
        var room = await chat.Join(arguments.Room!, cancel: ending);
        return arguments.Follow ? await Follow(room, ending) : await Post(ending);
    }

    /// <summary>Prints until there is nothing more to come, or nobody to print for.</summary>
    private async Task<int> Follow(ChatRoom room, CancellationToken ending)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var posting = Console.IsInputRedirected || IsInteractive ? Post(over.Token) : Task.FromResult(ExitCode.Done);
        var watching = Watch(over.Token);
        try
        {
            var printing = new Printer(chat, room, arguments, output).Print(over.Token);
            if (await Task.WhenAny(printing, OutputReader.Gone(over.Token)) != printing) return ExitCode.Done;
            await printing;
            throw new ExitException(ExitCode.Refused, $"You are not in {room.Id} any more.");
        }
        catch (IOException)
        {
            return ExitCode.Done; // whoever read this has gone
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(posting, watching).ContinueWith(static all => _ = all.Exception, TaskScheduler.Default);
        }
    }

    /// <summary>A terminal that can show no screen: what is typed is posted.</summary>
    private static bool IsInteractive => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    private async Task<int> Post(CancellationToken ending)
    {
        var code = ExitCode.Done;
        var number = 0;
        await foreach (var text in Texts(ending))
        {
            number++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            try
            {
                var stored = await Stored(text, ending);
                if (arguments is { Json: true, Follow: false }) await output.WriteLineAsync(EventLine.Of(arguments.Room!, stored));
            }
            catch (ChatException e) when (e.Code is "too_long" or "bad_request" || arguments.Follow)
            {
                // The next line may be taken.
                await errors.WriteLineAsync($"Line {number} was refused: {PlainText.Harmless(e.Error.Message)}");
                code = ExitCode.Refused;
            }
            catch (IOException)
            {
                break; // nobody reads the receipts
            }
        }

        return code;
    }

    private async IAsyncEnumerable<string> Texts([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ending)
    {
        if (arguments.Whole)
        {
            yield return Spoken.Clean((await input.ReadToEndAsync(ending).WaitAsync(ending)).TrimEnd());
            yield break;
        }

        // A read of a terminal or a pipe cannot be called back: we only stop waiting for it.
        while (await Task.Run(() => input.ReadLineAsync(ending).AsTask(), ending).WaitAsync(ending) is { } line) yield return Spoken.Clean(line);
    }

    /// <summary>Answered; it is repeated until then, but not for longer than one wants to wait without a connection.</summary>
    private async Task<PostAnswer> Stored(string text, CancellationToken ending)
    {
        var post = chat.Post(arguments.Room!, text, cancel: ending);
        try
        {
            while (await Task.WhenAny(post, Task.Delay(TimeSpan.FromMilliseconds(250), ending)) != post && !arguments.Follow)
            {
                await chat.Live(ending).WaitAsync(arguments.Wait, ending);
            }
        }
        catch (TimeoutException)
        {
            throw new ExitException(ExitCode.Unreachable, $"The server at {arguments.Server} went away; whether the last line is stored is unknown.");
        }

        return await post;
    }

    /// <summary>The line's troubles go where they do not mix with what is said.</summary>
    private async Task Watch(CancellationToken over)
    {
        await foreach (var news in chat.News(cancel: over))
        {
            if (news is ChatNews.Lost) await errors.WriteLineAsync("The connection is lost; reconnecting.");
            else if (news is ChatNews.Connected { Again: true }) await errors.WriteLineAsync("Connected again.");
            else if (news is ChatNews.Gap) await errors.WriteLineAsync("Much was said meanwhile: here are the messages, without who came and went.");
        }
    }
}
