using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlickStream.Platform.Json;
using FlickStream.Platform.Problems;

namespace FlickStream.Platform.Contracts;

/// <summary>How one asset shall be encoded otherwise than the options of section <c>Planning</c> say; null: as they say. They keep their names
/// and meanings.</summary>
public sealed record EncodingWishes
{
    public const int LowestHeight = 234;
    public const int LargestHeight = 2160;
    public const int BestQuality = 16;
    public const int WorstQuality = 35;
    public const string LoudnessTargets = "off|-23|-16";
    private const string LoudnessWords = "loudness is \"off\", \"-23\" or \"-16\".";

    public static readonly Problem Invalid = new("encoding_options_invalid", 400, "The asset cannot be encoded by these options.");

    private static readonly JsonSerializerOptions Strict =
        new(PlatformJson.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    [Range(LowestHeight, LargestHeight, ErrorMessage = "maxHeight is a whole number from {1} to {2}.")]
    public int? MaxHeight { get; init; }

    [Range(BestQuality, WorstQuality, ErrorMessage = "quality is a whole number from {1} to {2}; lower is better.")]
    public int? Quality { get; init; }

    public bool? PerTitle { get; init; }

    public bool? Hevc { get; init; }

    public bool? Av1 { get; init; }

    [RegularExpression(LoudnessTargets, ErrorMessage = LoudnessWords), MinLength(1, ErrorMessage = LoudnessWords)]
    public string? Loudness { get; init; }

    public ContentProtection? Protection { get; init; }

    /// <summary>Reads a JSON object.</summary>
    /// <param name="json">What a client sent.</param>
    /// <param name="fault">What is wrong with it; null when nothing is.</param>
    /// <returns>Null when something is.</returns>
    public static EncodingWishes? TryRead(string json, out string? fault)
    {
        EncodingWishes? wishes;
        try
        {
            wishes = JsonSerializer.Deserialize<EncodingWishes>(json, Strict);
        }
        catch (JsonException)
        {
            wishes = null;
        }

        fault = wishes is null
            ? "They are a JSON object with maxHeight, quality, perTitle, hevc, av1, loudness (a string) or protection (none, aes128 or cbcs)." : null;
        if (wishes is null) return null;
        var faults = new List<ValidationResult>();
        if (Validator.TryValidateObject(wishes, new ValidationContext(wishes), faults, validateAllProperties: true)) return wishes;
        fault = string.Join(' ', faults.Select(f => f.ErrorMessage));
        return null;
    }
}
