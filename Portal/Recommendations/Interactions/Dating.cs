namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>How long ago each title of each row was watched.</summary>
/// <param name="Ages">A row a viewer: days before <paramref name="Latest"/>, 0 or more.</param>
/// <param name="Latest">When anybody watched anything last.</param>
/// <param name="HalfLife">Days after which it counts half as much for popularity.</param>
internal sealed record Dating(IReadOnlyList<float[]> Ages, DateTimeOffset Latest, double HalfLife);
