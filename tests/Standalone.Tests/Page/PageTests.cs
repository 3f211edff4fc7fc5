using System.Buffers.Binary;
using FlickStream.Standalone.Tests.Harness;
using FlickStream.Standalone.Tests.Text;

namespace FlickStream.Standalone.Tests.Page;

/// <summary>A studio at the page, in a real browser.</summary>
[Collection(WithAnotherTitle.Name)]
public sealed class PageTests(ReadyTitle title)
{
    internal sealed record Visit(
        string? Fatal,
        IReadOnlyList<string> Complaints,
        string Address,
        string? Title,
        bool IsNamedAsFile,
        IReadOnlyList<string>? Qualities,
        IReadOnlyList<string>? Captions,
        string? Shown,
        IReadOnlyList<string>? Chapters,
        double AfterChapter,
        string? PlayerProblem);

    internal sealed record Upload(
        string? Fatal, IReadOnlyList<string> Complaints, int Created, IReadOnlyList<long> Offsets, string? Paused, string? Interrupted);

    private sealed record Trouble(string? Fatal, IReadOnlyList<string> Complaints, string? Reason, bool PlaysWhileCancelled);

    [Fact]
    public async Task An_upload_goes_on_where_it_stopped_after_a_pause_and_after_the_tab_was_closed()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("flickstream-page-");
        try
        {
            var master = await TestMaster.MakeAsync(Path.Combine(folder.FullName, "Long cut.mov"), seconds: 2, cancellationToken: cancellation);
            await PadAsync(master.Path, megabytes: 24, cancellation);
            var upload = await NodeScript.RunAsync<Upload>(
                "upload.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--file", master.Path], cancellation);
            Assert.Null(upload.Fatal);
            Assert.Empty(upload.Complaints);
            Assert.StartsWith("Paused at ", upload.Paused, StringComparison.Ordinal);
            Assert.StartsWith("Interrupted.", upload.Interrupted, StringComparison.Ordinal);
            // One upload in three stretches, each of which begins where the server had come to.
            Assert.Equal(1, upload.Created);
            Assert.Equal(3, upload.Offsets.Count);
            Assert.Equal(0, upload.Offsets[0]);
            Assert.InRange(upload.Offsets[1], 1, upload.Offsets[2] - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Makes a QuickTime file larger without changing what is in it: a <c>free</c> box at its end.</summary>
    private static async Task PadAsync(string path, int megabytes, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Append);
        var box = new byte[megabytes << 20];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        "free"u8.CopyTo(box.AsSpan(4));
        await file.WriteAsync(box, cancellation);
    }

    [Fact]
    public async Task A_studio_adds_a_master_watches_it_and_deletes_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("flickstream-page-");
        try
        {
            var bare = await TestMaster.MakeAsync(Path.Combine(folder.FullName, "bare.mov"), seconds: 8, cancellationToken: cancellation);
            var master = await TextMaster.MuxAsync(bare.Path, Path.Combine(folder.FullName, "Rough cut.mkv"), cancellation);
            var visit = await NodeScript.RunAsync<Visit>(
                "page.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--file", master], cancellation);
            Assert.Null(visit.Fatal);
            Assert.Empty(visit.Complaints);
            Assert.DoesNotContain("key=", visit.Address, StringComparison.Ordinal);
            Assert.True(visit.IsNamedAsFile, $"shown as {visit.Title}");
            Assert.True(visit.Qualities!.Count > 2, "automatic and at least two rungs");
            Assert.Equal(["Off", "Deutsch", "Signs (forced)", "English SDH"], visit.Captions);
            Assert.StartsWith("Über die Grenze", visit.Shown, StringComparison.Ordinal);
            Assert.Equal(["0:00 Opening", "0:06 The \"end\""], visit.Chapters);
            Assert.InRange(visit.AfterChapter, 5.9, 8);
            Assert.Equal("", visit.PlayerProblem);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_studio_reads_why_a_file_is_refused_and_takes_up_a_cancelled_encoding_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("flickstream-page-");
        try
        {
            var unfit = Path.Combine(folder.FullName, "notes.mov");
            await File.WriteAllTextAsync(unfit, "Not a film.", cancellation);
            var master = await TestMaster.MakeAsync(Path.Combine(folder.FullName, "Second cut.mov"), seconds: 30, cancellationToken: cancellation);
            var visit = await NodeScript.RunAsync<Trouble>(
                "trouble.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--file", master.Path, "--unfit", unfit], cancellation);
            Assert.Null(visit.Fatal);
            Assert.Empty(visit.Complaints);
            Assert.Contains("not_media", visit.Reason, StringComparison.Ordinal);
            Assert.False(visit.PlaysWhileCancelled);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
