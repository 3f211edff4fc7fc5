using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>A walk over all assets that were taken in before it began, oldest first, which has those encoded again that the options
/// of now would make otherwise. What it has seen and begun is kept here, so that a restart goes on from there.</summary>
internal sealed record Migration
{
    public static readonly DocumentSchema<Migration> Schema = new DocumentSchema<Migration>("migrations")
        .Field("unsettled", m => m.State == MigrationState.Running || m.Open.Count > 0 ? true : null)
        .Field("created", m => m.CreatedAt)
        .Index("unsettled")
        .Index("created");

    public required string Id { get; init; }

    public required MigrationState State { get; init; }

    /// <summary>Of its jobs.</summary>
    public required int Priority { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Assets there were when it began.</summary>
    public required long Assets { get; init; }

    /// <summary>Assets looked at.</summary>
    public long Seen { get; init; }

    /// <summary>Assets that need nothing, or are gone.</summary>
    public long Skipped { get; init; }

    /// <summary>Jobs that were done.</summary>
    public long Done { get; init; }

    /// <summary>Jobs that failed or were cancelled, and assets that could not be planned.</summary>
    public long Failed { get; init; }

    /// <summary>Ids of its jobs that have not ended.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>Assets that were being encoded for another reason when it came by, to be looked at again.</summary>
    public IReadOnlyList<string> Later { get; init; } = [];

    /// <summary>Where the walk is; null before its first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The walk has come to its end.</summary>
    public bool IsWalked { get; init; }
}

internal enum MigrationState
{
    Running,
    Done,
    Cancelled,
}
