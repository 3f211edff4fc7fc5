using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlickStream.Platform.Media;

namespace FlickStream.Transcoder.Planning;

/// <summary>
/// Digests of all that shapes a part of a title: what ffmpeg is told to make it alone, the grid on which it is cut, the master. What
/// a rung is scaled from is left out, which is the source or the next larger rung, as its step has it: the difference was measured as
/// 0.001 of SSIM at most, and with it a new rung would have all smaller ones made again. How a part is encrypted is left out as well: that
/// changes without encoding.
/// </summary>
internal static class Recipes
{
    /// <summary>The part's name of the sprite sheets.</summary>
    public const string Sprites = "sprites";

    /// <inheritdoc cref="Sprites"/>
    public const string Poster = "poster";

    /// <summary>Every part of a plan.</summary>
    public static IEnumerable<string> Parts(EncodingPlan plan) =>
        [.. Encrypted(plan), .. plan.Rungs.Count > 0 ? [Sprites] : Array.Empty<string>(), .. plan.HasPoster ? [Poster] : Array.Empty<string>()];

    /// <summary>Those that <see cref="PlanningOptions.Protection"/> encrypts.</summary>
    public static IEnumerable<string> Encrypted(EncodingPlan plan) =>
        [.. plan.Rungs.Select(rung => rung.Name), .. plan.Audio.Select(audio => audio.Rendition.Name)];

    public static string Of(EncodingPlan plan, string part)
    {
        var text = new StringBuilder()
            .Append(plan.Recipe).Append('\n')
            .Append(plan.Source).Append('\n')
            .Append(JsonSerializer.Serialize(plan.Timeline)).Append('\n')
            .Append(part == Sprites ? plan.ThumbnailsPerSheet : 0).Append('\n')
            .AppendJoin('\n', Arguments(plan, part));
        if ((part == Sprites || plan.Rungs.Any(rung => rung.Name == part)) && FfmpegArguments.WasReadTooLate(plan)) text.Append("\nmeasured");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>Of all text that is taken out of the master and of how it is cut; null where there is none.</summary>
    public static string? OfText(EncodingPlan plan) => plan.Text.Count == 0
        ? null : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { plan.Recipe, plan.Source, plan.Timeline, plan.Text })))[..16];

    /// <summary>Without what decides whether a file is opened, how much is said and how many threads decode: it changes nothing of what comes
    /// out, and one more codec on a whitelist must not have whole libraries made again.</summary>
    internal static IEnumerable<string> Shaping(IReadOnlyList<string> arguments)
    {
        var input = Enumerable.Range(0, arguments.Count).FirstOrDefault(i => arguments[i] == "-i");
        for (var i = 0; i < arguments.Count; i++)
        {
            if (i < input && Shapeless.Contains(arguments[i])) i++;
            else yield return arguments[i];
        }
    }

    private static readonly HashSet<string> Shapeless = [.. MediaGuards.InputArguments.Where((_, i) => i % 2 == 0), "-v", "-threads"];

    private static IEnumerable<string> Arguments(EncodingPlan plan, string part) => Shaping([.. Whole(plan with { IsRecipe = true }, part)]);

    private static IEnumerable<string> Whole(EncodingPlan plan, string part)
    {
        if (part == Poster) return FfmpegArguments.ForPoster(plan, "", "");
        if (part == Sprites) return FfmpegArguments.ForVideo(plan, Alone(plan.LastOpening.Name, StepKind.Video) with { MakesSprite = true }, "", "");
        var kind = plan.Rungs.Any(rung => rung.Name == part) ? StepKind.Video : StepKind.Audio;
        return kind == StepKind.Video
            ? FfmpegArguments.ForVideo(plan, Alone(part, kind), "", "")
            // Gain and ceiling are measured, so that the wish stands for them.
            : [.. FfmpegArguments.ForAudio(plan, Alone(part, kind), ""), plan.Options.Loudness];
    }

    private static PlannedStep Alone(string part, StepKind kind) => new(part, kind, 0, false, 0) { Renditions = [part] };
}
