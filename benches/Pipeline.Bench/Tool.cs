using System.Diagnostics;

namespace FlickStream.Pipeline.Bench;

internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<Cost> RunAsync(string program, IEnumerable<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        var cpu = CpuClock.OfMachine();
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new Cost(clock.Elapsed.TotalSeconds, CpuClock.OfMachine() - cpu)
            : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}.");
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard error.</returns>
    public static async Task<string> ErrorsOfAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? errors : throw new InvalidOperationException($"{program} ended with exit code {process.ExitCode}: {errors}");
    }
}

/// <param name="Seconds">Wall clock.</param>
/// <param name="CpuSeconds">Processor, of the whole machine.</param>
internal readonly record struct Cost(double Seconds, double CpuSeconds)
{
    public static Cost operator +(Cost a, Cost b) => new(a.Seconds + b.Seconds, a.CpuSeconds + b.CpuSeconds);

    public override string ToString() => $"{Seconds:0.0} s ({CpuSeconds:0.0} s of CPU)";
}
