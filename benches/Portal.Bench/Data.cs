using System.Diagnostics;
using System.Globalization;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Bench;

/// <summary>The data folder that is measured on. It is filled once and kept in the temp folder for a week, and each run has a copy.</summary>
internal static class Data
{
    // Another one whenever what is filled in, or how it is stored, changes.
    private const int Version = 3;

    private static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public static async Task<string> CopyAsync()
    {
        var kept = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"flickstream-bench-portal-{Version}"));
        if (Directory.Exists(kept) && Directory.GetCreationTimeUtc(kept) < TimeProvider.System.GetUtcNow() - Life) Directory.Delete(kept, recursive: true);
        if (!Directory.Exists(kept)) await FillAsync(kept);
        var copy = Directory.CreateTempSubdirectory("bench-portal-").FullName;
        foreach (var file in Directory.GetFiles(kept)) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private static async Task FillAsync(string kept)
    {
        var begin = Stopwatch.GetTimestamp();
        var folder = Directory.CreateTempSubdirectory("bench-portal-").FullName;
        try
        {
            await using (var app = PortalProcess.Build(folder))
            {
                var (documents, now) = (app.Services.GetRequiredService<IDocuments>(), TimeProvider.System.GetUtcNow());
                var library = new Library(now);
                library.Make();
                await library.WriteAsync(documents, await new Audience(app.Services, now).WriteAsync(library));
            }

            Directory.Move(folder, kept);
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s: {kept}"));
    }
}
