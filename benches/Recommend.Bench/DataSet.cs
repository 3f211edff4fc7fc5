using FlickStream.Portal.Recommendations.Content;
using FlickStream.Portal.Recommendations.Interactions;
using FlickStream.Portal.Recommendations.Training;
using FlickStream.Shared.Planted;

namespace FlickStream.Recommend.Bench;

/// <summary>What to train on and what to find.</summary>
/// <param name="OfPossible">Recall among at most k, as fold-in results are published.</param>
internal sealed record DataSet(InteractionTable Train, IReadOnlyList<ContentText> Texts, Case[] Tests, HiddenPart Hidden, bool OfPossible = false)
{
    /// <summary>Where it is made up, what was planted.</summary>
    public PlantedData? Planted { get; init; }

    /// <summary>Of the viewers to test, those of whom nothing was trained on though they are not folded in.</summary>
    public int Unknown { get; init; }

    /// <summary>How many titles were left out of what is to be found, as the same viewer has them in what is trained on.</summary>
    public int Repeated { get; init; }

    public string Size => $"{Train.Count:N0} interactions of {Train.Viewers:N0} viewers with {Train.Titles:N0} titles; {Tests.Length:N0} viewers to test"
        + (Unknown > 0 ? $", {Unknown:N0} of them not among those that were trained on" : "")
        + (Repeated > 0 ? $"; {Repeated:N0} titles to find left out, as their viewers have watched them in what was trained on" : "");
}
