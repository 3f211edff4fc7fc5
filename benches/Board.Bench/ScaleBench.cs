using System.Globalization;
using FlickStream.Transcoder.Board;

namespace FlickStream.Board.Bench;

/// <summary>The job board under crowds of workers, with a short queue and a long one in turn, because disks drift.</summary>
internal static class ScaleBench
{
    private const string MongoVariable = "FLICKSTREAM_TEST_MONGO";
    private const int Short = 1_000;
    private const int Long = 100_000;

    private static readonly TimeSpan Unhurried = TimeSpan.FromSeconds(10);

    private static readonly Crowd[] Crowds =
    [
        new(10), new(100), new(1_000), new(1_000) { Rest = Unhurried }, new(100) { Processes = 4 },
    ];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var duration = TimeSpan.FromSeconds(arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 5);
        var folder = Path.Combine(arguments.Length > 1 ? arguments[1] : Path.GetTempPath(), $"bench-board-{Environment.ProcessId}");
        Console.WriteLine($"{Environment.ProcessorCount} cores; a title is {Titles.Claimable + 1} steps; each row {duration.TotalSeconds:0.#} s");
        Console.WriteLine();
        try
        {
            await MeasureAsync(length => Engine.Sqlite(Path.Combine(folder, $"sqlite-{length}")), duration);
            if (Environment.GetEnvironmentVariable(MongoVariable) is { Length: > 0 } server)
                await MeasureAsync(length => Engine.Mongo(Path.Combine(folder, $"mongo-{Environment.ProcessId}-{length}"), server), duration);
            else
                Console.WriteLine($"MongoDB was not measured: {MongoVariable} names no server.");
            return 0;
        }
        finally
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(Func<int, Engine> engineFor, TimeSpan duration)
    {
        await using var shorter = engineFor(Short);
        await using var longer = engineFor(Long);
        await FillAsync(longer, Long);
        await FillAsync(shorter, Short);
        await Crowds[0].RunAsync(shorter, duration / 2); // The first seconds measure the compiler.

        Row.Head();
        var growths = new List<double>();
        foreach (var crowd in Crowds.Where(crowd => crowd.Processes == 1 || shorter.IsSqlite))
        {
            var before = await MeasureAsync(shorter, crowd, Short, duration);
            before.Print(null);
            var row = await MeasureAsync(longer, crowd, Long, duration);
            row.Print(before);
            growths.Add(row.Growth(before));
        }

        Console.WriteLine();
        Console.WriteLine($"A claim among {Long:N0} took {growths.Max():0.00} times as long as among {Short:N0} at most (goal: 2.00).");
        Console.WriteLine();
    }

    private static async Task<Row> MeasureAsync(Engine engine, Crowd crowd, int length, TimeSpan duration)
    {
        await FillAsync(engine, length);
        var bare = engine.IsSqlite && crowd.Rest == TimeSpan.Zero ? BareSqlite.Run(engine, crowd.Workers, duration / 2) : (double?)null;
        return new Row(engine.Name, crowd.Name, length, await crowd.RunAsync(engine, duration), bare);
    }

    /// <summary>Titles until the queue has its length.</summary>
    private static async Task FillAsync(Engine engine, int length)
    {
        using var host = engine.Start();
        var titles = new Titles(host.Services);
        var board = host.Services.GetRequiredService<JobBoard>();
        var (_, steps, _) = await board.DepthAsync(StepLane.Encode, CancellationToken.None);
        for (; steps < length; steps += Titles.Claimable) await titles.AddAsync();

        // One is finished, so that every collection is there for what runs beside the board.
        var claim = await board.ClaimAsync("first", StepLane.Encode, CancellationToken.None);
        await board.FinishAsync(claim!, CancellationToken.None);
    }
}
