using System.Globalization;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Recommend.Bench;

/// <summary>Data of a given size with a planted structure, of which each viewer's last title is to be found.</summary>
internal static class MadeUp
{
    /// <param name="size">Interactions x titles.</param>
    public static DataSet Of(string size, int? viewers, int seed)
    {
        var parts = size.Split('x');
        var (interactions, titles) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        var people = viewers ?? interactions / 100;
        var data = new PlantedData(titles, Math.Max(4, titles / 60), seed, isUneven: true);
        var (rows, moments) = data.Viewers(people, (double)interactions / people);
        var whole = InteractionTable.Of(titles, rows, moments);
        var (rest, cases) = HoldOut.Of(whole, HiddenPart.Latest, people, seed + 1);
        return new(rest, data.Texts, cases, HiddenPart.Latest) { Planted = data };
    }
}
