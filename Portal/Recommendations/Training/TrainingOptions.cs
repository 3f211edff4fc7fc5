using System.ComponentModel.DataAnnotations;

namespace FlickStream.Portal.Recommendations.Training;

/// <summary>How models are made. The defaults are those that did best on public data of a million interactions.</summary>
internal sealed record TrainingOptions : IValidatableObject
{
    private const int FactorsTogether = 8;

    /// <summary>Titles for which all pairs are computed, the most watched first: 8 bytes × n² of memory for one model, three times that for the
    /// next-watch model, and time with n³. Others have factors and content alone.</summary>
    [Range(1, 40_000)]
    public int HeadTitles { get; init; } = 12_000;

    /// <summary>Of each title, how many others' weights are kept.</summary>
    [Range(1, 10_000)]
    public int WeightsPerTitle { get; init; } = 400;

    /// <summary>The chance by which a watched title is taken away while the item models learn to restore it.</summary>
    [Range(0, 0.95)]
    public double Dropout { get; init; } = 0.5;

    [Range(0.1, 1e6)]
    public double ItemRegularization { get; init; } = 500;

    [Range(0.1, 1e6)]
    public double NextRegularization { get; init; } = 100;

    /// <summary>How much a title counts beside the one that was watched after it.</summary>
    [Range(0.1, 0.99)]
    public double Recency { get; init; } = 0.8;

    /// <summary>Numbers that describe a taste; a multiple of 8.</summary>
    [Range(8, 512)]
    public int Factors { get; init; } = 64;

    [Range(1, 100)]
    public int FactorEpochs { get; init; } = 12;

    /// <summary>For each interaction of a viewer or title.</summary>
    [Range(1e-6, 10)]
    public double FactorRegularization { get; init; } = 0.01;

    /// <summary>How much a title that was not watched tells, beside one that was.</summary>
    [Range(1e-4, 1)]
    public double UnwatchedWeight { get; init; } = 0.1;

    /// <summary>Titles with fewer viewers than that have their factors from content.</summary>
    [Range(0, 1000)]
    public int ColdBelow { get; init; } = 5;

    /// <summary>Viewers of whom something is hidden, for blend and ranker to learn from.</summary>
    [Range(1, 1_000_000)]
    public int Cases { get; init; } = 8_000;

    [Range(1, 2000)]
    public int RankerTrees { get; init; } = 200;

    /// <summary>The same seed and data make the same model.</summary>
    public int Seed { get; init; } = 1;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Factors % FactorsTogether != 0) yield return new($"The field {nameof(Factors)} must be a multiple of {FactorsTogether}.", [nameof(Factors)]);
    }

    /// <summary>What is wrong with them; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(this, new(this), faults, validateAllProperties: true);
        return [.. faults.Select(fault => fault.ErrorMessage!)];
    }
}
