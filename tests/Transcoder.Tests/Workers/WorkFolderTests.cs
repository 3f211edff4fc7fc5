using FlickStream.Platform;
using FlickStream.Platform.Media;
using FlickStream.Transcoder.Packaging;
using FlickStream.Transcoder.Workers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class WorkFolderTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("worker-name-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public void A_name_is_one_workers_as_long_as_it_lives()
    {
        using (FolderOf("one"))
        using (FolderOf("two"))
        {
            var refusal = Assert.Throws<WorkerNameTakenException>(() => FolderOf("one"));
            Assert.Contains("Worker:Name", refusal.Message, StringComparison.Ordinal);
        }

        FolderOf("one").Dispose();
    }

    [Fact]
    public async Task A_worker_empties_its_own_part_of_the_folder_that_it_is_given()
    {
        var given = _data.CreateSubdirectory("given");
        await File.WriteAllTextAsync(Path.Combine(given.FullName, "another's"), "", TestContext.Current.CancellationToken);
        using var folder = FolderOf("one", given.FullName);
        folder.Lend("job:video-0001-a", 1);

        await folder.EmptyAsync(Media(), TestContext.Current.CancellationToken);

        Assert.Equal(["another's", "one"], given.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Empty(given.CreateSubdirectory("one").EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("ln -s \"$1\" made")]
    [InlineData("mkfifo made")]
    [InlineData("mkdir made")]
    [InlineData(": > made")]
    [InlineData("true")]
    public async Task What_a_hijacked_ffmpeg_leaves_instead_of_a_file_is_neither_followed_nor_waited_for(string command)
    {
        var secret = Path.Combine(_data.FullName, "secret");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        using var folder = FolderOf("one");
        using (var work = folder.Lend("job:video-0001-a", 1))
        {
            using var shell = System.Diagnostics.Process.Start(
                new System.Diagnostics.ProcessStartInfo("sh", ["-c", command, "sh", secret]) { WorkingDirectory = work.Path })!;
            await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, shell.ExitCode);

            Assert.Equal("chunk_missing", Assert.Throws<ChunkRejectedException>(() => work.OpenRead("made")).Code);

            await File.WriteAllTextAsync(Path.Combine(work.Path, "plain"), "x", TestContext.Current.CancellationToken);
            await using var plain = work.OpenRead("plain");
            Assert.Equal(1, plain.Length);
        }

        Assert.True(File.Exists(secret));
    }

    private static MediaRunner Media() =>
        new(Options.Create(new MediaOptions()), TimeProvider.System, NullLogger<MediaRunner>.Instance);

    private WorkFolder FolderOf(string name, string? given = null) => new(
        Options.Create(new PlatformOptions { DataFolder = _data.FullName }),
        Options.Create(new WorkerOptions { Name = name, WorkFolder = given }));
}
