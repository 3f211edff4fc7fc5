using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FlickStream.Portal.Bench;

/// <summary>Asks as fast as it is answered. One thread and the kernel's own waiting, so that a request costs it less than any server.</summary>
internal static class LoadProcess
{
    private const int Microsecond = 1_000_000;

    /// <summary>As a process of its own.</summary>
    public static async Task<LoadReport> StartAsync(LoadPlan plan)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(plan));
            using var process = Process.Start(ServerProcess.StartInfo("load", file))!;
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            var report = process.ExitCode == 0 ? JsonSerializer.Deserialize<LoadReport>(said) : null;
            if (report is not { Failed: null }) throw new InvalidOperationException($"The load failed: {report?.Failed ?? said}");
            return report;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static int Run(string file)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(File.ReadAllBytes(file))!;
        var requests = plan.Requests.Select(Encoding.UTF8.GetBytes).ToArray();
        var connections = Enumerable.Range(0, plan.Connections).Select(_ => new LoadConnection(plan.Port)).ToDictionary(connection => connection.Socket);
        Console.WriteLine(JsonSerializer.Serialize(Ask(plan, requests, connections)));
        foreach (var connection in connections.Values) connection.Dispose();
        return 0;
    }

    private static LoadReport Ask(LoadPlan plan, byte[][] requests, Dictionary<Socket, LoadConnection> connections)
    {
        var (next, answered) = (plan.First, 0);
        var times = new List<int>(1 << 20);
        var begin = Stopwatch.GetTimestamp() + (long)(LoadPlan.StartSeconds * Stopwatch.Frequency);
        foreach (var connection in connections.Values) Send(connection);
        var readable = new List<Socket>(connections.Count);
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < plan.Seconds)
        {
            readable.Clear();
            readable.AddRange(connections.Keys);
            Socket.Select(readable, null, null, Microsecond);
            foreach (var socket in readable)
            {
                var connection = connections[socket];
                var status = connection.Receive();
                if (status == 0) continue;
                if (status != plan.Status) return new(0, 0, 0, 0, 0, connection.Text);
                answered++;
                var now = Stopwatch.GetTimestamp();
                if (now >= begin) times.Add((int)Stopwatch.GetElapsedTime(connection.SentAt, now).TotalMicroseconds);
                Send(connection);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        times.Sort();
        return new(answered, times.Count, seconds, Share(0.5), Share(0.99), null);

        double Share(double share) => times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))] / 1000.0;

        void Send(LoadConnection connection)
        {
            connection.SentAt = Stopwatch.GetTimestamp();
            connection.Send(requests[next++ % requests.Length]);
        }
    }
}
