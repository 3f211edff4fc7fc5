using System.ComponentModel.DataAnnotations;
using FlickStream.Platform;
using FlickStream.Portal.Recommendations.Training;

namespace FlickStream.Portal.Recommendations.Site;

/// <summary>Section <c>Recommendations</c>.</summary>
internal sealed class RecommendationOptions
{
    /// <summary>How often a model is made anew, by one node. Zero: never.</summary>
    [TimeRange("00:00:00", "30.00:00:00")]
    public TimeSpan TrainEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How soon a node takes a model that another has made.</summary>
    [TimeRange("00:00:01", "1.00:00:00")]
    public TimeSpan Freshness { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>With fewer movies and series watched, counted once for each profile, no model is made: popularity knows as much.</summary>
    [Range(1, 1_000_000)]
    public int LeastWatched { get; init; } = 1000;

    /// <summary>Profiles to judge a model by, without which it is not published.</summary>
    [Range(1, 100_000)]
    public int LeastJudges { get; init; } = 20;

    /// <summary>A model that is so much worse than the one before, as a share of its NDCG@10, is refused.</summary>
    [Range(0, 1)]
    public double MostLost { get; init; } = 0.2;

    /// <summary>Titles, the most watched first, for which a training computes all pairs: at its peak 24 bytes × n² of memory, 3.5 GB of 12,000, and time with
    /// n³. Others have factors and content alone.</summary>
    [Range(10, 40_000)]
    public int HeadTitles { get; init; } = new TrainingOptions().HeadTitles;

    /// <summary>Published models, with the one that holds, to go back to. Of 100,000 titles one is 0.2 GB of blobs.</summary>
    [Range(2, 10)]
    public int ModelsKept { get; init; } = 3;

    /// <summary>Movies and series that a profile may say it is not interested in: one document, which each page of rows reads.</summary>
    [Range(1, 10_000)]
    public int Dismissals { get; init; } = 1000;

    /// <summary>The percentage of profiles of whom it is kept what they were shown; 0: of none.</summary>
    [Range(0, 100)]
    public double ExposedPercent { get; init; } = 100;

    /// <summary>How long it is kept what was shown to whom. What came of it, day by day and of nobody in particular, stays.</summary>
    [TimeRange("3.00:00:00", "365.00:00:00")]
    public TimeSpan ExposuresKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long after a page a title that it showed may be begun and still count as played for it.</summary>
    [TimeRange("00:05:00", "1.00:00:00")]
    public TimeSpan FollowedWithin { get; init; } = TimeSpan.FromHours(6);
}
