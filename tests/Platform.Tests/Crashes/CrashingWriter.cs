using FlickStream.Platform.Blobs;
using FlickStream.Platform.Blobs.Disk;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Documents.Sqlite;

namespace FlickStream.Platform.Tests.Crashes;

/// <summary>Not a test but a process to kill: <see cref="CrashTests"/> starts this test program a second time with only this in it. It
/// writes, and says what was acknowledged, until it is killed.</summary>
public sealed class CrashingWriter
{
    public const string FolderVariable = "FLICKSTREAM_CRASHING_WRITER";
    public const string Acknowledged = "acknowledged ";
    public const int BlobLength = 300_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static readonly DocumentSchema<Progress> Schema = new DocumentSchema<Progress>("progress").Field("round", p => p.Round).Index("round");

    public static byte[] Content(int round)
    {
        var bytes = new byte[BlobLength];
        new Random(round).NextBytes(bytes);
        return bytes;
    }

    [Fact(Explicit = true)]
    public async Task Writes_until_killed()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "Started by the crash tests only.");
        var blobs = new DiskBlobs(Path.Combine(folder, "blobs"));
        var set = new SqliteDocuments(Path.Combine(folder, "documents.sqlite")).Set(Schema);
        var partial = await blobs.BeginAsync("growing", Ct);
        await set.InsertAsync("current", new Progress(-1, partial), Ct);
        for (var round = 0; ; round++)
        {
            await blobs.WriteAsync($"whole/{round}", new MemoryStream(Content(round)), Ct);
            partial = await blobs.AppendAsync(partial, new MemoryStream(Content(round)), Ct);
            await set.InsertAsync($"{round}", new Progress(round, null), Ct);
            var current = new Progress(round, partial);
            await set.UpdateAsync("current", _ => current, Ct);
            Console.WriteLine($"{Acknowledged}{round}");
        }
    }
}

public sealed record Progress(int Round, PartialBlob? Partial);
