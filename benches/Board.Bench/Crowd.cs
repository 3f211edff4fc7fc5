using System.Globalization;

namespace FlickStream.Board.Bench;

/// <param name="Workers">In all processes together.</param>
internal sealed record Crowd(int Workers)
{
    public int Processes { get; init; } = 1;

    /// <summary>What each worker does between two steps; zero: nothing.</summary>
    public TimeSpan Rest { get; init; }

    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"{Workers:N0}{(Rest > TimeSpan.Zero ? $", each a step in {Rest.TotalSeconds} s" : "")}{(Processes > 1 ? $" in {Processes} processes" : "")}");

    public async Task<Tally> RunAsync(Engine engine, TimeSpan duration)
    {
        if (Processes > 1) return await OtherProcess.RunManyAsync(engine, Processes, Workers, duration);
        using var host = engine.Start();
        return await new Shift(host.Services, Workers, Rest).RunAsync(duration);
    }
}
