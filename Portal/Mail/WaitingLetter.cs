using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Mail;

/// <summary>A letter that is to be sent, and afterwards, without its text, that it was.</summary>
[ImmutableObject(true)]
internal sealed record WaitingLetter
{
    public static readonly DocumentSchema<WaitingLetter> Schema = new DocumentSchema<WaitingLetter>("letters")
        .Field("due", l => l.DueAt)
        .Field("urgent", l => l.IsUrgent ? l.DueAt : null)
        .Field("ended", l => l.EndedAt)
        .Index("due")
        .Index("urgent")
        .Index("ended");

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Not before; while it is being sent, when the next attempt would be. Null once there is nothing more to do.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>It goes before others that are due.</summary>
    public bool IsUrgent { get; init; }

    public int Attempts { get; init; }

    /// <summary>The letter in JSON, sealed: it may hold a link that is worth an account. Null once there is nothing more to do.</summary>
    public byte[]? Sealed { get; init; }

    /// <summary>When it was sent or given up.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
