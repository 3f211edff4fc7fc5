using FlickStream.Transcoder.Packaging;

namespace FlickStream.Transcoder.Tests.Packaging;

public sealed class AudioPackagerTests
{
    [Theory]
    [InlineData(48_000)]
    [InlineData(44_100)]
    public async Task A_sound_stays_at_its_time_from_the_first_second_to_the_last(int sampleRate)
    {
        var title = new AudioSample(videoSegments: 11, sampleRate);
        var packaged = await title.PackageAsync(await title.EncodeAsync(62.5));
        var samples = await AudioSample.DecodeAsync(title.Join(Enumerable.Range(0, packaged.Segments)));
        foreach (var second in new[] { 1, 2, 30, 60, 62 })
        {
            var off = AudioSample.ClickNear(samples, second * sampleRate) - (second * sampleRate);
            Assert.True(Math.Abs(off) <= 3, $"The click of second {second} is {off} samples off.");
        }

        Assert.InRange(samples.Length - (62.5 * sampleRate), 0, 1023);
        Assert.Equal(samples.Length, packaged.Samples);
    }

    [Fact]
    public async Task Every_frame_decodes_as_it_does_from_the_encoders_own_output()
    {
        var title = new AudioSample(videoSegments: 3);
        // Noise substitution would give other noise from another first frame.
        var encoded = await title.EncodeAsync(14, "-aac_pns", "0");
        await title.PackageAsync(encoded);
        var direct = await AudioSample.DecodeAsync(encoded);
        var packaged = await AudioSample.DecodeAsync(title.Join(0, 1, 2));
        // The encoder's output has the priming frame in front. After the first frame, which lacks its overlap, all is equal.
        Assert.Equal(direct.AsSpan(2048, packaged.Length - 1024), packaged.AsSpan(1024));
    }

    [Theory]
    [InlineData("24/1")]
    [InlineData("30000/1001")]
    public async Task Segments_follow_the_pictures_boundaries_to_the_nearest_frame(string rate)
    {
        var title = new AudioSample(videoSegments: 3, rate: rate);
        await title.PackageAsync(await title.EncodeAsync(16));
        var start = 0L;
        foreach (var (number, segment) in title.Runs.SelectMany(r => r.Segments).Index())
        {
            var boundary = number * title.Track.Grid.SegmentFrames / title.Track.Grid.FrameRate.Value * 48_000;
            Assert.InRange(start - boundary, -512, 512);
            var packets = await Tool.FfprobeAsync(title.Join(number), "-show_packets", "-show_entries", "packet=pts");
            Assert.Equal(Enumerable.Range(0, (int)(segment.Ticks / 1024)).Select(i => $"{start + (i * 1024)}"), packets);
            Assert.Equal(segment.Bytes, title.Blobs.Stored[$"{title.Track.Folder}/{number}.m4s"].Length);
            Assert.Empty(segment.IFrames);
            start += segment.Ticks;
        }
    }

    [Fact]
    public async Task Runs_are_those_of_the_pictures_chunks()
    {
        var title = new AudioSample(videoSegments: 7);
        await title.PackageAsync(await title.EncodeAsync(40));
        Assert.Equal([(0, 0, 1), (1, 1, 1), (2, 2, 2), (3, 4, 3)], title.Runs.Select(r => (r.Chunk, r.First, r.Segments.Count)));
        Assert.All(title.Runs, r => Assert.Equal(("asset", "revision", "a1"), (r.AssetId, r.Revision, r.Rendition)));
    }

    [Theory]
    [InlineData(12.4, 2)]
    [InlineData(12.7, 3)]
    [InlineData(18.3, 3)]
    [InlineData(20, 4)]
    public async Task Sound_that_outlasts_the_picture_joins_the_last_segment_or_goes_on_in_more(double seconds, int segments)
    {
        var title = new AudioSample(videoSegments: 2);
        var packaged = await title.PackageAsync(await title.EncodeAsync(seconds));
        Assert.Equal(segments, packaged.Segments);
        Assert.Equal(segments, title.Runs.Sum(r => r.Segments.Count));
        Assert.Equal((long)Math.Ceiling(seconds * 48_000 / 1024) * 1024, packaged.Samples);
        Assert.Equal(packaged.Samples, title.Runs.SelectMany(r => r.Segments).Sum(s => s.Ticks));
    }

    [Fact]
    public async Task Sound_that_ends_before_the_picture_just_ends_and_a_short_end_keeps_the_pictures_number()
    {
        var title = new AudioSample(videoSegments: 3);
        Assert.Equal(3, (await title.PackageAsync(await title.EncodeAsync(12.2))).Segments);
        title = new AudioSample(videoSegments: 9);
        Assert.Equal(1, (await title.PackageAsync(await title.EncodeAsync(3))).Segments);
    }

