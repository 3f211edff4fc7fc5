namespace FlickStream.Portal.Recommendations.Interactions;

/// <summary>How long ago each title of each row was watched, in days before <see cref="FirstWatched.Latest"/>.</summary>
/// <param name="Ages">A row a viewer: when each was watched last.</param>
/// <param name="ChosenAges">Of each viewer, when what it chose last was begun. A series may have been watched on since.</param>
/// <param name="First">Since when titles are watched.</param>
/// <param name="HalfLife">Days after which it counts half as much for popularity.</param>
internal sealed record Dating(IReadOnlyList<float[]> Ages, IReadOnlyList<float> ChosenAges, FirstWatched First, double HalfLife);
