using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Each master of the table, accepted or refused as it says, and what viewers get of it.</summary>
public sealed partial class MasterTests(MasterRun run) : IClassFixture<MasterRun>
{
    // Chromium converts colours its own way and the last picture is as coarse as its quantiser.
    private const int BrowserWithin = 8;

    // As docs/masters.md says of what is brought to a loudness.
    private const double AimWithin = 0.5;

    // A beep of a tenth of a second is heard in four or five of the blocks that are measured (ITU-R BS.1770), which makes it a decibel louder or not.
    private const double BeepWithin = 0.8;

    // Of the way from one frame to the next: a frame that is shown twice or too early is a whole step off.
    private const double BoxWithin = 0.35;

    public static TheoryData<string> Names => [.. MasterTable.Chosen.Select(master => master.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_master_becomes_what_the_table_says(string name)
    {
        var master = MasterTable.Chosen.Single(row => row.Name == name);
        var differences = Differences(master.Expected, run.Of(name), master.Loudness is null ? BeepWithin : AimWithin).ToList();
        Assert.True(differences.Count == 0, $"{name} ({master.Kind}): {string.Join("; ", differences)}");
    }

    [Theory]
    [InlineData("shaka-dash")]
    [InlineData("dashjs")]
    public async Task A_silent_master_plays_to_its_end_without_a_track_of_silence(string player)
    {
        var played = await NodeScript.RunAsync<Ending>(
            "ends.mjs", ["--player", player, "--url", run.Of("silent").Dash!], TestContext.Current.CancellationToken);
        Assert.Null(played.Fatal);
        PlayerErrors.AssertNone(played.Errors);
        Assert.True(played.Ended);
    }

    /// <summary>What <c>ends.mjs</c> saw.</summary>
    private sealed record Ending(string? Fatal, IReadOnlyList<string> Errors, bool Ended);

    private static IEnumerable<string> Differences(Expected expected, MasterRun.Outcome outcome, double loudnessWithin)
    {
        if (outcome.Fault is { } fault) return [fault];
        if (expected.Refusal is { } refusal)
        {
            return outcome.Asset.StateIs("refused") && outcome.Asset.GetProperty("problem").GetProperty("code").GetString() == refusal
                ? [] : [$"not refused as {refusal} but {End(outcome.Asset)}"];
        }

        return outcome is { Title: { } title, Decoded: { } decoded, Played: { } played }
            ? [.. OfTitle(expected, outcome, title), .. OfTracks(expected, outcome, title), .. OfText(expected, outcome, title), .. OfPicture(expected, decoded),
                .. OfMotion(expected, decoded), .. OfTiming(expected, decoded), .. OfSound(expected, outcome, decoded, loudnessWithin), .. OfPlaying(expected, played),
                .. OfLadders(expected, outcome.Others)]
            : [$"not ready but {End(outcome.Asset)}"];
    }

    private static string End(JsonElement asset) => $"{asset.GetProperty("state")} {asset.GetProperty("problem")}";

    private static IEnumerable<string> OfTitle(Expected expected, MasterRun.Outcome outcome, Multivariant title)
    {
        if (title.Size != expected.Size) yield return $"size {title.Size}, not {expected.Size}";
        if (title.Rate != expected.Rate) yield return $"{title.Rate} frames a second, not {expected.Rate}";
        var notices = outcome.Asset.GetProperty("media").GetProperty("notices").EnumerateArray()
            .Select(notice => notice.GetProperty("code").GetString()!).Order(StringComparer.Ordinal);
        if (!notices.SequenceEqual(expected.Notices.Order(StringComparer.Ordinal)))
            yield return $"notices [{string.Join(' ', notices)}], not [{string.Join(' ', expected.Notices)}]";
        if (expected.DolbyVision is { } vision
            && (outcome.Asset.GetProperty("media").GetProperty("video").GetProperty("hdr").GetProperty("dolbyVision") is var found)
            && (found.GetProperty("profile").GetInt32(), found.GetProperty("compatibilityId").GetInt32()) != vision)
        {
            yield return $"Dolby Vision {found}, not {vision}";
        }

        if (outcome.Asset.GetProperty("hasPoster").GetBoolean() != expected.HasPoster) yield return $"poster: {!expected.HasPoster}";
    }

    /// <summary>Both protocols name the same tracks; what they are is compared where the row says it.</summary>
    private static IEnumerable<string> OfTracks(Expected expected, MasterRun.Outcome outcome, Multivariant title)
    {
        var mpd = outcome.Mpd!;
        if (!mpd.Sounds.SequenceEqual(title.Sounds)) yield return $"sound [{string.Join(", ", title.Sounds)}] in HLS, [{string.Join(", ", mpd.Sounds)}] in DASH";
        if (!mpd.Texts.SequenceEqual(title.TextTracks)) yield return $"text [{string.Join(", ", title.TextTracks)}] in HLS, [{string.Join(", ", mpd.Texts)}] in DASH";
        if (expected.Languages is { } languages && !languages.SequenceEqual(title.Languages))
            yield return $"languages [{string.Join(' ', title.Languages)}], not [{string.Join(' ', languages)}]";
        if (expected.Roles is { } roles && !roles.SequenceEqual(mpd.Roles)) yield return $"roles [{string.Join(' ', mpd.Roles)}], not [{string.Join(' ', roles)}]";
    }

    private static IEnumerable<string> OfText(Expected expected, MasterRun.Outcome outcome, Multivariant title)
    {
        var told = outcome.Asset.GetProperty("renditions").GetProperty("text").GetArrayLength();
        var offered = title.TextTracks.Select(track => string.Join(' ', track.Split(' ').Take(2))).ToList();
        if (!offered.SequenceEqual(expected.Texts) || told != offered.Count || title.Texts.Count != offered.Count)
            yield return $"texts [{string.Join(", ", offered)}], not [{string.Join(", ", expected.Texts)}]; {told} told";
        foreach (var file in title.Texts)
        {
            // ASS counts in hundredths of a second.
            var cue = TextCue().Match(file);
            var isRight = cue.Success && Math.Abs(Seconds(cue.Groups[1]) - 0.5) < 0.012 && Math.Abs(Seconds(cue.Groups[2]) - 1.25) < 0.012;
            if (!isRight) yield return $"the text {file}";
        }
    }

    private static double Seconds(Group time) => TimeSpan.Parse(time.ValueSpan, CultureInfo.InvariantCulture).TotalSeconds;

    [GeneratedRegex("([0-9:.]+) --> ([0-9:.]+)\n<i>Zwölf</i> &amp; mehr\n")]
    private static partial Regex TextCue();

    private static IEnumerable<string> OfPicture(Expected expected, Decoded decoded)
    {
        var frames = decoded.Times.Count;
        if (Math.Abs(frames - expected.Frames) > expected.FramesWithin) yield return $"{frames} frames, not {expected.Frames}";
        foreach (var probe in expected.Probes)
        {
            var worst = Enumerable.Range(0, frames).Where(frame => !decoded.IsWhite(frame)).MaxBy(frame => decoded.At(frame, probe.X, probe.Y).From(probe.Color));
            if (decoded.At(worst, probe.X, probe.Y) is var seen && seen.From(probe.Color) > expected.ColorWithin)
                yield return $"{seen} at ({probe.X}, {probe.Y}) of frame {worst}, not {probe.Color}";
        }
    }

    private static IEnumerable<string> OfMotion(Expected expected, Decoded decoded)
    {
        if (expected.Box is not { } box) yield break;
        var wrong = box.Errors(expected, decoded).Index().Where(frame => !(frame.Item < BoxWithin)).ToList();
        if (wrong.Count > 0)
            yield return $"the box is {wrong.Max(f => f.Item):0.00} steps off in {wrong.Count} frames: {string.Join(' ', wrong.Take(12).Select(f => $"{f.Index}({f.Item:0.00})"))}";
    }

    private static IEnumerable<string> OfTiming(Expected expected, Decoded decoded)
    {
        var frame = decoded.Times.Count > 1 ? decoded.Times[1] - decoded.Times[0] : 0;
        var (flashes, beeps) = (decoded.Flashes, decoded.Beeps);
        if (expected.Beep is { } due && !(beeps.Count > 0 && Math.Abs(beeps[0] - due) <= 0.030)) yield return $"beeps at [{string.Join(' ', beeps)}], not {due}";
        var times = new[] { expected.Flash, expected.Again }.OfType<double>().ToList();
        if (flashes.Count != times.Count || times.Zip(flashes).Any(pair => Math.Abs(pair.First - pair.Second) > frame + 0.001))
            yield return $"flashes at [{string.Join(' ', flashes)}], not [{string.Join(' ', times)}]";
        else if (expected.Beeps && times.Count > 0
            && (beeps.Count != times.Count || flashes.Zip(beeps).Any(pair => Math.Abs(pair.First - pair.Second) > Math.Max(0.030, frame))))
        {
            yield return $"beeps at [{string.Join(' ', beeps)}], flashes at [{string.Join(' ', flashes)}]";
        }
    }

    private static IEnumerable<string> OfSound(Expected expected, MasterRun.Outcome outcome, Decoded decoded, double loudnessWithin)
    {
        var hasBeep = (expected.Beeps && expected.Flash is not null) || expected.Beep is not null;
        if (expected.Groups is { } groups && !(groups.Count == outcome.Groups.Count && groups.Zip(outcome.Groups).All(
            pair => pair.First.Channels == pair.Second.Channels && Math.Abs(pair.First.Lufs - pair.Second.Lufs) < loudnessWithin)))
        {
            yield return $"groups of sound [{string.Join(' ', outcome.Groups)}], not [{string.Join(' ', groups)}]";
        }

        if ((expected.Lufs ?? (hasBeep ? Card.Lufs : null)) is { } lufs && !(Math.Abs(decoded.Level.Lufs - lufs) < loudnessWithin)) yield return $"{decoded.Level.Lufs} LUFS, not {lufs}";
        if (!(decoded.Level.TruePeak <= expected.TruePeak)) yield return $"a true peak of {decoded.Level.TruePeak:0.0} dB, above {expected.TruePeak}";
    }

    private static IEnumerable<string> OfLadders(Expected expected, IReadOnlyList<MasterRun.OtherLadder> others)
    {
        if (others.Count != expected.Ladders.Count) yield return $"{others.Count} ladders besides H.264's, not {expected.Ladders.Count}";
        foreach (var (other, ladder) in others.OrderBy(o => o.Variant.Codec, StringComparer.Ordinal).Zip(expected.Ladders.OrderBy(l => l.Codec, StringComparer.Ordinal)))
        {
            var (codec, range) = (other.Variant.Codec, other.Variant.Range);
            if ((codec, range, other.Variant.Size) != (ladder.Codec, ladder.Range, expected.Size))
                yield return $"{codec} of {range} and {other.Variant.Size}, not {ladder.Codec} of {ladder.Range}";
            var shown = range == "SDR" ? expected : expected with { Probes = Card.Corners(expected.Letters) };
            foreach (var fault in (string[])[.. OfPicture(shown, other.Decoded), .. OfMotion(shown, other.Decoded), .. OfTiming(shown, other.Decoded)])
                yield return $"{codec}: {fault}";
            foreach (var part in ladder.Says.Where(part => !other.Said.Contains(part, StringComparison.Ordinal))) yield return $"{codec} does not say {part}: {other.Said}";
        }
    }

    private static IEnumerable<string> OfPlaying(Expected expected, MasterRun.BrowserRun played)
    {
        if (played.Error is { } error) yield return $"in Chromium: {error}";
        if ((played.Width, played.Height) != expected.Size) yield return $"{played.Width}x{played.Height} in Chromium, not {expected.Size}";
        foreach (var (probe, color) in expected.Probes.Zip(played.Colors))
        {
            var seen = new Rgb(color[0], color[1], color[2]);
            if (seen.From(probe.Color) > expected.ColorWithin + BrowserWithin)
                yield return $"{seen} at ({probe.X}, {probe.Y}) in Chromium, not {probe.Color}";
        }
    }
}
