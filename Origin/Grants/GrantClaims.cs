namespace FlickStream.Origin.Grants;

/// <summary>What a token says: everything that a request under <c>/play</c> is judged by, so that serving a segment reads no
/// document.</summary>
internal sealed record GrantClaims
{
    public required Guid GrantId { get; init; }

    public required string AssetId { get; init; }

    public required string Revision { get; init; }

    /// <summary>Largest rung, by its smaller side; 0 for any.</summary>
    public int MaxHeight { get; init; }

    /// <summary>Whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The title grew when it was granted: its playlists stay the event that they were then, since one may be appended to and
    /// ended, and nothing else of it may change (RFC 8216, 6.2.1).</summary>
    public bool IsOfEvent { get; init; }

    /// <summary>The stream limit this grant counts in; null for none.</summary>
    public StreamGroup? Streams { get; init; }
}

/// <param name="Id">One viewer's streams, named by a hash: tokens are seen by players and do not say who watches.</param>
/// <param name="Limit">Streams at once, 1..255.</param>
internal sealed record StreamGroup(Guid Id, int Limit)
{
    public string Name => $"streams:{Id:n}";
}
