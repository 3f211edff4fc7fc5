using System.Globalization;
using System.Text.RegularExpressions;
using FlickStream.Standalone.Tests.Crashes;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>A FlickStream with little patience, and what lies around it.</summary>
internal sealed partial class FuzzedProduct : IAsyncDisposable
{
    /// <summary>What the name of its folder begins with.</summary>
    public const string FolderPrefix = "flickstream-fuzz-";

    /// <summary>Two readings of the header, a scan, and as much encoding as a minute of film may take; and time to wait for the others.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    // The limit of its time, and as long again for a busy machine.
    private static readonly TimeSpan LongestComparison = TimeSpan.FromMinutes(4);

    private static readonly Dictionary<string, string> Options = new()
    {
        ["Media__Sandbox"] = "Required",
        ["Media__StallTimeout"] = "00:00:10",
        ["Media__MaxMemoryBytes"] = $"{1 << 30}",
        ["Media__MaxFileBytes"] = $"{64 << 20}",
        ["Inspection__TimeLimit"] = "00:00:05",
        ["Inspection__ScanTimeLimit"] = "00:00:10",
        ["Inspection__MaxDuration"] = "00:01:00",
        ["Worker__StepFloor"] = "00:00:20",
        ["Worker__SlownessLimit"] = "1",
        ["Worker__MeasureQuality"] = "true",
        ["Planning__MaxHeight"] = "234",
        ["Board__MaxAttempts"] = "2",
        ["Board__FirstPause"] = "00:00:00.1",
        ["Board__SweepInterval"] = "00:00:01",
        ["Ingest__Assets__SweepInterval"] = "00:00:01",
    };

    private readonly DirectoryInfo _folder;

    private FuzzedProduct(DirectoryInfo folder) => _folder = folder;

    public RunningFlickStream FlickStream { get; private set; } = null!;

    public Surroundings Around { get; private set; } = null!;

    public string DataFolder => Path.Combine(_folder.FullName, "data");

    public static async Task<FuzzedProduct> StartAsync(IReadOnlyDictionary<string, string> options, CancellationToken cancellationToken)
    {
        var product = new FuzzedProduct(Directory.CreateTempSubdirectory(FolderPrefix));
        try
        {
            var all = new Dictionary<string, string>(Options);
            foreach (var (name, value) in options) all[name] = value;
            Directory.CreateDirectory(product.DataFolder);
            product.FlickStream = await RunningFlickStream.StartOnAsync(product.DataFolder, all, cancellationToken);
            product.Around = await Surroundings.MakeAsync(product._folder.CreateSubdirectory("around").FullName, product.FlickStream, product.DataFolder, cancellationToken);
            return product;
        }
        catch
        {
            await product.DisposeAsync();
            throw;
        }
    }

    public async Task<IReadOnlyList<SeedMaster>> SeedsAsync(CancellationToken cancellationToken) =>
        await SeedMasters.MakeAsync(_folder.CreateSubdirectory("seeds").FullName, cancellationToken);

    /// <summary>Resident bytes of the server, now and at most.</summary>
    public (long Now, long Peak) Memory()
    {
        var status = File.ReadLines($"/proc/{FlickStream.ProcessId}/status").ToList();
        long Of(string field) => long.Parse(status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
        return (Of("VmRSS:"), Of("VmHWM:"));
    }

    /// <summary>What is wrong with it when all files have ended, as sentences.</summary>
    public async Task<IReadOnlyList<string>> HarmAsync(CancellationToken cancellationToken)
    {
        var harm = new List<string>();
        using var health = await FlickStream.Client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
        if (!health.IsSuccessStatusCode) harm.Add($"/health/ready answers {health.StatusCode}");

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        IReadOnlyList<string> Left() => [.. new DataContents(DataFolder).Scraps(), .. MediaProcesses.Of(DataFolder).Select(process => process.Command)];
        // Comparisons of what was published may still wait for their turn, one after the other; none of them may stay.
        var (left, since) = (Left(), TimeProvider.System.GetTimestamp());
        while (left.Count > 0 && TimeProvider.System.GetElapsedTime(since) < LongestComparison)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            if (Left() is var now && now.SequenceEqual(left)) continue;
            (left, since) = (Left(), TimeProvider.System.GetTimestamp());
        }

        harm.AddRange(left.Select(what => $"Left behind: {what}"));

        harm.AddRange(LogBlock().Matches(FlickStream.Output).Select(block => $"Logged: {block.Value}"));
        if (await FlickStream.StopAsync() is not 0 and var code) harm.Add($"It ended with {code}.");
        harm.AddRange(Around.Harm(FlickStream.Output));
        return harm;
    }

    public async ValueTask DisposeAsync()
    {
        if (FlickStream is not null) await FlickStream.DisposeAsync();
        if (Around is not null) await Around.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"^(fail|crit): .*\n(?:      .*\n)*", RegexOptions.Multiline)]
    private static partial Regex LogBlock();
}