    [Fact]
    public async Task Runs_are_told_while_the_encoder_still_writes_but_the_end_waits_for_its_success()
    {
        var title = new AudioSample(videoSegments: 4);
        var encoded = await title.EncodeAsync(24);
        var (output, input) = Pipe();
        var packager = title.Packager();
        var reading = packager.ReadAsync(output, TestContext.Current.CancellationToken);
        await input.WriteAsync(encoded.AsMemory(0, encoded.Length * 2 / 5), TestContext.Current.CancellationToken);
        await input.FlushAsync(TestContext.Current.CancellationToken);
        while (title.Runs.Count == 0) await Task.Yield();
        Assert.False(reading.IsCompleted);

        await input.WriteAsync(encoded.AsMemory(encoded.Length * 2 / 5), TestContext.Current.CancellationToken);
        await input.DisposeAsync();
        await reading;
        Assert.Equal([0, 1], title.Runs.Select(r => r.Chunk));
        await packager.FinishAsync(TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2], title.Runs.Select(r => r.Chunk));
    }

    private static (Stream Output, Stream Input) Pipe()
    {
        var pipe = new System.IO.Pipelines.Pipe();
        return (pipe.Reader.AsStream(), pipe.Writer.AsStream());
    }

    [Fact]
    public async Task Going_on_after_recorded_runs_gives_the_same_as_an_undisturbed_run()
    {
        var (whole, stopped) = (new AudioSample(videoSegments: 7), new AudioSample(videoSegments: 7));
        var encoded = await whole.EncodeAsync(40);
        await whole.PackageAsync(encoded);

        // Stopped in the middle of a box; the runs told before stand.
        await Assert.ThrowsAsync<ChunkRejectedException>(() => stopped.PackageAsync(encoded[..(encoded.Length / 2)]));
        var recorded = stopped.Runs.Count;
        Assert.InRange(recorded, 1, 3);
        await stopped.PackageAsync(encoded, recorded);
        Assert.Equivalent(whole.Runs, stopped.Runs, strict: true);
        Assert.Equal(whole.Blobs.Stored.Keys.Order(), stopped.Blobs.Stored.Keys.Order());
        Assert.All(whole.Blobs.Stored, blob => Assert.Equal(blob.Value, stopped.Blobs.Stored[blob.Key]));

        // Recorded runs are not written again.
        var rest = new AudioSample(videoSegments: 7);
        await rest.PackageAsync(encoded, 2);
        Assert.DoesNotContain($"{rest.Track.Folder}/1.m4s", rest.Blobs.Stored.Keys);
        Assert.Equal([2, 3], rest.Runs.Select(r => r.Chunk));
    }

    [Fact]
    public async Task A_segment_stored_by_an_earlier_encoder_stays_and_is_measured_as_stored()
    {
        var title = new AudioSample(videoSegments: 1);
        await title.PackageAsync(await title.EncodeAsync(4, "-b:a", "96k"));
        var stored = title.Blobs.Stored[$"{title.Track.Folder}/0.m4s"];
        title.Blobs.Stored.TryRemove($"{title.Track.Folder}/init.mp4", out _);
        await title.PackageAsync(await title.EncodeAsync(4));
        Assert.Equal(stored.Length, Assert.Single(title.Runs[1].Segments).Bytes);
    }

    [Fact]
    public async Task Output_that_was_cut_off_is_rejected_only_at_the_end_so_that_the_encoders_own_failure_is_told_first()
    {
        var encoded = await new AudioSample(videoSegments: 1).EncodeAsync(3);
        foreach (var length in new[] { 0, 5, 40, 300, encoded.Length / 2, encoded.Length - 1 })
        {
            var title = new AudioSample(videoSegments: 1);
            var packager = title.Packager();
            await packager.ReadAsync(new MemoryStream(encoded[..length]), TestContext.Current.CancellationToken);
            var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => packager.FinishAsync(TestContext.Current.CancellationToken));
            Assert.Equal("chunk_malformed", rejected.Code);
            Assert.Empty(title.Runs);
        }
    }

    [Fact]
    public async Task Silence_of_no_length_is_rejected()
    {
        var title = new AudioSample(videoSegments: 1);
        var encoded = await title.EncodeAsync(1);
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(() => title.PackageAsync(encoded[..Mp4Edit.Find(encoded, "moof", 0)]));
        Assert.Equal("audio_empty", rejected.Code);
    }

    [Fact]
    public async Task A_gap_an_edit_list_and_another_codec_setting_are_rejected()
    {
        var title = new AudioSample(videoSegments: 1);
        var encoded = await title.EncodeAsync(3);
        var second = Mp4Edit.Find(encoded, "tfdt", 1);
        await RejectsAsync("chunk_timeline", title.Track, Mp4Edit.With(encoded, second + 12 + 3, 1));
        await RejectsAsync("chunk_timeline", title.Track, await title.EncodeAsync(3, "-use_editlist", "1", "-movflags", "+delay_moov"));
        await RejectsAsync("chunk_codec", title.Track with { Rendition = title.Track.Rendition with { Channels = 2 } }, encoded);
        await RejectsAsync("chunk_codec", title.Track with { Rendition = title.Track.Rendition with { SampleRate = 44_100 } }, encoded);
        await RejectsAsync("chunk_codec", title.Track with { Rendition = title.Track.Rendition with { Codecs = "mp4a.40.5" } }, encoded);
        await RejectsAsync("chunk_codec", title.Track, await new VideoSample(24).EncodeAsync(0, 144));
    }

    private static async Task RejectsAsync(string code, AudioTrack track, byte[] media)
    {
        var rejected = await Assert.ThrowsAsync<ChunkRejectedException>(
            () => new AudioSample(videoSegments: 1) { Track = track }.PackageAsync(media));
        Assert.Equal(code, rejected.Code);
    }
}
