using System.ComponentModel;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Reviews;

/// <summary>What a profile thinks of a title: one of each profile and title.</summary>
[ImmutableObject(true)]
internal sealed record Review
{
    public static readonly DocumentSchema<Review> Schema = new DocumentSchema<Review>("reviews")
        .Field("account", r => r.AccountId)
        .Field("profile", r => r.ProfileId)
        .Field("title", r => r.State == ReviewState.Deleted ? null : r.TitleId)
        .Field("listed", r => r.IsListed ? r.TitleId : null)
        .Field("created", r => r.CreatedAt)
        .Field("helpful", r => r.Helpful)
        .Field("queue", r => r.Queue)
        .Field("since", r => r.StateSince)
        .Field("uncounted", r => r.IsCounted && r.State != ReviewState.Deleted ? null : r.EditedAt)
        .Index(unique: true, "profile", "title")
        .Index("account", "queue", "since")
        .Index("profile", "created")
        .Index("listed", "created")
        .Index("listed", "helpful", "created")
        .Index("queue", "since")
        .Index("uncounted");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    public required string ProfileId { get; init; }

    public required string TitleId { get; init; }

    /// <summary>Half stars, 1..10; null after its author took it back, which is only kept of what was held or removed.</summary>
    public int? Rating { get; init; }

    /// <summary>At most 4000 characters; null of a rating alone.</summary>
    public string? Text { get; init; }

    public ReviewState State { get; init; }

    public required DateTimeOffset StateSince { get; init; }

    /// <summary>Why it is held.</summary>
    public HoldCause? HeldFor { get; init; }

    /// <summary>Why it was removed, for its author.</summary>
    public string? RemovedFor { get; init; }

    public int Reports { get; init; }

    /// <summary>Reports that a moderator has decided about.</summary>
    public int ReportsSettled { get; init; }

    /// <summary>Of the reports those that can hold it.</summary>
    public int Holding { get; init; }

    public int HoldingSettled { get; init; }

    public int Helpful { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset EditedAt { get; init; }

    /// <summary>What of it is in the rating of its title, as of <see cref="CountedTurn"/>; null for nothing.</summary>
    public int? Counted { get; init; }

    /// <summary>How often it was counted.</summary>
    public long CountedTurn { get; init; }

    /// <summary>Its turn when its contribution last became another: it is counted anew since, be it as it was. Null where it never did.</summary>
    public long? ChangedTurn { get; init; }

    /// <summary>What of it belongs into the rating of its title: a text in doubt is no reason to doubt the stars, until it is removed.</summary>
    [JsonIgnore]
    public int? Contribution => State is ReviewState.Shown or ReviewState.Held ? Rating : null;

    [JsonIgnore]
    public bool IsCounted => Contribution == Counted && !(CountedTurn <= ChangedTurn);

    /// <summary>Whether others read it.</summary>
    [JsonIgnore]
    public bool IsListed => State == ReviewState.Shown && Text is not null;

    /// <summary>Where moderators find it: <see cref="Moderation.Queues"/>; null of what is nothing to them.</summary>
    [JsonIgnore]
    public string? Queue => (State, Rating) switch
    {
        (ReviewState.Deleted, _) or (_, null) => null,
        (ReviewState.Removed, _) => Moderation.Queues.Removed,
        (ReviewState.Held, _) => Moderation.Queues.Held,
        _ => Reports > ReportsSettled ? Moderation.Queues.Reported : Moderation.Queues.Shown,
    };
}

internal enum ReviewState
{
    Shown,

    /// <summary>Its text is read by nobody until a moderator has.</summary>
    Held,

    Removed,

    /// <summary>On its way out, until it is counted no more.</summary>
    Deleted,
}

internal enum HoldCause
{
    /// <summary>It has a word of the list.</summary>
    Words,

    Reports,

    /// <summary>It was removed, and its author has written another text.</summary>
    Rewritten,
}
