using FlickStream.Platform.Contracts;
using FlickStream.Transcoder.Planning;

namespace FlickStream.Pipeline.Bench;

/// <summary>What a person would type: the plan's rungs and settings in plain ffmpeg commands, threads as ffmpeg likes.</summary>
internal sealed class BareFfmpeg(EncodingPlan plan, string master, string folder)
{
    private readonly EncodingPlan _whole = plan with
    {
        Timeline = plan.Timeline with { Grid = plan.Grid with { ChunkSegments = [plan.Grid.SegmentCount(plan.Frames)] } },
    };

    /// <summary>One command that decodes once and makes every rung and the sound.</summary>
    public Task<Cost> AllAtOnceAsync() => RunAsync(_whole, plan.Rungs, withSound: true);

    /// <summary>One command that makes the first segment of every rung, which is what a viewer waits for at least.</summary>
    public Task<Cost> FirstSegmentAsync() => RunAsync(plan, plan.Rungs, withSound: false);

    /// <summary>One command a rung, one after the other; the first makes the sound too.</summary>
    public async Task<Cost> OneByOneAsync()
    {
        var sum = default(Cost);
        foreach (var (i, rung) in plan.Rungs.Index()) sum += await RunAsync(_whole, [rung], withSound: i == 0);
        return sum;
    }

    private Task<Cost> RunAsync(EncodingPlan cut, IReadOnlyList<Rung> rungs, bool withSound)
    {
        var step = new PlannedStep("first", StepKind.Video, 0, true, 1) { Renditions = [.. rungs.Select(r => r.Name)] };
        List<string> arguments = ["-nostdin", .. WithoutThreads(FfmpegArguments.ForVideo(cut, step, master, folder))];
        foreach (var rendition in withSound ? plan.Audio.Select(a => a.Rendition) : [])
            arguments.AddRange(Sound(rendition, Path.Combine(folder, $"{rendition.Name}.mp4")));
        return Tool.RunAsync("ffmpeg", arguments);
    }

    private static string[] Sound(AudioRendition rendition, string path) =>
    [
        "-map", "0:a:0", "-c:a", "aac", "-ar", $"{rendition.SampleRate}", "-ac", $"{rendition.Channels}",
        "-b:a", $"{rendition.BitsPerSecond}", "-f", "mp4", path,
    ];

    private static IEnumerable<string> WithoutThreads(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "-threads" or "-filter_complex_threads") i++;
            else yield return arguments[i];
        }
    }
}
