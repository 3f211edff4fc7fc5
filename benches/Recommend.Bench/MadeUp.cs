using System.Globalization;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Recommend.Bench;

/// <summary>Data of a given size with a planted structure, of which each viewer's last title is to be found.</summary>
internal static class MadeUp
{
    // Of fewer there are no clusters, and none of their viewers could be hidden from.
    private const int FewestInteractions = 1000, FewestTitles = 100, ShortestHistory = 8;

    /// <param name="size">Interactions x titles.</param>
    public static DataSet Of(string size, int? viewers, int seed)
    {
        if (size.Split('x') is not [var first, var second] || !int.TryParse(first, CultureInfo.InvariantCulture, out var interactions)
            || !int.TryParse(second, CultureInfo.InvariantCulture, out var titles) || interactions < FewestInteractions || titles < FewestTitles)
            throw new ArgumentException($"--generate wants INTERACTIONSxTITLES, at least {FewestInteractions}x{FewestTitles}, not '{size}'.");
        var people = viewers ?? interactions / 100;
        if (people > interactions / ShortestHistory) throw new ArgumentException($"--viewers wants at most {interactions / ShortestHistory} of {interactions} interactions.");
        var data = new PlantedData(titles, Math.Max(4, titles / 60), seed, isUneven: true);
        var (rows, moments) = data.Viewers(people, (double)interactions / people);
        var whole = InteractionTable.Of(titles, rows, moments);
        var (rest, cases) = HoldOut.Of(whole, HiddenPart.Latest, people, seed + 1);
        return new(rest, data.Texts, cases, HiddenPart.Latest) { Planted = data };
    }
}
