using System.Globalization;
using System.Text.Json;

namespace FlickStream.Portal.Bench;

/// <summary>
/// Requests a second of the portal, with 64 connections, as a share of those of a bare Kestrel endpoint that answers with the same bytes. Who asks is one thread,
/// which shares the machine's cores with whichever server is asked, as viewers' own machines do not. Portal and endpoint take turns, because the machine's own
/// speed drifts; the figure is the median of three rounds. The share by the servers' own CPU time is printed beside it: it holds where who asks is what bounds the
/// bare endpoint.
/// </summary>
internal static class PortalBench
{
    private const int Connections = 64;
    private const int Rounds = 3;
    private const int Beating = 4000;
    private const string SignIns = "sign-ins";

    // Seconds, until the runtime has compiled what is asked for for good.
    private const int Warmth = 30;

    /// <param name="seconds">Of each measurement.</param>
    /// <param name="wanted">Parts of the names of what is measured; none for all.</param>
    public static async Task<int> RunAsync(int seconds, IReadOnlyList<string> wanted)
    {
        var folder = await Data.CopyAsync();
        try
        {
            IReadOnlyList<string> cookies;
            await using (var app = PortalProcess.Build(folder))
                cookies = await new Audience(app.Services, TimeProvider.System.GetUtcNow()).SignInAsync(Audience.Accounts);
            await using var portal = await ServerProcess.StartAsync("portal", folder);
            await using var bare = await ServerProcess.StartAsync("bare");
            Console.WriteLine($"{"",-24}{"bytes",8}{"portal/s",10}{"bare/s",10}{"share",8}{"by CPU",8}{"median",10}{"99 %",10}   goal");
            foreach (var scene in await Scenes.AllAsync(portal.Port, cookies, Beating))
                if (IsWanted(scene.Name)) await MeasureAsync(scene, portal, bare, seconds);
            if (IsWanted(SignIns)) await SignInsAsync(portal, seconds);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        bool IsWanted(string name) => wanted.Count == 0 || wanted.Any(part => name.Contains(part, StringComparison.Ordinal));
    }

    private static async Task MeasureAsync(Scene scene, ServerProcess portal, ServerProcess bare, int seconds)
    {
        var body = await AnswerAsync(scene, portal, bare);
        var asked = 1;
        await AskAsync(portal, Warmth);
        await AskAsync(bare, 1);
        var rounds = new List<(Rate Portal, Rate Bare)>();
        for (var round = 0; round < Rounds; round++) rounds.Add((await AskAsync(portal, seconds), await AskAsync(bare, seconds)));
        var (us, them) = rounds.OrderBy(round => round.Portal.PerSecond / round.Bare.PerSecond).ElementAt(Rounds / 2);
        var (share, slowest) = (us.PerSecond / them.PerSecond, us.Report.P99Milliseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scene.Name,-24}{body,8}{us.PerSecond,10:0}{them.PerSecond,10:0}{share,8:0.00}{them.Microseconds / us.Microseconds,8:0.00}{us.Report.MedianMilliseconds,7:0.0} ms{slowest,7:0.0} ms   {scene.Goal,4:0.00} {Scene.SlowestGoal} ms {scene.Missed(share, slowest)}"));

        async Task<Rate> AskAsync(ServerProcess server, int time)
        {
            var busy = server.Busy;
            var report = await LoadProcess.StartAsync(new(server.Port, Connections, time, asked, scene.Status, scene.Requests));
            if (server == portal) asked += report.Answered;
            return new(report, (server.Busy - busy).TotalMicroseconds / report.Answered);
        }
    }

    /// <summary>Has the bare endpoint answer as the portal answers the first request.</summary>
    /// <returns>The answer's length.</returns>
    private static async Task<int> AnswerAsync(Scene scene, ServerProcess portal, ServerProcess bare)
    {
        using var connection = new LoadConnection(portal.Port);
        connection.Send(System.Text.Encoding.UTF8.GetBytes(scene.Requests[0]));
        while (connection.Receive() == 0) continue;
        var body = connection.Body;
        using var client = new HttpClient();
        using var content = new ByteArrayContent(body);
        (await client.PostAsync($"http://127.0.0.1:{bare.Port}{BareProcess.AnswerPath}", content)).EnsureSuccessStatusCode();
        return body.Length;
    }

    private static async Task SignInsAsync(ServerProcess portal, int seconds)
    {
        var requests = Enumerable.Range(0, Audience.Accounts)
            .Select(number => Scene.Post("/api/session", JsonSerializer.Serialize(new { email = Audience.Email(number), password = Audience.Password }))).ToList();
        await LoadProcess.StartAsync(new(portal.Port, 2, 1, 0, 200, requests));
        var report = await LoadProcess.StartAsync(new(portal.Port, 2, 3 * seconds, 100, 200, requests));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{SignIns}: {report.Requests / report.Seconds:0.0} a second, by Argon2id of 47 MiB, which is to take that long; median {report.MedianMilliseconds:0} ms with 2 connections"));
    }

    private sealed record Rate(LoadReport Report, double Microseconds)
    {
        public double PerSecond => Report.Requests / Report.Seconds;
    }
}
