namespace OrleansChat.Client;

/// <summary>What a client does after a connection.</summary>
internal enum AfterClose
{
    /// <summary>Connect again after a pause.</summary>
    Resume,

    /// <summary>Connect again without one.</summary>
    ResumeAtOnce,

    /// <summary>Connect again without one, to another server if there is any.</summary>
    ResumeElsewhere,

    /// <summary>Connect again after a long pause: the server has had enough of us.</summary>
    ResumeLater,

    /// <summary>Connect again with a fresh token.</summary>
    SignInAgain,

    /// <summary>Never connect again: it would end in the same way.</summary>
    Stop,
}

/// <summary>The close codes of the protocol that a client acts on.</summary>
internal static class CloseCode
{
    /// <summary>The table of the protocol. What is not in it, and a line that broke, is an accident: resume.</summary>
    public static AfterClose Says(int? code) => code switch
    {
        1002 or 1003 or 1007 or 1009 => AfterClose.Stop,
        1012 => AfterClose.ResumeElsewhere,
        4002 or 4010 => AfterClose.Stop,
        4003 => AfterClose.SignInAgain,
        4008 => AfterClose.ResumeAtOnce,
        4009 => AfterClose.ResumeLater,
        _ => AfterClose.Resume,
    };
}
