using System.Collections.Concurrent;
using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Fuzzing;

/// <summary>Broken and hostile masters through the whole product: each ends refused, failed with a code or playable, and nothing else happens.
/// There is one of each kind; <c>FUZZ_COUNT</c> makes more of them, <c>FUZZ_SEED</c> others, and <c>FUZZ_ONLY</c> the one of a number.</summary>
public sealed class FuzzTests
{
    private const int InFlight = 4;
    private const int TracedFiles = 100;
    private const long MaxGrowth = 256L << 20;

    private static readonly int Seed = Given.Number("FUZZ_SEED") ?? 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_broken_master_ends_as_promised_and_harms_nothing()
    {
        await using var product = await FuzzedProduct.StartAsync(new Dictionary<string, string>(), Cancellation);
        var mutator = new Mutator(await product.SeedsAsync(Cancellation), product.Around.Targets, Seed);
        var trial = new Trial(product.FlickStream.Client, FuzzedProduct.Limit);
        var verdicts = new ConcurrentQueue<Verdict>();
        var count = Given.Number("FUZZ_COUNT") ?? mutator.KindCount;
        var (began, warm) = (TimeProvider.System.GetTimestamp(), 0L);
        var numbers = Given.Number("FUZZ_ONLY") is { } only ? [only] : Enumerable.Range(0, count);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = Cancellation }, async (number, stop) =>
        {
            var verdict = await trial.OfAsync(mutator.File(number), stop);
            if (verdict.Wrong is not null || verdict.End.StartsWith("failed", StringComparison.Ordinal)) Keep(verdict.File);
            if (verdict.Wrong is { } wrong) Say($"{verdict.File}: {wrong}");
            verdicts.Enqueue(verdict);
            if (verdicts.Count == Math.Max(count / 4, 1)) warm = product.Memory().Now;
        });
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var (now, peak) = product.Memory();
        var harm = await product.HarmAsync(Cancellation);

        foreach (var line in FuzzTable.Of(verdicts).Concat(harm)) Say(line);
        Say(FormattableString.Invariant(
            $"FUZZ_SEED={Seed}: {verdicts.Count} files in {seconds:0} s, {verdicts.Count / seconds:0.0} a second; the server took {peak >> 20} MiB at most and grew by {(now - warm) >> 20} MiB after a quarter"));
        if (!product.Around.SeesReads) Say("This disk does not tell which files were read.");
        Assert.Empty(harm);
        Assert.Empty(verdicts.Where(verdict => verdict.Wrong is not null).Select(verdict => $"{verdict.File}: {verdict.Wrong}"));
        Assert.True(now - warm < MaxGrowth, $"The server grew by {now - warm} bytes.");
        if (verdicts.Count < mutator.KindCount) return;
        Assert.All(verdicts.Where(verdict => verdict.File.Mutation == "none"), verdict => Assert.Equal("playable", verdict.End));
        Assert.Contains(verdicts, verdict => verdict.End.StartsWith("refused", StringComparison.Ordinal));
    }

    /// <summary>strace is not in every container, and the walls do not need its word; <c>./bench fuzz</c> asks it.</summary>
    [Fact(Explicit = true)]
    public async Task Whatever_a_master_names_ffmpeg_asks_for_no_file_but_its_own()
    {
        var folder = Directory.CreateTempSubdirectory("flickstream-traces-");
        try
        {
            var traced = new TracedSandbox(folder.FullName);
            await traced.WriteAsync(Cancellation);
            await using var product = await FuzzedProduct.StartAsync(new Dictionary<string, string> { ["Media__BubblewrapPath"] = traced.Program }, Cancellation);
            var mutator = new Mutator(await product.SeedsAsync(Cancellation), product.Around.Targets, Seed);
            var trial = new Trial(product.FlickStream.Client, FuzzedProduct.Limit);
            var files = Enumerable.Range(0, 10_000).Select(mutator.File)
                .Where(file => file.Mutation is "script" or "reference" or "compressed index").Take(TracedFiles).ToList();
            var verdicts = new ConcurrentQueue<Verdict>();
            await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = InFlight, CancellationToken = Cancellation }, async (file, stop) =>
                verdicts.Enqueue(await trial.OfAsync(file, stop)));
            var harm = await product.HarmAsync(Cancellation);

            foreach (var line in FuzzTable.Of(verdicts).Concat(harm)) Say(line);
            Say($"{traced.Runs} runs of ffmpeg and ffprobe were traced");
            Assert.Empty(harm);
            Assert.Empty(traced.Trespasses());
            Assert.True(traced.Runs > TracedFiles, $"{traced.Runs} runs were traced.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    /// <summary>So that it can be looked at.</summary>
    private static void Keep(MutatedFile file)
    {
        var folder = Directory.CreateDirectory(Repository.Path("artifacts", "fuzz")).FullName;
        File.WriteAllBytes(Path.Combine(folder, $"{Seed}-{file.Number}.{file.Container}"), file.Bytes);
    }
}
