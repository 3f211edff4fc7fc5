namespace FlickStream.Search.Bench;

/// <param name="Kind">By which queries are counted together.</param>
/// <param name="Text">As it is typed.</param>
/// <param name="Wanted">The title that is meant; null where only the time matters.</param>
/// <param name="HasFacets">Whether counts are asked for.</param>
internal sealed record Query(string Kind, string Text, string? Wanted, bool HasFacets = false);
