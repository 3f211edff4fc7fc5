using System.ComponentModel;
using FlickStream.Platform.Documents;
using FlickStream.Portal.Features;
using FlickStream.Portal.Recommendations.Ranking;

namespace FlickStream.Portal.Recommendations.Site.Experiments;

/// <summary>Which profiles are shown what, so that an administrator can compare. At most one runs at a time; each is kept by its name for good, as the
/// figures of its variants are.</summary>
[ImmutableObject(true)]
internal sealed record Experiment
{
    public static readonly DocumentSchema<Experiment> Schema = new("recommendation_experiments");

    /// <summary>Of the one that runs.</summary>
    public const string Id = "current";

    /// <summary>By its name profiles fall on other sides than in other experiments.</summary>
    public required string Name { get; init; }

    /// <summary>The first is what the others are compared with.</summary>
    public required IReadOnlyList<Variant> Variants { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Those that were there at its start; null where it compares orders alone.</summary>
    public ComparedModels? Models { get; init; }

    public bool ComparesModels => Variants.Any(variant => variant.Model == ModelGeneration.Previous);

    /// <summary>Whether figures of both are of one thing.</summary>
    public bool Compares(Experiment other) => Variants.SequenceEqual(other.Variants) && Models == other.Models;

    /// <summary>Always the same of a profile.</summary>
    public Variant VariantOf(string profileId)
    {
        var side = FeatureRule.SideOf($"recommendations/{Name}", profileId);
        var sum = 0.0;
        foreach (var variant in Variants)
            if (side < (sum += variant.Percent)) return variant;
        return Variants[^1];
    }
}

/// <param name="Name">1..40 lower-case letters, digits and hyphens.</param>
/// <param name="Order">What orders the titles.</param>
/// <param name="Model">Of which model.</param>
/// <param name="Percent">Of profiles; together 100.</param>
internal sealed record Variant(string Name, RowOrder Order, ModelGeneration Model, double Percent)
{
    /// <summary>What everybody has while nothing is compared.</summary>
    public static readonly Variant Usual = new("all", RowOrder.Ranked, ModelGeneration.Current, 100);
}

/// <summary>By the keys of their blobs, so that a variant stays what it was though a model is made or rolled back.</summary>
internal sealed record ComparedModels(string Current, string Previous)
{
    public string KeyOf(ModelGeneration generation) => generation == ModelGeneration.Previous ? Previous : Current;
}

/// <summary>As it was when the experiment began.</summary>
internal enum ModelGeneration
{
    Current,

    /// <summary>The one before.</summary>
    Previous,
}
