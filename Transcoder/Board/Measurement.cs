using FlickStream.Platform.Documents;

namespace FlickStream.Transcoder.Board;

/// <summary>A published title that is still to be compared with its master. Id: its job's. It is no step of the job: nothing waits for it and
/// nothing fails by it. Whoever takes one moves its time, in one compare-and-set, to when another may take it over.</summary>
/// <param name="JobId">The job that made the title.</param>
/// <param name="AssetId">Whose.</param>
/// <param name="Due">Not to be taken before.</param>
/// <param name="Tries">How often it was taken.</param>
internal sealed record Measurement(string JobId, string AssetId, DateTimeOffset Due, int Tries)
{
    public static readonly DocumentSchema<Measurement> Schema = new DocumentSchema<Measurement>("measurements")
        .Field("asset", m => m.AssetId)
        .Field("due", m => m.Due)
        .Index("asset")
        .Index("due");

    /// <summary>Longer than one takes, at three places of two minutes each at most, again without VMAF, and again for HDR rungs.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromMinutes(20);

    /// <summary>With pauses of minutes to hours between them it outlasts a storage that is away for an evening; what cannot be compared is given
    /// up then.</summary>
    public const int MostTries = 6;

    /// <summary>After so many failed tries.</summary>
    public static TimeSpan PauseAfter(int tries) => TimeSpan.FromMinutes(Math.Pow(4, Math.Max(tries - 1, 0)));
}
