using FlickStream.Platform;
using FlickStream.Transcoder.Workers;
using Microsoft.Extensions.Options;

namespace FlickStream.Transcoder.Tests.Workers;

public sealed class WorkerNameTests : IDisposable
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

    private WorkFolder FolderOf(string name) =>
        new(Options.Create(new PlatformOptions { DataFolder = _data.FullName }), Options.Create(new WorkerOptions { Name = name }));
}
