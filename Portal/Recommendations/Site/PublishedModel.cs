using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Which model all nodes use. There is one.</summary>
[ImmutableObject(true)]
internal sealed record PublishedModel
{
    public static readonly DocumentSchema<PublishedModel> Schema = new("recommendation_models");

    public const string Id = "current";

    private const int MostTried = 400;

    // After a fault, as storage may be there again; doubled with each more.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromHours(1);

    /// <summary>Null until a model was good enough.</summary>
    public ModelVersion? Current { get; init; }

    /// <summary>That held before it.</summary>
    public ModelVersion? Previous { get; init; }

    /// <summary>The others that are kept to go back to, the latest made first; empty in what was stored while two were kept.</summary>
    public IReadOnlyList<ModelVersion> Older { get; init; } = [];

    /// <summary>Since when no other model is made, as an administrator went back to one that is not the latest; null: the next is made when it is due.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>When a model was last made, published or refused, or its making failed.</summary>
    public DateTimeOffset TriedAt { get; init; }

    /// <summary>Why the last one was refused, or that its making failed; null where it was published.</summary>
    public string? Refused { get; init; }

    /// <summary>All that were made, the latest first, at most <see cref="MostTried"/>.</summary>
    public IReadOnlyList<TriedModel> Tried { get; init; } = [];

    /// <summary>All that are kept, the current one first.</summary>
    public IEnumerable<ModelVersion> Versions() => ((ModelVersion?[])[Current, Previous, .. Older]).OfType<ModelVersion>();

    /// <param name="version">That holds from now on, and was made after all others.</param>
    /// <param name="most">How many are kept with it, at least 2.</param>
    public PublishedModel Publishing(ModelVersion version, int most) => this with
    {
        Current = version, Previous = Current, Older = [.. Versions().Skip(1).OrderByDescending(other => other.TrainedAt).Take(most - 2)],
    };

    /// <summary>Another that is kept holds again. Unless it is the latest that was made, it holds until that is taken back: the next training would undo what was wanted.</summary>
    /// <returns>Null where it is not kept.</returns>
    public PublishedModel? GoingTo(string key, DateTimeOffset now)
    {
        if (Versions().FirstOrDefault(version => version.Key == key) is not { } wanted) return null;
        DateTimeOffset? held = Versions().All(other => other.TrainedAt <= wanted.TrainedAt) ? null : HeldSince ?? now;
        if (wanted.Key == Current?.Key) return this with { HeldSince = held };
        var others = Versions().Where(other => other.Key != key && other.Key != Current?.Key).OrderByDescending(other => other.TrainedAt);
        return this with { Current = wanted, Previous = Current, Older = [.. others], HeldSince = held };
    }

    /// <summary>When the next one is made.</summary>
    /// <param name="every">How often, while there are no faults.</param>
    public DateTimeOffset DueAt(TimeSpan every)
    {
        var faults = Tried.TakeWhile(tried => tried.IsFault).Count();
        var retry = faults == 0 ? every : FirstRetry * Math.Pow(2, Math.Min(faults - 1, 10));
        return TriedAt + (retry < every ? retry : every);
    }

    /// <summary>What came of a training, in place of that it began.</summary>
    public PublishedModel With(TriedModel tried)
    {
        var before = Tried is [{ IsBegun: true }, ..] && !tried.IsBegun ? Tried.Skip(1) : Tried;
        return this with { TriedAt = tried.At, Refused = tried.Refused, Tried = [tried, .. before.Take(MostTried - 1)] };
    }
}

/// <param name="Refused">Why; null of one that was published.</param>
internal sealed record TriedModel(DateTimeOffset At, int Watched, Judgement Judged, string? Refused)
{
    /// <summary>Whether it was not refused for what it is, but could not be made.</summary>
    public bool IsFault { get; init; }

    /// <summary>Nobody knows yet what comes of it, and where its process ended nobody ever will: a fault until more is told.</summary>
    public bool IsBegun { get; init; }

    public static TriedModel Begun(DateTimeOffset at) =>
        new(at, 0, Judgement.None, "A training has begun. Where it does not end, its process did, as for want of memory.") { IsFault = true, IsBegun = true };
}

/// <param name="Key">Of its blob.</param>
internal sealed record ModelVersion(string Key, DateTimeOffset TrainedAt, int Watched, Judgement Judged)
{
    /// <summary>Of the blob, in lower-case hexadecimal digits; null of one that was published before there were checksums.</summary>
    public string? Sha256 { get; init; }
}
