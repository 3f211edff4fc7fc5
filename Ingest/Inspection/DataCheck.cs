using FlickStream.Platform.Media;
using Microsoft.Extensions.Options;

namespace FlickStream.Ingest.Inspection;

/// <summary>Reads the first samples of uncompressed sound for <see cref="DataBursts"/>.</summary>
internal sealed class DataCheck(MediaRunner runner, IOptions<InspectionOptions> options)
{
    // Bursts come as often as pictures, or oftener.
    private const string Seconds = "4";

    // What ffmpeg's filter takes together.
    private const int MostChannels = 64;

    private const int SamplesAtOnce = 4096;

    /// <summary>Tracks of <paramref name="sound"/> that carry data in place of sound, by their indexes. Those of one rate are read side by side, because a pair may
    /// be two tracks of one channel.</summary>
    public async Task<IReadOnlySet<int>> FindAsync(string path, IEnumerable<FfprobeStream> sound, CancellationToken ct)
    {
        var found = new HashSet<int>();
        foreach (var alike in sound.Where(track => track.CodecName?.StartsWith("pcm_", StringComparison.Ordinal) is true).GroupBy(track => track.SampleRate))
        {
            var channels = alike.First().Channels;
            var tracks = alike.TakeWhile(track => (channels += track.Channels) <= MostChannels).ToList();
            if (tracks.Count > 0) found.UnionWith(await FindTogetherAsync(path, tracks, ct));
        }

        return found;
    }

    private async Task<IEnumerable<int>> FindTogetherAsync(string path, List<FfprobeStream> tracks, CancellationToken ct)
    {
        // Of tracks whose layouts have nothing in common the filter sorts the channels: the first one stands there twice, so that they stay in their order.
        var isMerged = tracks.Count > 1;
        List<int> owners = [.. (isMerged ? tracks.Prepend(tracks[0]) : tracks).SelectMany(track => Enumerable.Repeat(track.Index, track.Channels))];
        var bursts = new DataBursts(owners.Count);
        var merged = $"asplit[again][first];[again][first]{string.Concat(tracks.Skip(1).Select(track => $"[0:{track.Index}]"))}amerge=inputs={tracks.Count + 1}";
        // Sound that cannot be decoded fails elsewhere: what was read before counts.
        await runner.RunAsync(
            new MediaRun
            {
                Tool = MediaTool.Ffmpeg,
                Arguments =
                [
                    "-v", "error", .. MediaGuards.InputArguments, "-i", path,
                    "-filter_complex", $"[0:{tracks[0].Index}]{(isMerged ? merged : "anull")},atrim=duration={Seconds}[sound]",
                    "-map", "[sound]", "-c:a", "pcm_s32le", "-f", "s32le", "pipe:1",
                ],
                Inputs = [path],
                TimeLimit = options.Value.TimeLimit,
                ReadOutput = (samples, stop) => ReadAsync(samples, bursts, owners.Count, stop),
            },
            ct);
        return bursts.Channels.Select(channel => owners[channel]).Distinct();
    }

    private static async Task ReadAsync(Stream samples, DataBursts bursts, int channels, CancellationToken ct)
    {
        var buffer = new byte[SamplesAtOnce * channels * sizeof(uint)];
        while (await samples.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct) is > 0 and var read) bursts.Add(buffer.AsSpan(0, read));
    }
}
