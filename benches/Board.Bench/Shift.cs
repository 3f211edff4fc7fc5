using System.Diagnostics;
using FlickStream.Transcoder.Board;

namespace FlickStream.Board.Bench;

/// <summary>Workers whose work takes no time: each claims a step, finishes it and claims the next, while titles come in as fast as steps
/// go, so that the queue keeps its length.</summary>
/// <param name="services">Of the process that keeps the board.</param>
/// <param name="workers">How many, all in this process.</param>
/// <param name="rest">What each does between two steps; zero: nothing.</param>
internal sealed class Shift(IServiceProvider services, int workers, TimeSpan rest)
{
    // About the share of a title's steps that are light: sound, poster, publishing.
    private const int LightEvery = 32;

    // A title takes several writes one after the other, each of which waits in line with those of the workers.
    private const int Feeders = 8;

    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);

    private readonly Titles _titles = new(services);
    private int _claimed;

    public async Task<Tally> RunAsync(TimeSpan duration)
    {
        using var end = new CancellationTokenSource();
        var feeders = Enumerable.Range(0, Feeders).Select(_ => Task.Run(() => FeedAsync(end.Token))).ToArray();
        var start = Stopwatch.GetTimestamp();
        end.CancelAfter(duration);
        var tallies = await Task.WhenAll(Enumerable.Range(0, workers).Select(number => Task.Run(() => WorkAsync(number, end.Token))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await Task.WhenAll(feeders);
        return new Tally([.. tallies.SelectMany(t => t.Claims)], [.. tallies.SelectMany(t => t.Finishes)], seconds);
    }

    private async Task<Tally> WorkAsync(int number, CancellationToken end)
    {
        var (claims, finishes) = (new List<double>(), new List<double>());
        var board = ActivatorUtilities.CreateInstance<JobBoard>(services); // Its own, as in a process of its own.
        var owner = $"worker-{Environment.ProcessId}-{number}";
        await RestAsync(rest * Random.Shared.NextDouble(), end); // So that they do not keep step.
        for (var turn = number; !end.IsCancellationRequested; turn++)
        {
            var asked = Stopwatch.GetTimestamp();
            var lane = turn % LightEvery == 0 ? StepLane.Light : StepLane.Encode;
            if (await board.ClaimAsync(owner, lane, CancellationToken.None) is not { } claim)
            {
                if (lane == StepLane.Encode) await RestAsync(Idle, end);
                continue;
            }

            var claimed = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref _claimed);
            if (!await board.FinishAsync(claim, CancellationToken.None)) throw new InvalidOperationException($"{claim.StepId} was lost.");
            claims.Add(Stopwatch.GetElapsedTime(asked, claimed).TotalMilliseconds);
            finishes.Add(Stopwatch.GetElapsedTime(claimed).TotalMilliseconds);
            await RestAsync(rest, end);
        }

        return new Tally(claims, finishes, 0);
    }

    private async Task FeedAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (Interlocked.Add(ref _claimed, -Titles.Claimable) >= 0)
            {
                await _titles.AddAsync(CancellationToken.None);
                continue;
            }

            Interlocked.Add(ref _claimed, Titles.Claimable);
            await RestAsync(Idle / 4, end);
        }
    }

    private static Task RestAsync(TimeSpan time, CancellationToken end) => time == TimeSpan.Zero
        ? Task.CompletedTask
        : Task.WhenAny(Task.Delay(time, TimeProvider.System, end));
}
