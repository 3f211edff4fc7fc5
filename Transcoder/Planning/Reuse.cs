using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Workers;

namespace FlickStream.Transcoder.Planning;

/// <summary>What of an encoding another plan for the same asset can take over.</summary>
internal static class Reuse
{
    /// <summary>This plan with the parts that it takes over, and those of them that it only has encrypted otherwise.</summary>
    public static EncodingPlan Of(EncodingPlan plan, Presentation current, bool hasKeys)
    {
        var parts = Same(plan, current);
        // What could not be taken out is tried again.
        var isMissing = current.Notices.Any(notice => notice.Code == TextProblems.NotExtracted.Code);
        plan = plan with { ReusesText = !isMissing && Recipes.OfText(plan) is { } text && text == current.TextRecipe };
        var secret = Recipes.Encrypted(plan).ToHashSet();
        if (!hasKeys) return plan with { Reused = Sorted(parts.Where(part => !secret.Contains(part.Key))) };
        if (!plan.NewKeys && plan.Protection == current.Protection) return plan with { Reused = parts };
        return plan with
        {
            Reused = Sorted(parts.Where(part => !secret.Contains(part.Key))),
            Reprotected = Sorted(parts.Where(part => secret.Contains(part.Key))),
        };
    }

    /// <summary>Names of parts that look and sound the same, with the revisions under which they lie.</summary>
    private static SortedDictionary<string, string> Same(EncodingPlan plan, Presentation current)
    {
        var there = SourcesOf(current);
        var reused = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Recipes.Parts(plan))
        {
            if (there.GetValueOrDefault(part) is { } source && source.Recipe == Recipes.Of(plan, part))
                reused.Add(part, source.From ?? current.Revision);
        }

        // The sheets are made beside the smallest rung that the title opens with.
        if (plan.Rungs.Count > 0 && !reused.ContainsKey(Recipes.Sprites)) reused.Remove(plan.LastOpening.Name);
        if (!current.HasPoster) reused.Remove(Recipes.Poster);
        return reused;
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> parts) =>
        new(parts.ToDictionary(part => part.Key, part => part.Value), StringComparer.Ordinal);

    /// <summary>Whether an encoding is what a plan over it would make.</summary>
    public static bool IsAll(EncodingPlan plan, Presentation current) =>
        plan.IsAgain
        && Recipes.Parts(plan).All(plan.Reused.ContainsKey)
        && plan.Rungs.Count == current.Video.Count
        && (plan.ReusesText || (Recipes.OfText(plan) is null && current.TextRecipe is null))
        && plan.Audio.Count == current.Audio.Count
        && plan.Audio.Zip(current.Audio).All(pair => pair.First.Rendition with { Source = null } == pair.Second with { Source = null });

    private static Dictionary<string, PartSource?> SourcesOf(Presentation current)
    {
        var sources = current.Video.ToDictionary(v => v.Name, v => v.Source);
        foreach (var audio in current.Audio) sources[audio.Name] = audio.Source;
        sources[Recipes.Sprites] = current.Sprites;
        sources[Recipes.Poster] = current.Poster;
        return sources;
    }
}
