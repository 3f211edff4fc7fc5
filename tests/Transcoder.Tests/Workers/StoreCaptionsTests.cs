using System.Globalization;
using FlickStream.Platform.Contracts;
using FlickStream.Tests.Shared;
using FlickStream.Transcoder.Board;
using FlickStream.Transcoder.Planning;
using FlickStream.Transcoder.Tests.Board;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class StoreCaptionsTests : IAsyncDisposable
{
    private static readonly TextPlan Track = new(0, TextReport.CaptionsInPicture, 0, "t1", null, "CC1", TextRole.Sdh, false);
    private static readonly (int, int)[] Words = [(0x15, 0x20), (0x14, 0x70), ('H', 'I'), (0x15, 0x2f), (0x15, 0x2c)];

    private readonly BoardFixture _board = new();

    public async ValueTask DisposeAsync() => await _board.DisposeAsync();

    [Fact]
    public async Task A_channel_that_is_too_large_is_told_though_another_is_stored()
    {
        var job = await _board.AddAsync("title");
        // Full of what WebVTT writes with five letters, from the first hour of a title of months to the last.
        List<(int, int)> screen = [(0x14, 0x20)];
        for (var row = 0; row < 16; row++) screen.AddRange([(0x10 + (row / 2), row % 2 == 0 ? 0x40 : 0x60), .. Enumerable.Repeat(((int)'&', (int)'&'), 16)]);
        var samples = ((IEnumerable<(int, int)>)[.. screen, (0x14, 0x2f)]).Select(pair => Pair(0, pair)).Append(Pair(1, (0, 0))).ToList();
        for (var i = 0; i < Words.Length; i++) samples[i] = [.. samples[i], .. Pair(1, Words[i])];
        samples.AddRange(Enumerable.Repeat(Pair(0, (0, 0)), 1000));

        var timeline = job.Plan.Timeline with { Frames = job.Plan.Frames * 200_000 };
        var notices = await RunAsync(job with { Plan = job.Plan with { Timeline = timeline } }, Track, samples, milliseconds: 5_000_000);

        Assert.Equal([("text_too_large", "t1", "Track 1 (CC1).")], notices.Select(n => (n.Code, n.Subject, n.Detail)));
        Assert.Equal(["t1-cc3 CC3"], (await _board.CurrentAsync()).Text.Select(text => $"{text.Name} {text.Title}"));
    }

    [Fact]
    public async Task Services_have_their_languages_and_those_beyond_the_sixth_are_told()
    {
        var job = await _board.AddAsync("title");
        byte[] said = [.. Cea708.Define(0, isVisible: false), .. "HI"u8, 0x89, 0x01];
        List<byte[]> samples = [Cea708.Packet(0, 1, said), Cea708.Packet(1, 3, said), Cea708.Packet(2, 9, said), []];

        var track = Track with { Languages = new() { ["CC1"] = "de", ["Service 3"] = "es", ["Service 4"] = "fr" } };
        var notices = await RunAsync(job, track, samples);

        Assert.Equal([("captions_left_out", "Service 9.")], notices.Select(n => (n.Code, n.Detail)));
        Assert.Equal(
            ["t1-s1 Service 1 ", "t1-s3 Spanish (Service 3) es"], (await _board.CurrentAsync()).Text.Select(text => $"{text.Name} {text.Title} {text.Language}").Order(StringComparer.Ordinal));
    }

    [Theory]
    // Padding, text mode and data services are no captions; a caption that never says a word is told.
    [InlineData("fc8080 fd8080 fa0000 fc94a2 fd0101", "")]
    [InlineData("fc9420", "text_empty")]
    [InlineData("fd1525", "text_empty")]
    // A window that is made and never written on; an empty service; a packet that never ends.
    [InlineData("ff0527 fe9838 fe4a00 fe611f fe1100", "text_empty")]
    [InlineData("ff0120 ff3f22 fe4142", "")]
    public async Task Captions_in_which_nobody_means_to_speak_are_not_worth_a_word(string triplets, string expected)
    {
        var job = await _board.AddAsync("title");
        var notices = await RunAsync(job, Track, [Convert.FromHexString(triplets.Replace(" ", "", StringComparison.Ordinal))]);
        Assert.Equal(expected, string.Join(' ', notices.Select(n => n.Code)));
    }

    private static byte[] Pair(int field, (int First, int Second) pair) => [(byte)(0xfc | field), Cea608.Odd(pair.First), Cea608.Odd(pair.Second)];

    private async Task<IReadOnlyList<Platform.Problems.ProblemReport>> RunAsync(Job job, TextPlan track, IReadOnlyList<byte[]> samples, int milliseconds = 100)
    {
        using var work = _board.Work.Lend("job:captions", 1);
        await File.WriteAllBytesAsync(FfmpegArguments.TextFile(track, work.Path), [.. samples.SelectMany(sample => sample)], BoardFixture.Stop);
        var index = samples.Select((sample, i) => string.Create(CultureInfo.InvariantCulture, $"0, {(long)i * milliseconds}, {(long)i * milliseconds}, 0, {sample.Length}, 0"));
        await File.WriteAllLinesAsync(FfmpegArguments.SampleIndex(track, work.Path), ["#tb 0: 1/1000", .. index], BoardFixture.Stop);
        return await _board.Captions.RunAsync(job, await _board.CurrentAsync(), track, work, BoardFixture.Stop);
    }
}
