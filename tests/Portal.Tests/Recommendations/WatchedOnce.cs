using FlickStream.Portal.Recommendations.Interactions;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>Times of titles that were each begun when they were watched, the last of each row last.</summary>
internal static class WatchedOnce
{
    public static readonly DateTimeOffset Latest = new(2026, 3, 4, 20, 0, 0, TimeSpan.Zero);

    /// <param name="ages">Days before <see cref="Latest"/>.</param>
    /// <param name="chosen">Of each row the place of what was chosen last; without, the last.</param>
    public static Dating Of(int titles, IReadOnlyList<History> rows, IReadOnlyList<float[]> ages, double halfLife, IReadOnlyList<int>? chosen = null)
    {
        var first = new float[titles];
        Array.Fill(first, FirstWatched.Never);
        foreach (var (row, days) in rows.Zip(ages))
            foreach (var (title, age) in row.Titles.ToArray().Zip(days)) first[title] = Math.Max(first[title], age);
        return new(ages, [.. ages.Select((days, row) => days[chosen?[row] ?? days.Length - 1])], new(first, Latest), halfLife);
    }
}
