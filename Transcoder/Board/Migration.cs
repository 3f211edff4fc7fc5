using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>A walk over all assets that were taken in before it began, oldest first, which has those encoded again that the options
/// of now would make otherwise. What it has seen and begun is kept here, so that a restart goes on from there.</summary>
internal sealed record Migration
{
    public static readonly DocumentSchema<Migration> Schema = new DocumentSchema<Migration>("migrations")
        .Field("unsettled", m => m.State == MigrationState.Running || m.Open.Count > 0 ? true : null)
        .Field("created", m => m.CreatedAt)
        .Field("rotation", m => m.NewKeys ? m.CreatedAt : null)
        .Index("unsettled")
        .Index("created")
        .Index("rotation");

    /// <summary>Behind whatever studios wait for.</summary>
    public const int DefaultPriority = -50;

    public required string Id { get; init; }

    public required MigrationState State { get; init; }

    /// <summary>Of its jobs.</summary>
    public required int Priority { get; init; }

    /// <summary>What is encrypted gets new keys and is left as it is but for that; nothing is brought to the options of now.</summary>
    public bool NewKeys { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Assets there were when it began.</summary>
    public required long Assets { get; init; }

    /// <summary>Assets looked at.</summary>
    public long Seen { get; init; }

    /// <summary>Assets that need nothing, are gone, or are encoded for their studios.</summary>
    public long Skipped { get; init; }

    /// <summary>Jobs that were done.</summary>
    public long Done { get; init; }

    /// <summary>Jobs that failed, and assets that could not be planned; of earlier versions cancelled jobs too.</summary>
    public long Failed { get; init; }

    /// <summary>Jobs that were cancelled, by themselves or with the migration.</summary>
    public long Cancelled { get; init; }

    /// <summary>Ids of its jobs that have not ended.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>Assets that were being encoded for another reason when it came by, to be looked at again.</summary>
    public IReadOnlyList<string> Later { get; init; } = [];

    /// <summary>Where the walk is; null before its first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The walk has come to its end.</summary>
    public bool IsWalked { get; init; }

    /// <param name="documents">Where it is kept.</param>
    /// <param name="priority">Of its jobs.</param>
    /// <param name="newKeys">Whether all that is encrypted gets new keys.</param>
    /// <param name="now">When it begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="id">Of one that several boards may begin at once, so that one of them does; null for a new one.</param>
    /// <returns>A new one, or the id of the one at work: there is one at a time.</returns>
    public static async Task<(Migration? Begun, string? Open)> BeginAsync(
        IDocuments documents, int priority, bool newKeys, DateTimeOffset now, CancellationToken cancellationToken, string? id = null)
    {
        var migrations = documents.Set(Schema);
        var open = new DocumentQuery { Filters = [DocumentFilter.Equal("unsettled", true)], Limit = 1 };
        if ((await migrations.QueryAsync(open, cancellationToken)).Items is [var at]) return (null, at.Id);
        var migration = new Migration
        {
            Id = id ?? Guid.CreateVersion7(now).ToString("n"),
            State = MigrationState.Running,
            Priority = priority,
            NewKeys = newKeys,
            CreatedAt = now,
            Assets = await documents.Set(Asset.Schema).CountAsync([DocumentFilter.Equal("state", nameof(AssetState.Planned))], cancellationToken),
        };
        return await migrations.InsertAsync(migration.Id, migration, cancellationToken) is null ? (null, migration.Id) : (migration, null);
    }
}

internal enum MigrationState
{
    Running,
    Done,
    Cancelled,
}
